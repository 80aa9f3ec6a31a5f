import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawConversation } from './draw.ts';
import { drawModal } from './draw-modal.ts';
import { markdown } from './markdown.ts';
import { createDiscordPerson } from './person.ts';
import { createRaw } from './raw.ts';
import { specMissing } from './schema.ts';
import { type FakeDiscord, startDiscord } from './server.ts';

const look = { theme: 'dark', width: 'phone' } as const;

describe('Discord markdown', () => {
  it.each([
    [
      '**a** *b* __c__ ~~d~~ `e*f*`',
      '<p><b>a</b> <i>b</i> <u>c</u> <s>d</s> <code>e*f*</code></p>',
    ],
    ['# One\n## Two\n-# three\nfour', '<h1>One</h1><h2>Two</h2><small>three</small><p>four</p>'],
    ['- a\n- **b**', '<li>a</li><li><b>b</b></li>'],
    ['\\*not\\* <b>', '<p>*not* &lt;b&gt;</p>'],
    ['```\na  1\nb  2\n```', '<pre>a  1\nb  2</pre>'],
    ['[See](https://example.org)', '<p><a href="https://example.org">See</a></p>'],
    ['snake_case_word 3 * 4 * 5', '<p>snake_case_word 3 * 4 * 5</p>'],
  ])('%s', (text, html) => {
    expect(markdown(text)).toBe(html);
  });
});

describe.skipIf(specMissing !== null)(`drawing Discord${specMissing ?? ''}`, () => {
  let fake: FakeDiscord;
  beforeAll(async () => {
    fake = await startDiscord();
  });
  afterAll(() => fake.stop());

  it('shows everything that a message holds', async () => {
    const ask = createRaw(fake);
    const ada = createDiscordPerson(fake, '2001');
    ada.typed('hello & welcome');
    const card = {
      flags: 32_768,
      components: [
        {
          type: 17,
          accent_color: 0x2f5d80,
          components: [
            { type: 10, content: '## Your plan' },
            { type: 12, items: [{ media: { url: 'attachment://c.png' }, description: 'A chart' }] },
            { type: 14 },
            {
              type: 1,
              components: [
                { type: 2, style: 3, label: 'Confirm', custom_id: 'a' },
                { type: 2, style: 5, label: 'Read', url: 'https://example.org' },
              ],
            },
            {
              type: 1,
              components: [
                {
                  type: 3,
                  custom_id: 's',
                  placeholder: 'More',
                  options: [{ label: 'x', value: 'x' }],
                },
              ],
            },
          ],
        },
        { type: 13, file: { url: 'attachment://h.csv' } },
      ],
    };
    const files = { 'c.png': Buffer.from('png'), 'h.csv': Buffer.from('a,b') };
    const sent = await ask('POST', `/channels/${ada.direct()}/messages`, card, { files });
    expect(sent.status).toBe(200);
    const html = drawConversation(fake.world, ada.messages(), 'Keel', look);
    for (const part of [
      'hello &amp; welcome',
      '<h2>Your plan</h2>',
      'border-left:4px solid #2f5d80',
      'alt="A chart" src="data:image/png;base64,cG5n"',
      'class="button success">Confirm',
      'Read<span>↗</span>',
      'More<span>⌄</span>',
      '<b>h.csv</b><small>3 bytes</small>',
      'class="dark phone"',
    ]) {
      expect(html).toContain(part);
    }
  });

  it('shows a form with its labels, choices and notes', () => {
    const options = [
      { label: 'Low', value: 'l', description: 'Calm' },
      { label: 'High', value: 'h', default: true },
    ];
    const html = drawModal(
      {
        custom_id: 'm',
        title: 'Your goal',
        components: [
          {
            type: 18,
            label: 'Amount',
            description: 'In dollars',
            component: { type: 4, custom_id: 'a', style: 1, placeholder: '500' },
          },
          {
            type: 18,
            label: 'Risk',
            component: { type: 21, custom_id: 'r', options, required: false },
          },
          { type: 18, label: 'List', component: { type: 19, custom_id: 'f' } },
        ],
      },
      { theme: 'light', width: 'desktop' },
    );
    for (const part of [
      'Your goal',
      'Amount <em>*</em>',
      'In dollars',
      'muted">500',
      'Risk </label>',
      'Calm',
      'option on"><i class="round"',
      'browse',
    ]) {
      expect(html).toContain(part);
    }
  });
});
