import { addMonths, dayOf, lastOfMonth, partsOf } from './calendar.ts';
import { type DateFound, stretch } from './date-found.ts';
import { numberAt } from './number.ts';
import { follows, followsAny, type Token } from './tokens.ts';

/** Months per unit, or days where months do not fit. */
const units = new Map<string, { months?: number; days?: number }>([
  ...['year', 'years', 'yr', 'yrs', 'y'].map((word) => [word, { months: 12 }] as const),
  ...['month', 'months', 'mo', 'mos', 'mths', 'mth'].map((word) => [word, { months: 1 }] as const),
  ...['quarter', 'quarters'].map((word) => [word, { months: 3 }] as const),
  ...['decade', 'decades'].map((word) => [word, { months: 120 }] as const),
  ...['week', 'weeks', 'wk', 'wks'].map((word) => [word, { days: 7 }] as const),
  ...['fortnight', 'fortnights'].map((word) => [word, { days: 14 }] as const),
  ...['day', 'days'].map((word) => [word, { days: 1 }] as const),
]);

const tooFar = 'That is more than 100 years away; please name a nearer date.';

/** Dates counted from today: "in 7 years", "18 months from now", "next year", "end of the year". */
export function relativeDateAt(
  tokens: readonly Token[],
  at: number,
  today: number,
  asked: boolean,
): DateFound | null {
  return namedAt(tokens, at, today) ?? spanAt(tokens, at, today, asked);
}

function namedAt(tokens: readonly Token[], at: number, today: number): DateFound | null {
  const { year, month } = partsOf(today);
  const words: readonly (readonly [string, () => readonly [number, number]])[] = [
    ['next year', () => [dayOf(year + 1, 1, 1), dayOf(year + 1, 12, 31)]],
    ['following year', () => [dayOf(year + 1, 1, 1), dayOf(year + 1, 12, 31)]],
    ['year after next', () => [dayOf(year + 2, 1, 1), dayOf(year + 2, 12, 31)]],
    ['this year', () => [today, dayOf(year, 12, 31)]],
    ['next month', () => [dayOf(year, month + 1, 1), lastOfMonth(year, month + 1)]],
    ['this month', () => [today, lastOfMonth(year, month)]],
    ['last year', () => [dayOf(year - 1, 1, 1), dayOf(year - 1, 12, 31)]],
    ['last month', () => [dayOf(year, month - 1, 1), lastOfMonth(year, month - 1)]],
    ['next quarter', () => quarter(year, month, 1)],
    ['this quarter', () => quarter(year, month, 0)],
    ['next decade', () => [dayOf(year + 1, 1, 1), dayOf(Math.floor(year / 10) * 10 + 19, 12, 31)]],
  ];
  for (const [phrase, days] of words) {
    const next = follows(tokens, at, phrase);
    if (next !== null) return stretch(days()[0], days()[1], next);
  }
  return null;
}

function quarter(year: number, month: number, ahead: number): readonly [number, number] {
  const start = Math.floor((month - 1) / 3) * 3 + 1 + ahead * 3;
  return [dayOf(year, start, 1), lastOfMonth(year, start + 2)];
}

/** A length of time from today; "10 to 15 years" is asked about. */
function spanAt(
  tokens: readonly Token[],
  at: number,
  today: number,
  asked: boolean,
): DateFound | null {
  const first = lengthAt(tokens, at);
  if (!first) return rangeAt(tokens, at, today);
  if ('reason' in first) return { state: 'bad', next: first.next, reason: first.reason };
  const ago = follows(tokens, first.next, 'ago');
  const day = ahead(today, first, ago === null ? 1 : -1);
  const next = ago ?? tail(tokens, first.next);
  // "A year" alone is a rate or half of "a quarter million", not a date.
  const article = /^an?$/.test(tokens[at].text);
  if (article && !asked && next === first.next) return null;
  return day === null ? { state: 'bad', next, reason: tooFar } : stretch(day, day, next);
}

function rangeAt(tokens: readonly Token[], at: number, today: number): DateFound | null {
  const low = numberAt(tokens, at);
  if (low?.state !== 'one' || low.magnitude > 1n) return null;
  const joint = followsAny(tokens, low.next, ['to', 'or', '-', '–', '—', 'and']);
  const high = joint === null ? null : lengthAt(tokens, joint);
  if (!high || 'reason' in high) return null;
  const scale = Number(low.scaled) / 1e8 / high.count;
  const nearer = { ...high, months: high.months * scale, days: high.days * scale };
  const days = [ahead(today, nearer, 1), ahead(today, high, 1)];
  const next = tail(tokens, high.next);
  if (scale >= 1 || days[0] === null || days[1] === null) return null;
  return {
    state: 'many',
    next,
    question: 'Which of these dates shall I plan for?',
    options: days.map((day) => ({ first: day!, last: day! })),
  };
}

interface Length {
  readonly count: number;
  readonly months: number;
  readonly days: number;
  readonly next: number;
}

/** "7 years", "7-year", "18mo", "a year and a half", "2 years and 6 months", "half a year". */
function lengthAt(
  tokens: readonly Token[],
  at: number,
): Length | { reason: string; next: number } | null {
  const one = /^(?:a|an|one)$/.test(tokens[at]?.text ?? '')
    ? units.get(tokens[at + 1]?.text)
    : null;
  if (one) {
    const half = follows(tokens, at + 2, 'and a half');
    return total(one, half === null ? 1 : 1.5, half ?? at + 2);
  }
  const number = numberAt(tokens, at);
  if (!number) return null;
  const dash = tokens[number.next]?.text === '-' && tokens[number.next].glued ? 1 : 0;
  const unit = units.get(tokens[number.next + dash]?.text);
  if (!unit) return null;
  const next = number.next + dash + 1;
  if (number.state === 'bad') return { reason: number.reason, next };
  const length = total(unit, Number(number.scaled) / 1e8, next);
  // "2 years and 6 months"
  const and = followsAny(tokens, next, ['and', ',']) ?? next;
  const rest = unit.months === 12 ? lengthAt(tokens, and) : null;
  if (!rest || 'reason' in rest || rest.months >= 12 || rest.days > 0) return length;
  return { ...length, months: length.months + rest.months, next: rest.next };
}

function total(unit: { months?: number; days?: number }, count: number, next: number): Length {
  return { count, months: (unit.months ?? 0) * count, days: (unit.days ?? 0) * count, next };
}

function ahead(today: number, length: Length, sign: 1 | -1): number | null {
  if (length.months > 1200 || length.days > 36_525) return null;
  const whole = Math.floor(length.months);
  const days = Math.round(length.days + (length.months - whole) * 30.4375);
  return addMonths(today, sign * whole) + sign * days;
}

function tail(tokens: readonly Token[], at: number): number {
  return (
    followsAny(tokens, at, [
      'from now on',
      'from now',
      'from today',
      'time horizon',
      'horizon',
      "' time",
      'time',
      'ahead',
      'away',
      'or so',
      'down the road',
    ]) ?? at
  );
}
