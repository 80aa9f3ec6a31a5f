import { judge, moneyAt, readAmountAt } from './amount.ts';
import { type PeriodFound, periodAt } from './period.ts';
import type { Found, Meaning } from './reading.ts';
import type { Token } from './tokens.ts';

/** Words between "monthly" and its amount: "monthly contributions of $500", "every month I add 500". */
const between = new Set(
  "contribution contributions deposit deposits saving savings payment payments top up ups of i we i'll i'd can could will would put putting in into aside add adding save invest investing contribute contributing pay about around roughly with : - = ,".split(
    ' ',
  ),
);
const adverbs = /^(?:weekly|monthly|quarterly|yearly|annual|every|each|per|once)$/;

/** Money that repeats: "500 a month", "$200/wk", "100 weekly", "monthly contributions of 500". */
export function readRateAt(tokens: readonly Token[], at: number): Found | null {
  return amountFirst(tokens, at) ?? periodFirst(tokens, at);
}

function amountFirst(tokens: readonly Token[], at: number): Found | null {
  const money = moneyAt(tokens, at);
  if (!money) return null;
  const period = periodAt(tokens, money.next);
  if (!period) return null;
  return toRate(judge({ ...money, next: period.next }), period, period.next);
}

function periodFirst(tokens: readonly Token[], at: number): Found | null {
  if (!adverbs.test(tokens[at]?.text ?? '')) return null;
  const period = periodAt(tokens, at);
  if (!period) return null;
  let next = period.next;
  while (next < period.next + 7 && between.has(tokens[next]?.text)) next += 1;
  const amount = readAmountAt(tokens, next);
  // "every month 500 a year" has its own period, and "monthly 7 %" is no money.
  if (!amount || tokens[amount.next]?.text === '%' || periodAt(tokens, amount.next)) return null;
  return toRate(amount, period, amount.next);
}

/** Turns an amount into a rate, keeping its ambiguity or refusal. */
export function toRate(amount: Found, period: PeriodFound, next: number): Found {
  if (amount.state === 'refused') return { ...amount, next };
  if (amount.state === 'ambiguous') {
    const options = amount.options.map(({ label, meaning }) => ({
      label: `${label} a ${period.every}`,
      meaning: spread(meaning, period),
    }));
    if (options.some(({ meaning }) => meaning === null)) return uneven(next);
    return {
      state: 'ambiguous',
      next,
      question: amount.question,
      options: options.map(({ label, meaning }) => ({ label, meaning: meaning! })),
    };
  }
  const meaning = spread(amount.meaning, period);
  return meaning ? { state: 'understood', next, meaning } : uneven(next);
}

function spread(meaning: Meaning, period: PeriodFound): Meaning | null {
  const minor =
    meaning.kind === 'amount'
      ? meaning.minor
      : meaning.kind === 'number'
        ? Math.round(meaning.value * 100)
        : null;
  if (minor === null || (minor * period.times) % period.over !== 0) return null;
  const currency = meaning.kind === 'amount' ? meaning.currency : null;
  return {
    kind: 'rate',
    minor: (minor * period.times) / period.over,
    currency,
    every: period.every,
  };
}

function uneven(next: number): Found {
  const reason = 'I count contributions per week, month, quarter or year; please say it that way.';
  return { state: 'refused', next, reason };
}
