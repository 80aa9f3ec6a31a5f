import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSlackPerson, type SlackPerson } from './person.ts';
import { schemaMissing } from './schema.ts';
import { type FakeSlack, startSlack } from './server.ts';
import { call, listenTo } from './testing.ts';
import { shownText } from './visible.ts';
import type { Json } from './world.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const button = (text: string, more: Json = {}): Json => ({
  type: 'button',
  action_id: text.toLowerCase(),
  text: plain(text),
  ...more,
});
const actions = (...elements: Json[]): Json => ({ type: 'actions', block_id: 'acts', elements });
const option = (text: string) => ({ text: plain(text), value: text.toLowerCase() });

describe.skipIf(schemaMissing !== null)('a person in the fake', () => {
  let fake: FakeSlack;
  let person: SlackPerson;
  let app: Awaited<ReturnType<typeof listenTo>>;
  beforeEach(async () => {
    fake = await startSlack({ paceNow: null });
    person = createSlackPerson(fake, 'T0001', 'U1', { locale: 'de-DE' });
    app = await listenTo(fake);
  });
  afterEach(async () => {
    await app.stop();
    await fake.stop();
  });
  const post = (blocks: readonly Json[], text = 'x') =>
    call(fake, 'chat.postMessage', { channel: person.dm, text, blocks });
  const pressed = () => app.heard.at(-1)!.body as { actions: Json[]; message: Json; state: Json };

  it('reads every kind of block as it is shown', async () => {
    await post(
      [
        { type: 'header', text: plain('A plan') },
        {
          type: 'section',
          text: { type: 'mrkdwn', text: '*Bold* &lt;b&gt; <https://a.example|here>' },
        },
        { type: 'section', fields: [plain('Left'), plain('Right')] },
        {
          type: 'table',
          rows: [
            [
              { type: 'raw_text', text: 'Fund' },
              { type: 'raw_text', text: 'Share' },
            ],
            [
              { type: 'raw_text', text: 'SPY' },
              { type: 'raw_number', value: 60, text: '60 %' },
            ],
          ],
        },
        { type: 'markdown', text: '**Why**: [costs](https://a.example) \\* low' },
        { type: 'context', elements: [{ type: 'mrkdwn', text: '_Not_ advice' }] },
        actions(button('Go'), button('Read', { url: 'https://a.example/read' })),
      ],
      'Only for the notification',
    );
    expect(person.standing()[0]).toMatchObject({
      words:
        'A plan\nBold <b> here\nLeft\nRight\nFund · Share\nSPY · 60 %\nWhy: costs * low\nNot advice',
      labels: ['Go', 'Read'],
      links: [{ label: 'Read', url: 'https://a.example/read' }],
    });
  });

  it('presses the newest button of those words, an exact one before one that only begins so', async () => {
    await post([actions(button('Yes', { value: 'old' }))]);
    await post([actions(button('Yes', { value: 'new' }))]);
    await post([actions(button('Yes, and more', { value: 'longer' }))]);
    await person.press('Yes');
    expect(pressed().actions[0].value).toBe('new');
    await person.press('Yes, and');
    expect(pressed().actions[0].value).toBe('longer');
    await expect(async () => person.press('No')).rejects.toThrow(
      'There is no button "No"; there are: Yes, and more, Yes, Yes',
    );
  });

  it('chooses in menus and groups, and what was chosen comes with the next press', async () => {
    const risk = {
      type: 'radio_buttons',
      action_id: 'risk',
      options: [option('Low'), option('High')],
    };
    const pick = {
      type: 'static_select',
      action_id: 'pick',
      options: [option('One'), option('Two')],
    };
    const more = {
      type: 'overflow',
      action_id: 'more',
      options: [option('Export'), option('Forget')],
    };
    await post([actions(risk, pick, more, button('Done'))]);
    await person.press('High');
    expect(pressed().actions[0]).toMatchObject({
      type: 'radio_buttons',
      block_id: 'acts',
      selected_option: { value: 'high' },
    });
    await person.press('Two');
    await person.press('Forget');
    expect(pressed().actions[0]).toMatchObject({ selected_option: { value: 'forget' } });
    await person.press('Done');
    expect(pressed().state).toEqual({
      values: {
        acts: {
          risk: { type: 'radio_buttons', selected_option: option('High') },
          pick: { type: 'static_select', selected_option: option('Two') },
        },
      },
    });
    expect(pressed().message).toMatchObject({ bot_id: 'BBOT0001', app_id: fake.app.id });
  });

  it('is heard in a channel by name, in a thread too, and has a language', async () => {
    await person.mention('C1', 'how am I doing?');
    const [root] = person.messages('C1');
    expect(app.heard[0].body.event).toMatchObject({
      type: 'app_mention',
      text: '<@UBOT0001> how am I doing?',
      channel: 'C1',
    });
    await person.mention('C1', 'and now?', root.ts);
    expect(app.heard[1].body.event).toMatchObject({ thread_ts: root.ts });
    const { user } = await call(fake, 'users.info', { user: 'U1', include_locale: true });
    expect(user).toMatchObject({ locale: 'de-DE' });
  });

  it('sends back no ephemeral message with a press, but the address to replace it', async () => {
    await call(fake, 'chat.postEphemeral', {
      channel: person.dm,
      user: 'U1',
      text: 'psst',
      blocks: [actions(button('Hide'))],
    });
    await person.press('Hide');
    const { body } = app.heard.at(-1)!;
    expect(body).toMatchObject({ container: { is_ephemeral: true } });
    expect(body.message).toBeUndefined();
    await fetch(String(body.response_url), {
      method: 'POST',
      body: JSON.stringify({ replace_original: true, text: 'Hidden.' }),
    });
    expect(person.standing()).toMatchObject([{ words: 'Hidden.', ephemeral: true, labels: [] }]);
  });
});

describe('markup as it is read', () => {
  it.each([
    ['*60 %* of _it_', '60 % of it'],
    ['2*3*4 and a_b_c', '2*3*4 and a_b_c'],
    ['`code` ```block```', 'code block'],
    ['<https://a.example>', 'https://a.example'],
    ['1 &lt; 2 &amp;amp;', '1 < 2 &amp;'],
  ])('%s', (text, shown) => expect(shownText(text)).toBe(shown));
});
