import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { drawConversation, drawHome, drawModal } from './draw.ts';
import { drawMrkdwn } from './draw-text.ts';
import { createSlackPerson, type SlackPerson } from './person.ts';
import { schemaMissing } from './schema.ts';
import { type FakeSlack, startSlack } from './server.ts';
import { call, listenTo } from './testing.ts';
import type { Json } from './world.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const cell = (text: string) => ({ type: 'raw_text', text });
const option = (text: string) => ({ text: plain(text), value: text });
const blocks: readonly Json[] = [
  { type: 'header', text: plain('Your plan & why') },
  { type: 'section', text: { type: 'mrkdwn', text: '*60 %* in stocks, _net of costs_ &lt;b&gt;' } },
  {
    type: 'section',
    fields: ['*Expected*\n5.1 %', '*Bad year*\n-18.0 %'].map((text) => ({ type: 'mrkdwn', text })),
  },
  {
    type: 'table',
    column_settings: [{ is_wrapped: true }, { align: 'right' }],
    rows: [
      [cell('Fund'), cell('Share')],
      [cell('SPY <script>'), cell('60.0 %')],
    ],
  },
  {
    type: 'actions',
    elements: [
      { type: 'button', action_id: 'a', style: 'primary', text: plain('Confirm') },
      { type: 'static_select', action_id: 's', options: [option('One')] },
    ],
  },
  { type: 'context', elements: [{ type: 'mrkdwn', text: 'Not advice.' }] },
];

describe.skipIf(schemaMissing !== null)('drawings of the fake', () => {
  let fake: FakeSlack;
  let person: SlackPerson;
  beforeEach(async () => {
    fake = await startSlack();
    person = createSlackPerson(fake, 'T0001', 'U1');
  });
  afterEach(() => fake.stop());

  it('draws a conversation with native tables, buttons and no markup of strangers', async () => {
    await call(fake, 'chat.postMessage', { channel: person.dm, text: 'Your plan', blocks });
    const html = drawConversation(fake.world, person.messages(), { theme: 'dark' });
    expect(html).toContain('<html lang="en" class="dark">');
    expect(html).toContain('<th class="right">Share</th>');
    expect(html).toContain('<td class="left wrap">SPY &lt;script&gt;</td>');
    expect(html).toContain('<b>60 %</b> in stocks, <i>net of costs</i> &lt;b&gt;');
    expect(html).toContain('<span class="button primary">Confirm</span>');
    expect(html).not.toContain('<script>');
  });

  it('draws the pictures that were uploaded', async () => {
    const id = fake.world.id('F');
    fake.world.files.set(id, {
      id,
      team: 'T0001',
      user: 'UBOT0001',
      name: 'a.png',
      title: 'a',
      size: 3,
      altText: '',
      bytes: Buffer.from('abc'),
      completed: true,
      channels: [],
      pollsLeft: 0,
    });
    const image = { type: 'image', slack_file: { id }, alt_text: 'A chart' };
    await call(fake, 'chat.postMessage', { channel: person.dm, text: 'A chart', blocks: [image] });
    expect(drawConversation(fake.world, person.messages())).toContain(
      '<img alt="A chart" src="data:image/png;base64,YWJj">',
    );
  });

  it('draws the App Home and an open modal with its values and errors', async () => {
    const shown = blocks.filter(({ type }) => type !== 'table');
    await call(fake, 'views.publish', { user_id: 'U1', view: { type: 'home', blocks: shown } });
    expect(drawHome(fake.world, person.home()!.view)).toContain('<h3>Your plan &amp; why</h3>');
    const app = await listenTo(fake);
    await person.command('/keel');
    const input = {
      type: 'input',
      block_id: 'b',
      label: plain('Amount'),
      element: { type: 'plain_text_input', action_id: 'a', max_length: 3 },
    };
    const view = { type: 'modal', title: plain('Goal'), submit: plain('Save'), blocks: [input] };
    await call(fake, 'views.open', { trigger_id: app.heard[0].body.trigger_id, view });
    await person.modal.fill({ Amount: '90,000' });
    await person.modal.submit();
    const html = drawModal(fake.world, person.modal.shown()!);
    expect(html).toContain('90,000');
    expect(html).toContain('Please shorten this to 3 characters or fewer.');
    expect(html).toContain('<span class="button primary">Save</span>');
    await app.stop();
  });
});

describe('markup as it is drawn', () => {
  it.each([
    [
      'a <https://a.example|link> and `code *x*`',
      'a <a href="https://a.example">link</a> and <code>code *x*</code>',
    ],
    ['2 * 3 * 4 and snake_case_name', '2 * 3 * 4 and snake_case_name'],
    ['```\na  b\n```', '<pre>a  b</pre>'],
    ['&gt; said\nnext', '<blockquote>said</blockquote>next'],
  ])('%s', (text, html) => expect(drawMrkdwn(text)).toBe(html));
});
