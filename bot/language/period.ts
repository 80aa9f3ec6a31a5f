import { numberAt } from './number.ts';
import type { Period } from './reading.ts';
import { follows, followsAny, type Token } from './tokens.ts';

/** How often: `every` of a period, `times` / `over` times in it. Two weeks is week, 1 / 2. */
export interface PeriodFound {
  readonly every: Period;
  readonly times: number;
  readonly over: number;
  readonly next: number;
}

const nouns = new Map<string, readonly [Period, number]>([
  ...['day', 'days', 'd'].map((word) => [word, ['week', 7]] as const),
  ...['week', 'weeks', 'wk', 'wks', 'w'].map((word) => [word, ['week', 1]] as const),
  ...['fortnight', 'fortnights'].map((word) => [word, ['week', 0.5]] as const),
  ...['paycheck', 'payday'].map((word) => [word, ['month', 1]] as const),
  ...['month', 'months', 'mo', 'mos', 'mth', 'm'].map((word) => [word, ['month', 1]] as const),
  ...['quarter', 'quarters', 'qtr', 'q'].map((word) => [word, ['quarter', 1]] as const),
  ...['year', 'years', 'yr', 'yrs', 'y', 'annum'].map((word) => [word, ['year', 1]] as const),
]);

const adverbs: readonly (readonly [string, Period, number])[] = [
  ['twice a month', 'month', 2],
  ['twice per month', 'month', 2],
  ['twice a year', 'year', 2],
  ['bi - weekly', 'week', 0.5],
  ['biweekly', 'week', 0.5],
  ['fortnightly', 'week', 0.5],
  ['semi - monthly', 'month', 2],
  ['daily', 'week', 7],
  ['weekly', 'week', 1],
  ['monthly', 'month', 1],
  ['quarterly', 'quarter', 1],
  ['yearly', 'year', 1],
  ['annually', 'year', 1],
  ['annual', 'year', 1],
  ['p . a .', 'year', 1],
  ['p . a', 'year', 1],
  ['p / a', 'year', 1],
  ['pa', 'year', 1],
  ['p . m .', 'month', 1],
  ['p / m', 'month', 1],
  ['pm', 'month', 1],
  ['pcm', 'month', 1],
  ['pw', 'week', 1],
];

/** A period that belongs to what stands before it: "a month", "/wk", "per year", "every two weeks". */
export function periodAt(tokens: readonly Token[], at: number): PeriodFound | null {
  for (const [phrase, every, rate] of adverbs) {
    const next = follows(tokens, at, phrase);
    if (next !== null) return found(every, rate, 1, next);
  }
  const head = followsAny(tokens, at, [
    '/',
    'per',
    'a',
    'an',
    'each',
    'every',
    'once a',
    'once every',
  ]);
  if (head === null) return null;
  // "every single month", "each and every month"
  const start = followsAny(tokens, head, ['single', 'other', 'and every']) ?? head;
  const other = tokens[start - 1].text === 'other';
  const noun = nounAt(tokens, start);
  if (noun) return found(noun.every, noun.rate, other ? 2 : 1, noun.next);
  if (!/^(?:every|each|per)$/.test(tokens[head - 1].text)) return null;
  const number = numberAt(tokens, head);
  if (number?.state !== 'one' || number.magnitude > 1n) return null;
  const several = nounAt(tokens, number.next);
  const count = Number(number.scaled) / 1e8;
  if (!several || !Number.isInteger(count) || count < 1 || count > 24) return null;
  if (several.every === 'month' && count === 3) return found('quarter', 1, 1, several.next);
  if (several.every === 'month' && count % 12 === 0) {
    return found('year', 1, count / 12, several.next);
  }
  return found(several.every, several.rate, count, several.next);
}

function nounAt(tokens: readonly Token[], at: number) {
  const noun = tokens[at]?.kind === 'word' ? nouns.get(tokens[at].text) : undefined;
  if (!noun) return null;
  // "a d", "a w": too short to be a period unless a slash stands before.
  if (tokens[at].text.length === 1 && tokens[at - 1]?.text !== '/') return null;
  return { every: noun[0], rate: noun[1], next: at + 1 };
}

function found(every: Period, rate: number, over: number, next: number): PeriodFound {
  return rate < 1
    ? { every, times: 1, over: over * Math.round(1 / rate), next }
    : { every, times: rate, over, next };
}
