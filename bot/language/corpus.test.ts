import { describe, expect, test } from 'vitest';
import { goalSchema } from '../goal.ts';
import corpus from './corpus.json' with { type: 'json' };
import { readQuantities } from './quantities.ts';
import { readGoal } from './read-goal.ts';
import { readHoldings } from './read-holdings.ts';
import type { Meaning } from './reading.ts';

/** What people type, with the exact reading of each; every line of corpus.json is a test of its own. */
const now = Date.parse(`${corpus.now}T00:00:00Z`);

function shown(meaning: Meaning): string {
  const money = (minor: number) => (minor / 100).toFixed(2);
  switch (meaning.kind) {
    case 'amount':
      return `amount ${meaning.currency ?? '-'} ${money(meaning.minor)}`;
    case 'rate':
      return `rate ${meaning.currency ?? '-'} ${money(meaning.minor)} ${meaning.every}`;
    case 'amount-range':
      return `range ${meaning.currency ?? '-'} ${money(meaning.lowMinor)} ${money(meaning.highMinor)}`;
    case 'percent':
      return `percent ${meaning.fraction}${meaning.per ? ` ${meaning.per}` : ''}`;
    case 'percent-range':
      return `percents ${meaning.low} ${meaning.high}`;
    case 'split':
      return `split ${meaning.parts.join(' ')}`;
    case 'date':
      return `date ${new Date(meaning.day * 86_400_000).toISOString().slice(0, 10)}`;
    case 'birth-year':
      return `born ${meaning.year}`;
    case 'number':
      return `number ${meaning.value}`;
    default:
      return `${meaning.kind} ${meaning.years}`;
  }
}

function quantities(raw: string): string[] {
  const { text, readings } = readQuantities(raw, { now });
  return readings.map((reading) => {
    const words = text.slice(reading.span.start, reading.span.end);
    if (reading.state === 'refused') return `${words} = refused`;
    if (reading.state === 'understood') return `${words} = ${shown(reading.meaning)}`;
    return `${words} = ask ${reading.options.map(({ meaning }) => shown(meaning)).join(' | ')}`;
  });
}

function goal(text: string): string[] {
  const reading = readGoal(text, { now, locale: 'en-GB' });
  switch (reading.kind) {
    case 'understood':
      expect(goalSchema.parse(reading.goal)).toEqual(reading.goal);
      return ['understood', reading.echo];
    case 'ambiguous':
      return ['ambiguous', reading.question, ...reading.options.map(({ label }) => label)];
    case 'unclear':
      return ['unclear', reading.ask];
    case 'refused':
      return ['refused', reading.reason];
  }
}

function holdings(text: string): string[] {
  const reading = readHoldings(text);
  const labels = (options: readonly { label: string }[]) =>
    options.map(({ label }) => label).join(' | ');
  return [
    ...reading.edits.map((edit) => Object.values(edit).join(' ')),
    ...reading.questions.map((one) => `ask ${one.question} ${labels(one.options)}`.trim()),
    ...reading.unknown.map((one) => `unknown ${one.text} ${one.suggestions.join(' ')}`.trim()),
    ...reading.problems.map((problem) => `problem ${problem}`),
    ...reading.notes.map((note) => `note ${note}`),
  ];
}

test('the corpus is large enough and repeats nothing', () => {
  for (const part of [corpus.quantities, corpus.goals, corpus.holdings]) {
    expect(new Set(part.map(({ text }) => text)).size).toBe(part.length);
  }
  expect(corpus.quantities.length).toBeGreaterThan(260);
});

describe('quantities', () => {
  test.each(corpus.quantities)('reads "$text"', ({ text, reads }) => {
    expect(quantities(text)).toEqual(reads);
  });
});

describe('goals', () => {
  test.each(corpus.goals)('takes "$text" for a goal as expected', ({ text, reads }) => {
    expect(goal(text)).toEqual(reads);
  });
});

describe('holdings', () => {
  test.each(corpus.holdings)('reads the holdings of "$text"', ({ text, reads }) => {
    expect(holdings(text)).toEqual(reads);
  });
});
