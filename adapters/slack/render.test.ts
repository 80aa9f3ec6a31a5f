import { describe, expect, it } from 'vitest';
import type { Block, Reply } from '../../bot/reply.ts';
import * as samples from '../web/fixtures/replies.ts';
import { limits } from './limits.ts';
import { type Item, render, renderHome } from './render.ts';
import { lettersOfBlock, wordsOfBlock } from './words.ts';

const token = 'v1.AAAAAAAAAAAAAAAA.BBBBBBBBBBBBBBBB';
const reply = (blocks: readonly Block[], actions: Reply['actions'] = []) => ({ blocks, actions });
const items = (given: ReturnType<typeof reply>): Item[] =>
  render(given).flatMap((part) => (part.kind === 'message' ? part.items : []));
const table = (rows: number, title = 'Mix'): Block => ({
  kind: 'table',
  title,
  columns: [
    { label: 'Asset', align: 'left' },
    { label: 'Share', align: 'right' },
  ],
  rows: Array.from({ length: rows }, (_, at) => [`A${at}`, `${at}.0 %`]),
});

describe('rendering in Block Kit', () => {
  it('shows a title as a header, facts beside each other and small print as context', () => {
    const types = items(
      reply([
        { kind: 'text', text: 'Your mix', style: 'title' },
        {
          kind: 'facts',
          facts: [
            { label: 'Expected', value: '6.1 % a year' },
            { label: 'Bad year', value: '−18.0 %' },
          ],
        },
        { kind: 'text', text: 'Simulated.', style: 'small' },
      ]),
    ).map(({ type }) => type);
    expect(types).toEqual(['header', 'section', 'context']);
  });

  it('keeps the words of very many options within a message', () => {
    const options = Array.from({ length: 100 }, (_, at) => ({
      label: `Option ${at} `.padEnd(75, 'x'),
      value: `v${at}`,
      note: `Because of ${at} `.padEnd(75, 'y'),
    }));
    const parts = render(reply([], [{ kind: 'select', label: 'Which one', do: token, options }]));
    for (const part of parts) {
      if (part.kind !== 'message') throw new Error('Choices are no file.');
      const letters = part.items.reduce((sum, item) => sum + lettersOfBlock(item), 0);
      expect(letters).toBeLessThanOrEqual(limits.charactersPerMessage);
    }
    const values = [...JSON.stringify(parts).matchAll(/"value":"\d+~(v\d+)"/g)].map(([, v]) => v);
    expect(values).toEqual(options.map(({ value }) => value));
  });

  it('lets no word become markup, a mention or a link', () => {
    const hostile = '<!channel> <@U1> *bold* _x_ `y` :tada: <https://a.b|c>\n> quote';
    const given: Block[] = [
      { kind: 'text', text: hostile },
      { kind: 'text', text: hostile.replace('\n', ' '), style: 'title' },
      {
        kind: 'facts',
        facts: [
          { label: '*a*', value: hostile },
          { label: 'b', value: '<!here>' },
        ],
      },
      { kind: 'notice', tone: 'warning', text: hostile },
    ];
    const marked = JSON.stringify(items(reply(given)), (name, value) =>
      name === 'elements' || value?.type === 'plain_text' ? undefined : value,
    );
    expect(marked).not.toMatch(/<!|<@|<https/);
    const [message] = render(reply(given));
    expect(items(reply(given)).map(wordsOfBlock).join()).toContain(':tada:');
    expect(message.kind).toBe('message');
  });

  it('shows one native table a message; a second narrow one stays as letters', () => {
    const parts = render(reply([table(3), table(4, 'Trades')]));
    expect(parts).toHaveLength(1);
    const types = items(reply([table(3), table(4, 'Trades')])).map(({ type }) => type);
    expect(types).toEqual(['rich_text', 'table', 'rich_text', 'rich_text']);
  });

  it('tells a table at Home row by row: a name with its value, the other numbers small', () => {
    const right = (label: string) => ({ label, align: 'right' }) as const;
    const columns = [
      { label: 'Asset', align: 'left' } as const,
      ...['Value', 'Weight', 'Gain', 'Units'].map(right),
    ];
    const rows = [
      ['SPY', '$6,175.18', '19.6 %', '-$1.23', '8.5689'],
      ['Cash', '', '34.3 %', '', ''],
    ];
    const home = renderHome(reply([{ kind: 'table', columns, rows }]));
    expect(home.map(wordsOfBlock)).toEqual([
      'Asset · Value',
      'SPY · $6,175.18',
      'Weight\u00a019.6\u00a0% · Gain\u00a0-$1.23 · Units\u00a08.5689',
      'Cash · Weight\u00a034.3\u00a0%',
    ]);
    expect(home.map(({ type }) => type)).toEqual(['context', 'rich_text', 'context', 'rich_text']);
  });

  it('keeps the name of a table with it when both go to the next message', () => {
    const parts = render(reply([table(20), table(30, 'A second, long table of trades')]));
    const columns = parts.map((part) => (part.kind === 'message' ? part.items : []));
    expect(columns.map((each) => each.map(({ type }) => type))).toEqual([
      ['rich_text', 'table', 'rich_text', 'rich_text'],
    ]);
    const wide: Block = {
      kind: 'table',
      title: 'Wide',
      columns: [
        { label: 'What was done and when', align: 'left' },
        { label: 'Why', align: 'left' },
      ],
      rows: Array.from({ length: 20 }, (_, at) => [`Row ${at}`, 'because it was far from its aim']),
    };
    const spread = render(reply([table(20), wide]));
    const types = spread.map((part) =>
      part.kind === 'message' ? part.items.map(({ type }) => type) : [],
    );
    expect(types).toEqual([
      ['rich_text', 'table'],
      ['rich_text', 'table'],
    ]);
  });

  it('lists what the bot lists, and says it with its points', () => {
    const [shown] = items(reply([{ kind: 'text', text: 'Why\n• **One**: first\n• second\nEnd' }]));
    expect(shown).toMatchObject({
      elements: [
        { type: 'rich_text_section' },
        { type: 'rich_text_list', style: 'bullet', elements: [{}, {}] },
        { type: 'rich_text_section' },
      ],
    });
    expect(wordsOfBlock(shown)).toBe('Why\n• One: first\n• second\nEnd');
  });

  it('says one disclosure small, and several as a text with one mark', () => {
    const disclosed = (text: string): Block => ({ kind: 'notice', tone: 'disclosure', text });
    const alone = items(reply([disclosed('A machine.')]));
    expect(alone.map(({ type }) => type)).toEqual(['context']);
    const several = items(
      reply([disclosed('**A machine.** No person.'), disclosed('Fees: none.')]),
    );
    expect(several.map(wordsOfBlock)).toEqual(['ℹ️ A machine. No person.', 'Fees: none.']);
    expect(several.map(({ type }) => type)).toEqual(['rich_text', 'rich_text']);
  });

  it('lets values stand out, but of sentences their names', () => {
    const said = (value: string) =>
      JSON.stringify(items(reply([{ kind: 'facts', facts: [{ label: 'Goal', value }] }])));
    expect(said('$5')).toContain('{"type":"text","text":"$5","style":{"bold":true}}');
    const sentence = 'A house for $90,000.00, by 30 June 2032 and not later';
    expect(said(sentence)).toContain('{"type":"text","text":"Goal","style":{"bold":true}}');
  });

  it('continues a long table in the next message, under its names', () => {
    const parts = render(reply([table(250)]));
    expect(parts).toHaveLength(3);
    const tables = items(reply([table(250)])).filter((item) => item.type === 'table');
    expect(tables.map(({ rows }) => rows.length)).toEqual([100, 100, 53]);
    for (const one of tables) expect(JSON.stringify(one.rows[0])).toContain('Asset');
  });

  it('puts at most 25 buttons into a row of actions, and says cut labels in full', () => {
    const label = 'A very long label that nobody would read on a button, and that goes on and on';
    const actions = Array.from({ length: 30 }, () => ({
      kind: 'choice' as const,
      label,
      do: token,
    }));
    const shown = items(reply([{ kind: 'text', text: 'Choose' }], actions));
    const rows = shown.flatMap((item) => (item.type === 'actions' ? [item.elements.length] : []));
    expect(rows).toEqual([25, 5]);
    expect(shown.map(wordsOfBlock).join()).toContain(`In full:\n• ${label}`);
  });

  it('shows few options at once and many as a list', () => {
    const select = (count: number): Reply['actions'][number] => ({
      kind: 'select',
      label: 'How long',
      do: token,
      options: Array.from({ length: count }, (_, at) => ({
        label: `${at} years`,
        value: `y${at}`,
      })),
    });
    const elements = (count: number) =>
      items(reply([], [select(count)])).flatMap((item) =>
        item.type === 'actions' ? item.elements.map(({ type }) => type) : [],
      );
    expect(elements(10)).toEqual(['radio_buttons']);
    expect(elements(11)).toEqual(['static_select']);
    expect(elements(150)).toEqual(['static_select', 'static_select']);
  });

  it('spreads what is too long over messages, and attaches what is endless', () => {
    const words = 'Numbers and words. '.repeat(2_000);
    const parts = render(reply([{ kind: 'text', text: words }]));
    expect(parts.length).toBeGreaterThan(3);
    expect(parts.every(({ kind }) => kind === 'message')).toBe(true);
    const endless = render(reply([{ kind: 'text', text: words.repeat(3) }]));
    expect(endless.map(({ kind }) => kind)).toEqual(['message', 'file']);
  });

  it('always has words for notifications and screen readers', () => {
    for (const part of render(samples.recommendation)) {
      if (part.kind === 'message') {
        expect(part.text.trim()).not.toBe('');
        expect(part.text.length).toBeLessThanOrEqual(limits.fallbackText);
      }
    }
  });

  it('shows the Home tab without tables and files, within a hundred blocks', () => {
    const home = renderHome(
      reply([table(5), ...samples.recommendation.blocks], samples.goal.actions),
    );
    expect(home.some(({ type }) => type === 'table')).toBe(false);
    const many = Array.from(
      { length: 120 },
      (_, at): Block => ({ kind: 'text', text: `Line ${at}` }),
    );
    const full = renderHome(reply(many, samples.goal.actions));
    expect(full.length).toBeLessThanOrEqual(limits.blocksPerView);
    expect(full.at(-1)?.type).toBe('actions');
  });
});
