import { describe, expect, it } from 'vitest';
import type { Block, Reply } from '../../bot/reply.ts';
import { allocation, recommendation } from '../web/fixtures/replies.ts';
import { limits } from './limits.ts';
import { plan } from './plan.ts';
import { render } from './render.ts';

const token = 'v1.AAAAAAAAAAAAAAAA.BBBBBBBBBBBBBBBB';
const of = (blocks: readonly Block[], actions: Reply['actions'] = []) =>
  render({ blocks, actions });
const text = (words: string, style?: 'title' | 'small'): Block => ({
  kind: 'text',
  text: words,
  ...(style ? { style } : {}),
});
const image: Block = { kind: 'image', chart: allocation, alt: 'Stocks fall.' };
const columns = ['Asset', 'Units', 'Value'].map((label, at) => ({
  label,
  align: at === 0 ? ('left' as const) : ('right' as const),
}));

describe('a reply on Telegram', () => {
  it('is HTML with titles bold, small text italic and everything else escaped', () => {
    const [part] = of([text('Hello', 'title'), text('a < b & **c**'), text('why', 'small')]);
    expect(part.html).toBe('<b>Hello</b>\n\na &lt; b &amp; <b>c</b>\n\n<i>why</i>');
  });

  it('makes values stand out, or their names where values are sentences', () => {
    const facts = [{ label: '/why', value: 'Why' }];
    const long = { label: '/goal', value: 'Say what the money is for, in your own words' };
    expect(of([{ kind: 'facts', facts }])[0].html).toBe('/why: <b>Why</b>');
    expect(of([{ kind: 'facts', facts: [...facts, long] }])[0].html).toBe(
      `<b>/why</b>: Why\n<b>/goal</b>: ${long.value}`,
    );
  });

  it('aligns a narrow table', () => {
    const rows = [
      ['SPY', '12', '$8,647.80'],
      ['Cash', '', '$15.00'],
    ];
    const [part] = of([{ kind: 'table', columns, rows }]);
    expect(part.html).toBe(
      '<pre>Asset  Units      Value\nSPY       12  $8,647.80\nCash             $15.00</pre>',
    );
  });

  it('shows a wide table row by row, each value beside the name of its column', () => {
    const rows = [
      ['A fund with a very long name', '12', '$8,647.80'],
      ['Cash', '', '$15.00'],
    ];
    const [part] = of([{ kind: 'table', title: 'Holdings', columns, rows }]);
    expect(part.html.replaceAll('\u00a0', '_')).toBe(
      '<b>Holdings</b>\n<i>Asset</i>\n<b>A fund with a very long name</b>\nUnits_12 · Value_$8,647.80\n<b>Cash</b> · Value_$15.00',
    );
  });

  it('breaks the lines of a row between values, never after the dot between them', () => {
    const four = ['Asset', 'Value', 'Weight', 'Drift', 'Gain'].map((label) => ({
      label,
      align: 'right' as const,
    }));
    const rows = [['SPY', '$6,175.18', '19.6 %', '-0.4 points', '-$1.23']];
    const [part] = of([{ kind: 'table', columns: four, rows }]);
    expect(part.html.replaceAll('\u00a0', ' ').split('\n')).toEqual([
      '<i>Asset</i>',
      '<b>SPY</b>',
      'Value $6,175.18 · Weight 19.6 %',
      'Drift -0.4 points · Gain -$1.23',
    ]);
  });

  it('reads words after their name as words', () => {
    const told = ['When', 'What', 'Outcome'].map((label) => ({ label, align: 'left' as const }));
    const rows = [['1 May 2026, 21:00 UTC', 'Advice', 'under record 32e2ee7c']];
    const [part] = of([{ kind: 'table', columns: told, rows }]);
    expect(part.html.replaceAll('\u00a0', ' ')).toBe(
      '<i>When</i>\n<b>1 May 2026, 21:00 UTC</b>\nWhat: Advice\nOutcome: under record 32e2ee7c',
    );
  });

  it('shows a row that heads others in bold, and no marks of it', () => {
    const rows = [
      ['**The crash of 2020, a long name**', '-13.6 %', '-15.3 %'],
      ['Deepest fall', '-14.5 %', '-15.3 %'],
    ];
    const [wide] = of([{ kind: 'table', columns, rows }]);
    expect(wide.html.replaceAll('\u00a0', ' ')).toBe(
      '<i>Asset</i>\n<b>The crash of 2020, a long name</b>\nUnits -13.6 % · Value -15.3 %\nDeepest fall\nUnits -14.5 % · Value -15.3 %',
    );
    const [narrow] = of([{ kind: 'table', columns, rows: [['**2020**', '1', '2']] }]);
    expect(narrow.html).toBe('<pre>Asset  Units  Value\n2020       1      2</pre>');
  });

  it('puts words before a chart above it as its caption, and the buttons on the last message', () => {
    const parts = render(recommendation);
    expect(parts.map(({ kind }) => kind)).toEqual(['photo', 'text']);
    expect(parts[0]).toMatchObject({ captionAbove: true, keyboard: [] });
    expect(parts[0].html).toContain('<b>Move 28\u00a0% of your money</b>');
    expect(parts[1].keyboard.flat().map((button) => button.text)).toContain('Rebalance now');
  });

  it('puts short words after a bare chart under it', () => {
    const parts = of([image, text('That is all.')]);
    expect(parts).toMatchObject([{ kind: 'photo', captionAbove: false, html: 'That is all.' }]);
  });

  it('sends words that are too long for a caption before the chart', () => {
    const long = 'word '.repeat(300);
    expect(of([text(long), image]).map(({ kind }) => kind)).toEqual(['text', 'photo']);
  });

  it('breaks long text between paragraphs and attaches what would be very many messages', () => {
    const paragraphs = (count: number) => Array.from({ length: count }, () => 'x'.repeat(1_500));
    const parts = of([text(paragraphs(5).join('\n\n'))]);
    expect(parts.map(({ html }) => html.length)).toEqual([3_002, 3_002, 1_500]);
    const [attached, ...none] = of([text(paragraphs(30).join('\n\n'))]);
    expect(none).toEqual([]);
    expect(attached).toMatchObject({ kind: 'document', name: 'answer.txt' });
  });

  it('names a select above its options and fits every button in 64 bytes', () => {
    const [part] = of(
      [text('Which?')],
      [
        {
          kind: 'select',
          label: 'Remove one',
          do: token,
          options: [{ label: 'SPY', value: 'SPY' }],
        },
        { kind: 'form', label: 'Fill in', do: token, form: 'holdings' },
      ],
    );
    const buttons = part.keyboard.flat();
    expect(buttons.map((button) => button.text)).toEqual(['Remove one ▾', 'SPY', 'Fill in']);
    for (const button of buttons) {
      if (!('callback_data' in button)) throw new Error('an address');
      expect(Buffer.byteLength(button.callback_data)).toBeLessThanOrEqual(limits.callbackBytes);
    }
  });

  it('says a label that a phone would cut in full', () => {
    const label = 'Only cheap debt, such as a mortgage or student loan';
    const [part] = of([text('Debts?')], [{ kind: 'choice', label, do: token }]);
    expect(part.html).toBe(`Debts?\n\nIn full:\n• ${label}`);
    expect(part.keyboard[0][0].text).toMatch(/…$/);
  });

  it('refuses an option that no button can carry, instead of dropping it', () => {
    const options = [{ label: 'x', value: 'v'.repeat(60) }];
    expect(() => of([], [{ kind: 'select', label: 'l', do: token, options }])).toThrow(/64 bytes/);
  });

  it('spreads more buttons than a message takes over several', () => {
    const options = Array.from({ length: 230 }, (_, at) => ({ label: `${at}`, value: `${at}` }));
    const parts = of([text('Many')], [{ kind: 'select', label: 'One', do: token, options }]);
    const counts = parts.map(({ keyboard }) => keyboard.flat().length);
    expect(Math.max(...counts)).toBeLessThanOrEqual(limits.buttonsPerMessage);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(231);
  });
});

describe('the plan for a reply that takes the place of another', () => {
  const [words] = of([text('words')]);
  const [chart] = of([image]);

  it('edits what stands, also from words to a chart', () => {
    expect(plan([words], ['t1'])).toEqual([{ do: 'edit', message: 1, part: words }]);
    expect(plan([chart], ['t1'])).toEqual([{ do: 'edit', message: 1, part: chart }]);
  });

  it('sends words anew where a chart stood, and removes the chart', () => {
    expect(plan([words], ['p1'])).toEqual([
      { do: 'send', part: words },
      { do: 'remove', message: 1 },
    ]);
  });

  it('keeps the order when a reply grows, and removes what is left when it shrinks', () => {
    expect(plan([words, chart], ['t1']).map((step) => step.do)).toEqual(['edit', 'send']);
    expect(plan([words], ['t1', 'p2', 't3'])).toEqual([
      { do: 'edit', message: 1, part: words },
      { do: 'remove', message: 2 },
      { do: 'remove', message: 3 },
    ]);
  });
});
