import fc from 'fast-check';
import type { Action, Block, Reply } from '../bot/reply.ts';

/** Random replies for the chat adapters' shared suite: any words, any mixture, within the contract. */
const words = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ maxLength: 30 }),
  fc.constantFrom(
    '<b>bold</b> & <script>',
    '**strong** and * a star',
    'a_b *c* [d](e) `f`',
    '−$4,120.00 (12.3 %)',
    'Ελληνικά, עברית, 日本語, 👩‍👩‍👧',
    'two\nlines',
  ),
);
const long = fc.oneof(
  { weight: 30, arbitrary: words },
  { weight: 2, arbitrary: fc.lorem({ mode: 'sentences', maxCount: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1_000, maxLength: 6_000 }) },
);
const number = fc.double({ noNaN: true, noDefaultInfinity: true });
const base64url = fc.constantFrom(
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
);
const part = fc.string({ unit: base64url, minLength: 16, maxLength: 16 });
/** As the bot seals them: 36 characters. */
const token = fc.tuple(part, part).map(([id, mac]) => `v1.${id}.${mac}`);
const style = fc.option(fc.constantFrom('primary' as const, 'danger' as const), { nil: undefined });

const chart = fc.record({
  kind: fc.constantFrom('bars' as const, 'doughnut' as const),
  title: words,
  subtitle: words,
  simulated: fc.boolean(),
  valueFormat: fc.constant('percent' as const),
  labels: fc.array(words, { maxLength: 3 }),
  series: fc.array(
    fc.record({
      name: words,
      role: fc.constant('today' as const),
      values: fc.array(number, { maxLength: 3 }),
    }),
    { maxLength: 2 },
  ),
});

const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({
    kind: fc.constant('text' as const),
    text: long,
    style: fc.constantFrom('title' as const, 'body' as const, 'small' as const),
  }),
  fc.record({
    kind: fc.constant('facts' as const),
    facts: fc.array(fc.record({ label: words, value: words }), { maxLength: 8 }),
  }),
  fc.record({
    kind: fc.constant('table' as const),
    title: words,
    columns: fc.array(
      fc.record({ label: words, align: fc.constantFrom('left' as const, 'right' as const) }),
      { maxLength: 6 },
    ),
    rows: fc.array(fc.array(words, { maxLength: 6 }), { maxLength: 12 }),
  }),
  fc.record({ kind: fc.constant('image' as const), chart, alt: words }),
  fc.record({
    kind: fc.constant('file' as const),
    name: words,
    mediaType: fc.constant('text/csv'),
    content: fc.string({ minLength: 1, maxLength: 50 }),
  }),
  fc.record({
    kind: fc.constant('notice' as const),
    tone: fc.constantFrom('disclosure' as const, 'warning' as const, 'error' as const),
    text: long,
  }),
  fc.record({ kind: fc.constant('progress' as const), label: words, done: number, total: number }),
);

/** Option values are names the bot makes: tickers, questions, answers. */
const value = fc.stringMatching(/^[A-Za-z0-9^=.-]{1,24}$/);

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('choice' as const), label: words, style, do: token }),
  },
  fc.record({
    kind: fc.constant('link' as const),
    label: words,
    style,
    url: fc.oneof(
      fc.webUrl(),
      fc.constantFrom(
        'javascript:alert(1)',
        'data:text/html,x',
        '//x',
        'http://localhost:1/a',
        'mailto:a@b.org',
      ),
    ),
  }),
  fc.record({
    kind: fc.constant('select' as const),
    label: words,
    style,
    do: token,
    options: fc.array(
      fc.record({ label: words, value, note: fc.option(words, { nil: undefined }) }),
      { maxLength: 25 },
    ),
  }),
  fc.record({
    kind: fc.constant('form' as const),
    label: words,
    style,
    do: token,
    form: fc.constantFrom('goal' as const, 'holdings' as const, 'capacity' as const),
    shortcut: fc.option(fc.constant(true as const), { nil: undefined }),
  }),
);

export const randomReply: fc.Arbitrary<Reply> = fc.record({
  key: fc.uuid(),
  visibility: fc.constantFrom('public' as const, 'private' as const),
  notify: fc.constantFrom('normal' as const, 'silent' as const),
  blocks: fc.array(block, { maxLength: 7 }),
  actions: fc.array(action, { maxLength: 8 }),
});

/** Everything of a reply that a person must be able to read: words, numbers and labels. */
export function readable(reply: Reply): readonly string[] {
  return [
    ...reply.blocks.flatMap(wordsOf),
    ...reply.actions.flatMap((one): readonly string[] =>
      one.kind === 'select'
        ? [one.label, ...one.options.flatMap((option) => [option.label, option.note ?? ''])]
        : [one.label],
    ),
  ];
}

function wordsOf(one: Block): readonly string[] {
  switch (one.kind) {
    case 'text':
    case 'notice':
      return [one.text];
    case 'facts':
      return one.facts.flatMap(({ label, value: said }) => [label, said]);
    case 'table':
      return [one.title ?? '', ...one.rows.flat(), ...namesOfFilled(one)];
    case 'progress':
      return [one.label];
    case 'image':
    case 'file':
      return [];
  }
}

/** Names of the columns that have something in them. */
function namesOfFilled(table: Extract<Block, { kind: 'table' }>): readonly string[] {
  return table.columns
    .filter((_, at) => table.rows.some((row) => letters(row[at] ?? '') !== ''))
    .map(({ label }) => label);
}

/** Words without what platforms turn, trim or take for markup: blanks, fillers, invisible characters, stars. */
export function letters(text: string): string {
  return text.toWellFormed().replaceAll(/[\s\p{C}\p{Z}\p{M}\u2800\u3164\uffa0\u115f\u1160*]/gu, '');
}
