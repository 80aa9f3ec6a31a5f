import { judge, type MoneyFound, minorOf, moneyAt } from './amount.ts';
import { formatMinor, formatPercent } from './format.ts';
import type { NumberFound } from './number.ts';
import { percentSignAt, perPeriod } from './percent.ts';
import { periodAt } from './period.ts';
import { toRate } from './rate.ts';
import type { Found, Option } from './reading.ts';
import { followsAny, type Token } from './tokens.ts';

type One = Extract<NumberFound, { state: 'one' }>;

/** "5-7%", "between 5 and 7 percent", "10 to 20k", "$500-700 a month". */
export function readRangeAt(tokens: readonly Token[], at: number): Found | null {
  const between = followsAny(tokens, at, ['between', 'anywhere between', 'anywhere from']);
  const low = moneyAt(tokens, between ?? at);
  if (!low || low.negative || low.number.state !== 'one') return null;
  // "5%-7%": the sign may stand after both.
  const lowSign = percentSignAt(tokens, low.next);
  const joint = followsAny(
    tokens,
    lowSign ?? low.next,
    between ? ['and', 'to', '-', '–', '—'] : joints,
  );
  const high = joint === null ? null : moneyAt(tokens, joint);
  if (!high || high.negative || high.number.state !== 'one') return null;
  const sign = percentSignAt(tokens, high.next);
  if (sign !== null) return percents(tokens, low.number, high.number, sign);
  if (lowSign !== null) return null;
  // "From 10k to 20k" names a start and an end, not one amount between them.
  if (/^(?:from|turn|grow|take)$/.test(tokens[at - 1]?.text ?? '')) return null;
  return amounts(tokens, low, high);
}

const joints = ['to', '-', '–', '—', 'or'];

function percents(tokens: readonly Token[], low: One, high: One, sign: number): Found | null {
  const { next } = perPeriod(tokens, sign);
  const ends = [Number(low.scaled) / 1e10, Number(high.scaled) / 1e10] as const;
  if (ends[0] >= ends[1]) return null;
  if (ends[1] > 100) {
    return { state: 'refused', next, reason: 'That percentage is larger than I can work with.' };
  }
  return {
    state: 'understood',
    next,
    meaning: { kind: 'percent-range', low: ends[0], high: ends[1] },
  };
}

function amounts(tokens: readonly Token[], low: MoneyFound, high: MoneyFound): Found | null {
  const [first, second] = [low.number as One, high.number as One];
  // "10 to 20k" is 10k to 20k; "900 to 1k" is not 900k.
  const shared =
    first.magnitude === 1n && first.scaled * second.magnitude < second.scaled
      ? first.scaled * second.magnitude
      : first.scaled;
  if (shared >= second.scaled) return null;
  const currency = high.currency ?? low.currency;
  if (low.currency && high.currency && low.currency !== high.currency) return null;
  const [lower, upper] = [
    { ...low, currency, number: { ...first, scaled: shared }, next: high.next },
    { ...high, currency },
  ];
  const refused = [judge(lower), judge(upper)].find((found) => found.state === 'refused');
  if (refused) return refused;
  const period = periodAt(tokens, high.next);
  if (period) {
    const rates = [lower, upper].map((money) => toRate(judge(money), period, period.next));
    return rateChoice(rates, period.next);
  }
  const marked = currency !== null || [first, second].some((number) => !number.plain);
  if (!marked && first.scaled < 100_00000000n) return null;
  return {
    state: 'understood',
    next: high.next,
    meaning: {
      kind: 'amount-range',
      lowMinor: minorOf(shared),
      highMinor: minorOf(second.scaled),
      currency,
    },
  };
}

function rateChoice(rates: readonly Found[], next: number): Found | null {
  const options: Option[] = [];
  for (const rate of rates) {
    if (rate.state !== 'understood' || rate.meaning.kind !== 'rate') return null;
    const { minor, currency, every } = rate.meaning;
    const label = `${formatMinor(minor, currency ?? 'USD')} a ${every}`;
    options.push({ label, meaning: rate.meaning });
  }
  const question = `Shall I count with ${options.map(({ label }) => label).join(' or ')}?`;
  return { state: 'ambiguous', next, question, options };
}

/** The ends of a range as things to choose from. */
export function rangeOptions(
  range:
    | { kind: 'percent-range'; low: number; high: number }
    | { kind: 'amount-range'; lowMinor: number; highMinor: number; currency: string | null },
): Option[] {
  if (range.kind === 'percent-range') {
    return [range.low, range.high].map((fraction) => ({
      label: `${formatPercent(fraction)} a year`,
      meaning: { kind: 'percent', fraction, per: null },
    }));
  }
  return [range.lowMinor, range.highMinor].map((minor) => ({
    label: formatMinor(minor, range.currency ?? 'USD'),
    meaning: { kind: 'amount', minor, currency: range.currency },
  }));
}
