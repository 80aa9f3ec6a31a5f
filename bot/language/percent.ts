import { cleanText } from './clean.ts';
import { numberAt } from './number.ts';
import { periodAt } from './period.ts';
import type { Found, Period } from './reading.ts';
import { followsAny, type Token, tokenize } from './tokens.ts';

const signs = ['%', 'percent', 'per cent', 'pct', 'percents', 'prozent'];
const points = ['bps', 'bp', 'basis points'];

/** The token after a percent sign or word at `at`, or null. */
export function percentSignAt(tokens: readonly Token[], at: number): number | null {
  return followsAny(tokens, at, signs);
}

/** "7%", "seven per cent a year", "-3 %", "50 basis points". */
export function readPercentAt(tokens: readonly Token[], at: number): Found | null {
  const minus = followsAny(tokens, at, ['minus', '-']) ?? at;
  const negative = minus > at && (tokens[minus]?.glued || tokens[at].text === 'minus');
  const number = numberAt(tokens, minus);
  if (!number || (minus > at && !negative)) return null;
  const basis = followsAny(tokens, number.next, points);
  const sign = basis ?? percentSignAt(tokens, number.next);
  if (sign === null) return null;
  const { next, per } = perPeriod(tokens, sign);
  if (number.state === 'bad') return { state: 'refused', next, reason: number.reason };
  if (negative && number.scaled > 0n) {
    return { state: 'refused', next, reason: 'A percentage below zero does not work here.' };
  }
  // "7.125%" has three decimals because that is what percentages have.
  const fraction = Number(number.scaled) / (basis === null ? 1e10 : 1e12);
  if (fraction > 100) {
    return { state: 'refused', next, reason: 'That percentage is larger than I can work with.' };
  }
  return { state: 'understood', next, meaning: { kind: 'percent', fraction, per } };
}

/** The period a percentage is counted in, when it says one. */
export function perPeriod(
  tokens: readonly Token[],
  at: number,
): { next: number; per: Period | null } {
  const noun = followsAny(tokens, at, ['return', 'returns', 'growth', 'interest', 'gain']) ?? at;
  const period = periodAt(tokens, noun);
  if (period && period.times === 1 && period.over === 1) {
    return { next: period.next, per: period.every };
  }
  return { next: at, per: null };
}

/**
 * A return typed where only a return is asked for: "7", "7 %" and "0.07" are all seven percent. In
 * free text "0.07" is never taken for a percentage. Null when it is none.
 */
export function readPercentField(text: string): number | null {
  const tokens = tokenize(cleanText(text, 40));
  const percent = readPercentAt(tokens, 0);
  if (percent) {
    const whole = percent.next === tokens.length && percent.state === 'understood';
    return whole && percent.meaning.kind === 'percent' ? percent.meaning.fraction : null;
  }
  const number = numberAt(tokens, 0);
  if (number?.state !== 'one' || number.next !== tokens.length || number.magnitude > 1n)
    return null;
  const value = Number(number.scaled) / 1e8;
  // Below one half, a bare number is a fraction: nobody aims for 0.07 %.
  return value < 0.5 ? value : Number(number.scaled) / 1e10;
}
