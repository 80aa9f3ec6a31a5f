import { UNIT_SCALE } from '../money.ts';
import { currencyAfter, currencyBefore } from './currency.ts';
import { formatMinor } from './format.ts';
import { type NumberFound, numberAt } from './number.ts';
import type { Found, Meaning } from './reading.ts';
import { followsAny, type Token } from './tokens.ts';

/** A number with whatever sign and currency stand around it, before it is judged. */
export interface MoneyFound {
  readonly number: NumberFound;
  readonly currency: string | null;
  readonly negative: boolean;
  readonly next: number;
}

/** The largest amount that is taken as meant: a trillion. */
export const MAX_MINOR = 100_000_000_000_000;

/** A number with its currency and sign: "$1.5m", "20 000 euros", "-500". */
export function moneyAt(tokens: readonly Token[], at: number): MoneyFound | null {
  let next = minusAt(tokens, at) ?? at;
  let negative = next > at;
  const front = currencyBefore(tokens, next);
  if (front) {
    next = front.next;
    if (tokens[next]?.text === '-' && tokens[next].glued) {
      negative = true;
      next += 1;
    }
  }
  const number = numberAt(tokens, next) ?? wordNumber(tokens, next);
  if (!number) return null;
  const back = front ? null : currencyAfter(tokens, number.next);
  // "$20k USD" names its currency twice.
  const echo = front && currencyAfter(tokens, number.next);
  const end = back?.next ?? (echo?.currency === front?.currency ? echo?.next : null) ?? number.next;
  return {
    number,
    currency: front?.currency ?? back?.currency ?? null,
    negative,
    next: end,
  };
}

/** An amount of money, or a bare number where nothing says money. */
export function readAmountAt(tokens: readonly Token[], at: number): Found | null {
  const money = moneyAt(tokens, at);
  return money && judge(money);
}

/** Decides what a number with its currency means. */
export function judge(money: MoneyFound): Found {
  const { number, currency, next } = money;
  if (number.state === 'bad') return { state: 'refused', next, reason: number.reason };
  if (money.negative && number.scaled > 0n) {
    return { state: 'refused', next, reason: 'An amount below zero does not work here.' };
  }
  if (number.state === 'two') {
    const readings = [number.scaled, number.asThousands].map((scaled) => minorOf(scaled));
    const options = readings.map((minor) => ({
      label: formatMinor(minor, currency ?? 'USD'),
      meaning: { kind: 'amount', minor, currency } as const,
    }));
    const question = `Do you mean ${options[0].label} or ${options[1].label}?`;
    return { state: 'ambiguous', next, question, options };
  }
  const minor = minorOf(number.scaled);
  if (minor > MAX_MINOR) {
    return { state: 'refused', next, reason: 'That amount is larger than I can plan for.' };
  }
  const bare = currency === null && number.magnitude < 1000n && number.scaled < 1000n * UNIT_SCALE;
  const meaning: Meaning =
    bare || (currency === null && number.plain)
      ? { kind: 'number', value: Number(number.scaled) / Number(UNIT_SCALE) }
      : { kind: 'amount', minor, currency };
  return { state: 'understood', next, meaning };
}

/** Scaled by 10^8 to hundredths, half away from zero. */
export function minorOf(scaled: bigint): number {
  const step = UNIT_SCALE / 100n;
  return Number((scaled + step / 2n) / step);
}

/** "minus 500", "negative 500", or a hyphen that belongs to the number and not to a range. */
function minusAt(tokens: readonly Token[], at: number): number | null {
  const word = followsAny(tokens, at, ['minus', 'negative']);
  if (word !== null) return word;
  const token = tokens[at];
  const joined = token?.text === '-' && tokens[at + 1]?.glued;
  return joined && !(token.glued && /^[\p{L}\d%]/u.test(tokens[at - 1]?.text ?? ''))
    ? at + 1
    : null;
}

/** Numbers that are none: NaN, infinity. */
function wordNumber(tokens: readonly Token[], at: number): NumberFound | null {
  const next = followsAny(tokens, at, ['nan', 'infinity', 'infinite', 'inf', '∞', 'undefined']);
  if (next === null) return null;
  return { state: 'bad', next, reason: `“${tokens[at].text}” is not a number I can work with.` };
}
