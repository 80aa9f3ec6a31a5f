import { dayOf, exists, lastOfMonth, partsOf } from './calendar.ts';
import { type DateFound, stretch } from './date-found.ts';
import { century } from './date-numeric.ts';
import { bareYearAt } from './date-year.ts';
import { followsAny, type Token } from './tokens.ts';

const months = new Map(
  [
    ['january', 'jan'],
    ['february', 'feb'],
    ['march', 'mar'],
    ['april', 'apr'],
    ['may'],
    ['june', 'jun'],
    ['july', 'jul'],
    ['august', 'aug'],
    ['september', 'sept', 'sep'],
    ['october', 'oct'],
    ['november', 'nov'],
    ['december', 'dec'],
  ].flatMap((names, index) => names.map((name) => [name, index + 1] as const)),
);

/** Months and words that also mean something else need a year or a "by" beside them. */
const doubtful = /^(?:may|march|mar|jan|dec|sep)$/;

/** Dates in words: "June 2032", "30th of June 2032", "Q3 2031", "summer 2030", "2040". */
export function namedDateAt(
  tokens: readonly Token[],
  at: number,
  today: number,
  asked: boolean,
): DateFound | null {
  return (
    quarterAt(tokens, at, today) ??
    monthAt(tokens, at, today, asked) ??
    dayFirstAt(tokens, at, today) ??
    seasonAt(tokens, at, today) ??
    bareYearAt(tokens, at, today, asked)
  );
}

function monthOf(token: Token | undefined): number | undefined {
  return token?.kind === 'word' ? months.get(token.text) : undefined;
}

/** A year that follows: "2032", ", 2032", "of 2032", "'32". */
function yearAt(tokens: readonly Token[], at: number, today: number) {
  const start =
    followsAny(tokens, at, ['. of', ', of', 'of the year', 'of', '.', ',', '-', '/']) ?? at;
  const token = tokens[start];
  if (token?.kind === 'number' && /^(?:19|20|21)\d\d$/.test(token.text)) {
    return { year: Number(token.text), next: start + 1 };
  }
  const short = tokens[start + 1];
  if (token?.text === "'" && short?.glued && /^\d\d$/.test(short.text)) {
    return { year: century(Number(short.text), today), next: start + 2 };
  }
  const next = followsAny(tokens, start, ['next year']);
  return next === null ? null : { year: partsOf(today).year + 1, next };
}

function monthAt(
  tokens: readonly Token[],
  at: number,
  today: number,
  asked: boolean,
): DateFound | null {
  const month = monthOf(tokens[at]);
  if (!month) return null;
  const dot = followsAny(tokens, at + 1, ['.']) ?? at + 1;
  const day = ordinalAt(tokens, dot);
  const dayYear = day && yearAt(tokens, day.next, today);
  if (day && (dayYear || asked)) {
    return dated(day.value, month, dayYear?.year, dayYear?.next ?? day.next, today);
  }
  const year = yearAt(tokens, at + 1, today);
  if (year) {
    return stretch(dayOf(year.year, month, 1), lastOfMonth(year.year, month), year.next);
  }
  if (!asked && doubtful.test(tokens[at].text)) return null;
  const now = partsOf(today);
  const ahead = lastOfMonth(now.year, month) > today ? now.year : now.year + 1;
  return stretch(dayOf(ahead, month, 1), lastOfMonth(ahead, month), at + 1);
}

/** "30 June 2032", "the 1st of May". */
function dayFirstAt(tokens: readonly Token[], at: number, today: number): DateFound | null {
  const day = ordinalAt(tokens, at);
  if (!day) return null;
  const start = followsAny(tokens, day.next, ['of', '.', '-']) ?? day.next;
  const month = monthOf(tokens[start]);
  if (!month) return null;
  const year = yearAt(tokens, start + 1, today);
  return dated(day.value, month, year?.year, year?.next ?? start + 1, today);
}

function ordinalAt(tokens: readonly Token[], at: number) {
  const token = tokens[at];
  if (token?.kind !== 'number' || !/^\d{1,2}$/.test(token.text)) return null;
  const suffix = tokens[at + 1];
  if (suffix?.glued && /^(?:st|nd|rd|th)$/.test(suffix.text)) {
    return { value: Number(token.text), next: at + 2 };
  }
  return suffix?.glued && suffix.kind === 'word'
    ? null
    : { value: Number(token.text), next: at + 1 };
}

function dated(
  day: number,
  month: number,
  year: number | undefined,
  next: number,
  today: number,
): DateFound {
  const now = partsOf(today);
  let chosen = year ?? now.year;
  if (year === undefined && dayOf(chosen, month, day) <= today) chosen += 1;
  if (!exists(chosen, month, day)) {
    return { state: 'bad', next, reason: 'There is no such day in the calendar.' };
  }
  return stretch(dayOf(chosen, month, day), dayOf(chosen, month, day), next);
}

/** "Q3 2031", "2031 Q3", "third quarter of 2031", "H1 2031". */
function quarterAt(tokens: readonly Token[], at: number, today: number): DateFound | null {
  const lead = tokens[at]?.kind === 'number' ? yearAt(tokens, at, today) : null;
  if (/^q$/.test(tokens[at]?.text ?? '') && /^[05-9]$/.test(tokens[at + 1]?.text ?? '')) {
    const next = yearAt(tokens, at + 2, today)?.next ?? at + 2;
    return { state: 'bad', next, reason: 'A year has four quarters.' };
  }
  const part = partAt(tokens, lead?.next ?? at);
  if (!part) return null;
  const year = lead ? { ...lead, next: part.next } : yearAt(tokens, part.next, today);
  if (!year && !part.written) return null;
  let chosen = year?.year ?? partsOf(today).year;
  if (!year && lastOfMonth(chosen, part.last) <= today) chosen += 1;
  const first = dayOf(chosen, part.last - part.length + 1, 1);
  return stretch(first, lastOfMonth(chosen, part.last), year?.next ?? part.next);
}

const orders = ['first', 'second', 'third', 'fourth'];

function partAt(tokens: readonly Token[], at: number) {
  const [token, after] = [tokens[at], tokens[at + 1]];
  if (!token) return null;
  const length = token.text === 'q' ? 3 : token.text === 'h' ? 6 : 0;
  if (length > 0 && after?.glued && /^[1-4]$/.test(after.text)) {
    const last = Number(after.text) * length;
    return last > 12 ? null : { last, length, next: at + 2, written: true };
  }
  const numbered = ordinalAt(tokens, at);
  const order = numbered?.next === at + 2 ? numbered.value : orders.indexOf(token.text) + 1;
  if (order < 1 || order > 4) return null;
  const noun = tokens[numbered?.next ?? at + 1]?.text;
  if (noun !== 'quarter' && (noun !== 'half' || order > 2)) return null;
  const months = noun === 'quarter' ? 3 : 6;
  return {
    last: order * months,
    length: months,
    next: (numbered?.next ?? at + 1) + 1,
    written: false,
  };
}

const seasons: Readonly<Record<string, readonly [number, number]>> = {
  spring: [3, 5],
  summer: [6, 8],
  autumn: [9, 11],
  fall: [9, 11],
};

function seasonAt(tokens: readonly Token[], at: number, today: number): DateFound | null {
  const coming = followsAny(tokens, at, ['next', 'this']);
  if (coming !== null && Object.hasOwn(seasons, tokens[coming]?.text ?? '')) {
    const season = seasons[tokens[coming].text];
    const { year } = partsOf(today);
    const chosen = dayOf(year, season[0], 1) > today ? year : year + 1;
    return stretch(dayOf(chosen, season[0], 1), lastOfMonth(chosen, season[1]), coming + 1);
  }
  const text = tokens[at]?.text ?? '';
  const year = yearAt(tokens, at + 1, today);
  if (/^(?:christmas|xmas)$/.test(text)) {
    return dated(25, 12, year?.year, year?.next ?? at + 1, today);
  }
  if (text === 'winter' && year) {
    return {
      state: 'many',
      next: year.next,
      question: 'The winter at the start of that year or at its end?',
      options: [
        { first: dayOf(year.year, 1, 1), last: lastOfMonth(year.year, 2) },
        { first: dayOf(year.year, 12, 1), last: lastOfMonth(year.year, 12) },
      ],
    };
  }
  const season = Object.hasOwn(seasons, text) ? seasons[text] : undefined;
  if (!season || !year) return null;
  return stretch(dayOf(year.year, season[0], 1), lastOfMonth(year.year, season[1]), year.next);
}
