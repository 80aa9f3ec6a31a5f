import type { LimitSign } from './limit-signs.ts';

/** A value as a fraction, or what to write instead. */
export type ValueRead =
  | { readonly state: 'one'; readonly fraction: number }
  /** "At most 1": one percent, or all of it. */
  | { readonly state: 'two'; readonly fractions: readonly [number, number] }
  | { readonly state: 'bad'; readonly ask: string };

/**
 * A part such as "20 %", "0.2" or "20" as a fraction. A bare number below 1 is a fraction already,
 * one above is a percentage: nobody means 2,000 %.
 *
 * @param percent whether it stands beside a percentage, as the 10 in "10 to 30 %"
 */
export function limitValue(part: readonly LimitSign[], percent: boolean): ValueRead {
  const number = part.at(-1);
  if (number === undefined || !('value' in number)) return { state: 'bad', ask: '' };
  const { sign, value } = number;
  const negative = part.length > 1 ? -1 : 1;
  if (negative < 0 && value !== 0) {
    return {
      state: 'bad',
      ask: 'A limit below zero does not work here; write a percentage from 0 up.',
    };
  }
  if (sign === 'X' && value === 1 && !percent) return { state: 'two', fractions: [0.01, 1] };
  const whole = sign === 'V' || (value < 1 && !percent);
  const fraction = whole ? value : value / 100;
  if (fraction > 2) {
    return {
      state: 'bad',
      ask: `${written(fraction)} is more than a limit can be; write a percentage from 0 to 100.`,
    };
  }
  return { state: 'one', fraction: Number(fraction.toPrecision(12)) };
}

/** A fraction as a person writes it, with no more decimals than it has: "12.5 %". */
export function written(fraction: number): string {
  return `${Number((100 * fraction).toFixed(4))} %`;
}
