import { dayOf, partsOf } from './calendar.ts';
import { type DateFound, stretch } from './date-found.ts';
import { century } from './date-numeric.ts';
import type { Token } from './tokens.ts';

/** What makes a number beside it an amount or a count and not a year. */
const notAYear =
  /^(?:usd|dollars?|bucks|euros?|eur|pounds|k|a|per|each|every|monthly|weekly|yearly|\/|%|shares?|units?|thousand|million|months?|weeks?|days?)$/;

/** "by 2040", "by '45"; without "by" only a year ahead that nothing makes an amount. */
export function bareYearAt(
  tokens: readonly Token[],
  at: number,
  today: number,
  asked: boolean,
): DateFound | null {
  const short = tokens[at]?.text === "'" && asked ? tokens[at + 1] : undefined;
  if (short?.glued && /^\d\d$/.test(short.text)) {
    return wholeYear(century(Number(short.text), today), at + 2);
  }
  const year = yearOf(tokens[at]);
  if (year === null) return null;
  const after = tokens[at + 1];
  if ((after?.glued && after.kind === 'word') || notAYear.test(after?.text ?? '')) return null;
  const ahead = year > partsOf(today).year && year <= partsOf(today).year + 100;
  if (!asked && (!ahead || /^[$€£¥-]$/.test(tokens[at - 1]?.text ?? ''))) return null;
  const joined = /^(?:-|–|to|or|and)$/.test(after?.text ?? '') ? yearOf(tokens[at + 2]) : null;
  if (joined !== null && joined > year && joined <= year + 50) {
    return {
      state: 'many',
      next: at + 3,
      question: 'Which of these dates shall I plan for?',
      options: [year, joined].map((one) => ({ first: dayOf(one, 1, 1), last: dayOf(one, 12, 31) })),
    };
  }
  return wholeYear(year, at + 1);
}

function yearOf(token: Token | undefined): number | null {
  return token?.kind === 'number' && /^(?:19|20|21)\d\d$/.test(token.text)
    ? Number(token.text)
    : null;
}

function wholeYear(year: number, next: number): DateFound {
  return stretch(dayOf(year, 1, 1), dayOf(year, 12, 31), next);
}
