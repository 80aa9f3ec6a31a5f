import { ComponentType } from 'discord.js';
import { describe, expect, it } from 'vitest';
import type { Action, Block } from '../../bot/reply.ts';
import { choices, limits } from './limits.ts';
import { render } from './render.ts';

const token = 'v1.abcdefghijklmnop.qrstuvwxyzABCDEF';
const text = (words: string): Block => ({ kind: 'text', text: words });
const chart = { kind: 'doughnut', title: 'Mix' } as never;
const shown = (blocks: readonly Block[], actions: readonly Action[] = []) =>
  render({ blocks, actions });
/** The children of the containers of one message. */
const inside = (blocks: readonly Block[], actions: readonly Action[] = []) => {
  const [part, ...more] = shown(blocks, actions);
  expect(more).toEqual([]);
  return part.components.flatMap((one) =>
    one.type === ComponentType.Container ? one.components : [],
  );
};
const words = (block: Block) => {
  const [one] = inside([block]);
  return one.type === ComponentType.TextDisplay ? one.content : '';
};

describe('a reply on Discord', () => {
  it('says words exactly, whatever they would mean as markup', () => {
    expect(words(text('a_b *c* [d](e) `f` ~~g~~ ||h|| <@1> \\'))).toBe(
      'a\\_b \\*c\\* \\[d\\](e) \\`f\\` \\~\\~g\\~\\~ \\|\\|h\\|\\| \\<@1\\> \\\\',
    );
    expect(words(text('# no heading\n- no list\n2. no list\n> no quote\n-# not small'))).toBe(
      '\\# no heading\n\\- no list\n2\\. no list\n\\> no quote\n\\-# not small',
    );
  });

  it('marks what the bot marks', () => {
    expect(words(text('so **much** more'))).toBe('so **much** more');
    expect(words({ kind: 'text', style: 'title', text: 'Your **mix**' })).toBe('### Your mix');
    expect(words({ kind: 'text', style: 'small', text: 'one\n\ntwo' })).toBe('-# one\n\n-# two');
    expect(words({ kind: 'facts', facts: [{ label: 'Worth', value: '$5' }] })).toBe(
      'Worth: **$5**',
    );
    expect(words({ kind: 'progress', label: 'Testing', done: 3, total: 10 })).toBe(
      'Testing\n▰▰▰▱▱▱▱▱▱▱ 30\u00a0%',
    );
  });

  it('aligns a table that fits on a phone and tells a wider one row by row', () => {
    const columns = [
      { label: 'Fund', align: 'left' },
      { label: 'Weight', align: 'right' },
    ] as const;
    const rows = [
      ['SPY', '60.0 %'],
      ['AGG', '40.0 %'],
    ];
    expect(words({ kind: 'table', title: 'Plan', columns, rows })).toBe(
      '**Plan**\n```\nFund  Weight\nSPY   60.0 %\nAGG   40.0 %\n```',
    );
    const wide = [['A fund with a very long name', 'and a long value beside it']];
    expect(words({ kind: 'table', columns, rows: wide })).toBe(
      '-# Fund · Weight\nA fund with a very long name: **and a long value beside it**',
    );
    const three = [...columns, { label: 'Why', align: 'left' }] as const;
    const reasons = [['SPY', '60.0 %', 'because it is the whole market at a low price']];
    expect(words({ kind: 'table', columns: three, rows: reasons })).toBe(
      '-# Fund · Weight\n**SPY** · 60.0\u00a0%\nWhy:\u00a0because it is the whole market at a low price',
    );
  });

  it('tells a wide table as a name with its value, and the other numbers small', () => {
    const left = { label: 'Asset', align: 'left' } as const;
    const right = (label: string) => ({ label, align: 'right' }) as const;
    const held = ['SPY', '$6,175.18', '19.6 %', '', '8.5689 units of it'];
    const columns = [left, ...['Value', 'Weight', 'Gain', 'Units'].map(right)];
    expect(words({ kind: 'table', columns, rows: [held, ['Cash', '$1.00', '', '', '']] })).toBe(
      '-# Asset · Value\n**SPY** · $6,175.18\n-# Weight\u00a019.6\u00a0%\u00a0· Units\u00a08.5689\u00a0units\u00a0of\u00a0it\n**Cash** · $1.00',
    );
    const ways = [left, right('Keel'), right('What you hold'), right('60/40')];
    const yields = [
      ['Return a year, after all costs', '+5.4 %', '+6.1 %', '+8.3 %'],
      ['Cost', '$1', '$2', '$3'],
    ];
    expect(words({ kind: 'table', columns: ways, rows: yields })).toContain(
      '\n**Cost**\nKeel\u00a0$1\u00a0· What\u00a0you\u00a0hold\u00a0$2\u00a0· 60/40\u00a0$3',
    );
    const compared = [left, right('Today'), right('Recommended')];
    const rows = [['The financial crisis of 2008', '-14.2 %', '-22.4 %']];
    expect(words({ kind: 'table', columns: compared, rows })).toBe(
      '-# Asset\n**The financial crisis of 2008**\nToday\u00a0-14.2\u00a0%\u00a0· Recommended\u00a0-22.4\u00a0%',
    );
  });

  it('says one disclosure small, and several as a text with one mark', () => {
    const disclosed = (text: string): Block => ({ kind: 'notice', tone: 'disclosure', text });
    expect(words(disclosed('A machine.'))).toBe('-# ℹ️ A machine.');
    const said = inside([disclosed('**A machine.** No person.'), disclosed('Fees: none.')]);
    expect(said.map((one) => ('content' in one ? one.content : ''))).toEqual([
      'ℹ️ **A machine.** No person.',
      'Fees: none.',
    ]);
  });

  it('lists what the bot lists, and puts buttons below a notice without a frame', () => {
    expect(words(text('Why\n• **One**: first\n• second'))).toBe('Why\n- **One**: first\n- second');
    const go: Action = { kind: 'choice', label: 'Go', do: token };
    const notice: Block = { kind: 'notice', tone: 'warning', text: 'Prices are old.' };
    const [part] = shown([notice], [go]);
    expect(part.components.map(({ type }) => type)).toEqual([
      ComponentType.Container,
      ComponentType.ActionRow,
    ]);
  });

  it('never lets words end a block of one width', () => {
    const columns = [{ label: '```', align: 'left' }] as const;
    const made = words({ kind: 'table', columns, rows: [['````']] });
    expect(made.split('\n').filter((line) => line.includes('```'))).toEqual(['```', '```']);
  });

  it('gives a notice a colour of its own', () => {
    const notice: Block = { kind: 'notice', tone: 'warning', text: 'Prices are old.' };
    const [part] = shown([text('One'), notice, text('Two')]);
    expect(part.components.map((one) => 'accent_color' in one)).toEqual([false, true, false]);
  });

  it('shows a chart with its words for those who do not see it', () => {
    const [one] = inside([{ kind: 'image', chart, alt: 'Half stocks' }]);
    expect(one).toMatchObject({
      items: [{ media: { url: 'attachment://chart-1.png' }, description: 'Half stocks' }],
    });
    const [bare] = inside([{ kind: 'image', chart, alt: ' ' }]);
    expect(JSON.stringify(bare)).not.toContain('description');
  });

  it('names files so that Discord finds them, each differently', () => {
    const file = (name: string): Block => ({
      kind: 'file',
      name,
      mediaType: 'text/csv',
      content: 'x',
    });
    const [part] = shown([
      file('my plan.csv'),
      file('my plan.csv'),
      file('../\u0000'),
      file('日本'),
    ]);
    expect(part.files.map(({ name }) => name)).toEqual([
      'my_plan.csv',
      '2-my_plan.csv',
      'file.txt',
      '2-file.txt',
    ]);
  });

  it('puts five buttons in a row, and a menu in its own', () => {
    const choice = (label: string): Action => ({ kind: 'choice', label, do: `${token}${label}` });
    const select: Action = {
      kind: 'select',
      label: 'Pick',
      do: token,
      options: [{ label: 'One', value: '1', note: 'The first' }],
    };
    const made = inside([text('x')], ['a', 'b', 'c', 'd', 'e', 'f'].map(choice).concat(select));
    expect(made.slice(1).map((row) => ('components' in row ? row.components.length : 0))).toEqual([
      5, 1, 1,
    ]);
    expect(made[3]).toMatchObject({
      components: [{ placeholder: 'Pick', options: [{ description: 'The first' }] }],
    });
  });

  it('says a label that is too long for a button beside it', () => {
    const label = `Yes, ${'really '.repeat(15)}`.trim();
    const [, section] = inside([text('x')], [{ kind: 'choice', label, do: token }]);
    expect(section).toMatchObject({
      components: [{ content: label }],
      accessory: { custom_id: token, label: expect.stringMatching(/…$/) },
    });
  });

  it('splits a list of more options than a menu holds', () => {
    const options = Array.from({ length: 30 }, (_, at) => ({ label: `${at}`, value: `${at}` }));
    const rows = inside([], [{ kind: 'select', label: 'Pick', do: token, options }]);
    expect(JSON.stringify(rows)).toContain(`"s1:${token}"`);
    expect(rows).toHaveLength(2);
  });

  it('says an address that no button opens', () => {
    const urls = [
      'javascript:alert(1)',
      'http://localhost:1/a',
      `https://a.org/${'x'.repeat(600)}`,
    ];
    for (const url of urls) {
      const [note] = inside([], [{ kind: 'link', label: 'Read', url }]);
      expect(note.type).toBe(ComponentType.TextDisplay);
    }
    const [row] = inside([], [{ kind: 'link', label: 'Read', url: 'https://example.org/a' }]);
    expect(row).toMatchObject({ components: [{ url: 'https://example.org/a', style: 5 }] });
  });

  it('goes on in the next message and attaches what would be very many', () => {
    const long = text('word '.repeat(1_500));
    const parts = shown([long, long]);
    expect(parts.length).toBeGreaterThan(2);
    expect(parts.every(({ files }) => files.length === 0)).toBe(true);
    const go: Action = { kind: 'choice', label: 'Go', do: token };
    const [part, ...more] = shown([...Array.from({ length: 6 }, () => long)], [go]);
    expect(more).toEqual([]);
    const [file] = part.files;
    expect(file.kind === 'file' && file.content.length).toBeGreaterThan(40_000);
    expect(JSON.stringify(part.components)).toContain('"Go"');
  });

  it('never has more than a message holds', () => {
    const facts = Array.from({ length: 60 }, (_, at): Block => text(`Fact ${at}`));
    for (const part of shown(facts)) {
      const count = JSON.stringify(part.components).match(/"type"/g)?.length ?? 0;
      expect(count).toBeLessThanOrEqual(limits.components);
    }
    const pictures = Array.from({ length: 12 }, (): Block => ({ kind: 'image', chart, alt: 'x' }));
    expect(shown(pictures).map(({ files }) => files.length)).toEqual([10, 2]);
    expect(choices.tableWidth).toBeLessThanOrEqual(33);
  });

  it('refuses a token that no component holds', () => {
    const action: Action = { kind: 'choice', label: 'Go', do: 'x'.repeat(101) };
    expect(() => shown([], [action])).toThrow(/custom id holds 100/);
  });
});
