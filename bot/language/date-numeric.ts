import { dayOf, exists, lastOfMonth, partsOf } from './calendar.ts';
import { type DateFound, stretch } from './date-found.ts';
import type { Token } from './tokens.ts';

/** Dates in digits: "2031-09-30", "31/12/2031", "12.05.2031", "06/2032", "06/32". */
export function numericDateAt(
  tokens: readonly Token[],
  at: number,
  today: number,
  asked: boolean,
): DateFound | null {
  const parts = joined(tokens, at);
  if (!parts) return null;
  const { values, sign, next } = parts;
  const [a, b, c] = values;
  if (values.length === 3) {
    if (a.length === 4) return one(Number(a), Number(b), Number(c), next);
    if (c.length !== 4 && c.length !== 2) return null;
    const year = c.length === 4 ? Number(c) : century(Number(c), today);
    return dayAndMonth(year, Number(a), Number(b), sign, next);
  }
  if (a.length === 4 && b.length <= 2) return month(Number(a), Number(b), next);
  if (b.length === 4 && a.length <= 2) return month(Number(b), Number(a), next);
  // "6/32" can only be a month and a year; "5/12" alone is read as a day only after "by" or "on".
  if (Number(b) > 31) return asked ? month(century(Number(b), today), Number(a), next) : null;
  if (!asked || sign !== '/' || Number(a) === 0 || Number(b) === 0) return null;
  const { year } = partsOf(today);
  const end = century(Number(b), today);
  // "12/30": the 30th of December, or December 2030.
  if (Number(b) > 12 && end > year && exists(end, Number(a), 1)) {
    const day = dayOf(
      dayOf(year, Number(a), Number(b)) > today ? year : year + 1,
      Number(a),
      Number(b),
    );
    return {
      state: 'many',
      next,
      question: 'Is that a day, or a month and a year?',
      options: [
        { first: day, last: day },
        { first: dayOf(end, Number(a), 1), last: lastOfMonth(end, Number(a)) },
      ],
    };
  }
  const options = [
    [Number(b), Number(a)],
    [Number(a), Number(b)],
  ]
    .filter(([m, d]) => exists(year, m, d))
    .map(([m, d]) => dayOf(dayOf(year, m, d) > today ? year : year + 1, m, d));
  return choose(options, next);
}

/** Two or three short numbers held together by one kind of sign. */
function joined(tokens: readonly Token[], at: number) {
  const first = tokens[at];
  if (first?.kind !== 'number') return null;
  const dotted = /^(\d{1,4})\.(\d{1,2})\.(\d{2,4})$/.exec(first.text);
  if (dotted) return { values: dotted.slice(1), sign: '.', next: at + 1 };
  const sign = tokens[at + 1]?.text;
  if (!sign || !/^[-/]$/.test(sign)) return null;
  const values: string[] = [];
  let next = at;
  while (values.length < 3) {
    const token = tokens[next];
    const glued = token?.glued || values.length === 0;
    if (token?.kind !== 'number' || !glued || !/^\d{1,4}$/.test(token.text)) break;
    values.push(token.text);
    next += 1;
    if (tokens[next]?.text !== sign || !tokens[next].glued || !tokens[next + 1]?.glued) break;
    next += 1;
  }
  // A sign that leads to nothing more belongs to something else.
  if (values.length < 2 || tokens[next - 1].kind !== 'number') return null;
  return { values, sign, next };
}

function dayAndMonth(
  year: number,
  a: number,
  b: number,
  sign: string,
  next: number,
): DateFound | null {
  // Where dots stand between, the day comes first.
  if (sign === '.' || a > 12 || b > 12 || a === b) {
    return a <= 12 && b > 12 ? one(year, a, b, next) : one(year, b, a, next);
  }
  return choose([dayOf(year, b, a), dayOf(year, a, b)], next);
}

function choose(days: readonly number[], next: number): DateFound | null {
  const distinct = [...new Set(days)];
  if (distinct.length === 0) return null;
  if (distinct.length === 1) return stretch(distinct[0], distinct[0], next);
  return {
    state: 'many',
    next,
    question: 'Which of the two is the day and which the month?',
    options: distinct.map((day) => ({ first: day, last: day })),
  };
}

function one(year: number, m: number, d: number, next: number): DateFound {
  if (!exists(year, m, d)) {
    return { state: 'bad', next, reason: 'There is no such day in the calendar.' };
  }
  const day = dayOf(year, m, d);
  return stretch(day, day, next);
}

function month(year: number, m: number, next: number): DateFound | null {
  if (year < 1900 || year > 2999) return null;
  if (m < 1 || m > 12) return { state: 'bad', next, reason: 'There is no such month.' };
  return stretch(dayOf(year, m, 1), lastOfMonth(year, m), next);
}

/** A year of two digits lies ahead of today, within the century. */
export function century(short: number, today: number): number {
  const { year } = partsOf(today);
  const base = Math.floor(year / 100) * 100 + short;
  return base < year - 20 ? base + 100 : base;
}
