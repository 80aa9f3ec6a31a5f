import { dayOf, lastOfMonth, partsOf } from './calendar.ts';
import type { DateFound, Stretch } from './date-found.ts';
import { namedDateAt } from './date-named.ts';
import { numericDateAt } from './date-numeric.ts';
import { relativeDateAt } from './date-relative.ts';
import { formatDay } from './format.ts';
import type { Found } from './reading.ts';
import { followsAny, type Token } from './tokens.ts';

/** Words that announce a date. */
const announcing =
  /^(?:by|before|until|untill|till|til|in|on|around|about|within|during|over|at|this|come|circa|after|since|sometime|from|for|no|later|than|latest)$/;
const linking = /^(?:the|of|approximately|roughly|say|next|in)$/;

type Edge = 'first' | 'middle' | 'last' | 'early' | 'before';

const edges: readonly (readonly [string, Edge])[] = [
  ['end of', 'last'],
  ['the end of', 'last'],
  ['close of', 'last'],
  ['late', 'last'],
  ['eoy', 'last'],
  ['year end', 'last'],
  ['year - end', 'last'],
  ['end', 'last'],
  ['start of', 'first'],
  ['the start of', 'first'],
  ['beginning of', 'first'],
  ['the beginning of', 'first'],
  ['middle of', 'middle'],
  ['the middle of', 'middle'],
  ['mid -', 'middle'],
  ['mid', 'middle'],
  ['early', 'early'],
];

/** A date with the words that lead to it: "by the end of June 2032", "in 7 years", "before 2040". */
export function readDateAt(tokens: readonly Token[], at: number, today: number): Found | null {
  const lead = leadAt(tokens, at);
  const found =
    numericDateAt(tokens, lead.next, today, lead.asked) ??
    (lead.yearEnd ? yearEndAt(tokens, lead.next, today) : null) ??
    namedDateAt(tokens, lead.next, today, lead.asked) ??
    relativeDateAt(tokens, lead.next, today, lead.asked) ??
    thisYearAt(tokens, lead, today);
  return found && settle(found, lead.edge, today);
}

interface Lead {
  readonly next: number;
  /** A word such as "by" or "end of" says that a date comes. */
  readonly asked: boolean;
  readonly edge: Edge | null;
  /** "year end" names the year's end by itself. */
  readonly yearEnd: boolean;
}

function leadAt(tokens: readonly Token[], at: number): Lead {
  let next = at;
  let asked = false;
  let edge: Edge | null = null;
  let yearEnd = false;
  while (next < at + 6 && next < tokens.length) {
    const { text } = tokens[next];
    const marked = edges.find(([phrase]) => followsAny(tokens, next, [phrase]) !== null);
    if (marked) {
      edge = marked[1];
      asked = true;
      yearEnd ||= marked[0].startsWith('year') || marked[0] === 'eoy';
      next += marked[0].split(' ').length;
      continue;
    }
    const counted = /^(?:next|this)$/.test(text) && isUnit(tokens, next + 1);
    if (counted) break;
    if (announcing.test(text)) {
      asked = true;
      if (text === 'before') edge = 'before';
    } else if (!(next > at && linking.test(text))) break;
    next += 1;
  }
  return { next, asked, edge, yearEnd };
}

function isUnit(tokens: readonly Token[], at: number): boolean {
  return /^(?:year|month|quarter|decade|week)$/.test(tokens[at]?.text ?? '');
}

/** "by year end", "EOY 2030". */
function yearEndAt(tokens: readonly Token[], at: number, today: number): DateFound | null {
  const year = tokens[at]?.kind === 'number' && /^20\d\d$/.test(tokens[at].text);
  const chosen = year ? Number(tokens[at].text) : partsOf(today).year;
  const next = year ? at + 1 : at;
  return { state: 'one', first: dayOf(chosen, 1, 1), last: dayOf(chosen, 12, 31), next };
}

/** "by the end of the year", "end of the month". */
function thisYearAt(tokens: readonly Token[], lead: Lead, today: number): DateFound | null {
  if (lead.edge !== 'last') return null;
  const { year, month } = partsOf(today);
  const text = tokens[lead.next]?.text;
  if (text === 'year') {
    return { state: 'one', first: today, last: dayOf(year, 12, 31), next: lead.next + 1 };
  }
  if (text === 'month') {
    return { state: 'one', first: today, last: lastOfMonth(year, month), next: lead.next + 1 };
  }
  return null;
}

/** Chooses the day that counts and refuses one that is not ahead. */
function settle(found: DateFound, edge: Edge | null, today: number): Found {
  if (found.state === 'bad') {
    return { state: 'refused', next: found.next, reason: found.reason };
  }
  if (found.state === 'many') {
    const days = found.options.map((option) => dayIn(option, edge)).filter((day) => day > today);
    if (days.length === 1) return { ...judgeDay(days[0], today), next: found.next };
    if (days.length === 0) {
      return { ...judgeDay(dayIn(found.options[0], edge), today), next: found.next };
    }
    return {
      state: 'ambiguous',
      next: found.next,
      question: found.question,
      options: days.map((day) => ({ label: formatDay(day), meaning: { kind: 'date', day } })),
    };
  }
  return { ...judgeDay(dayIn(found, edge), today), next: found.next };
}

type Judged =
  | {
      readonly state: 'understood';
      readonly meaning: { readonly kind: 'date'; readonly day: number };
    }
  | { readonly state: 'refused'; readonly reason: string; readonly past: true };

/** A day that still lies ahead, or the reason why it will not do. */
export function judgeDay(day: number, today: number): Judged {
  if (day > today) return { state: 'understood', meaning: { kind: 'date', day } };
  const reason =
    day === today
      ? 'That is today; please name a day that is still to come.'
      : `${formatDay(day)} is in the past; please name a day that is still to come.`;
  return { state: 'refused', reason, past: true };
}

function dayIn({ first, last }: Stretch, edge: Edge | null): number {
  if (edge === 'before') return first - 1;
  if (edge === 'first') return first;
  if (edge === 'middle') return middle(first, last);
  if (edge === 'early') return early(first, last);
  return last;
}

function middle(first: number, last: number): number {
  const { year, month, day } = partsOf(first);
  if (last - first > 360 && month === 1 && day === 1) return dayOf(year, 6, 30);
  return first + Math.floor((last - first) / 2);
}

/** The first quarter of a year, the first third of anything shorter. */
function early(first: number, last: number): number {
  if (last - first < 360) return first + Math.floor((last - first) / 3);
  return lastOfMonth(partsOf(first).year, 3);
}
