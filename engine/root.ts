import { EngineError } from './errors.ts';

/**
 * The root of a function that changes sign between `low` and `high`, by bisection down to the last
 * bit: slow by a few dozen evaluations, but never wrong and the same on every machine.
 *
 * @throws {EngineError} 'bad-input' when both ends have the same sign or a value is not a number
 */
export function rootBetween(f: (x: number) => number, low: number, high: number): number {
  let a = low;
  let b = high;
  const fa = f(a);
  const fb = f(b);
  if (fa === 0) return a;
  if (fb === 0) return b;
  if (!(fa < 0 !== fb < 0) || Number.isNaN(fa) || Number.isNaN(fb)) {
    throw new EngineError(
      'bad-input',
      `No sign change between ${low} and ${high}; widen the bracket.`,
      { low, high, atLow: fa, atHigh: fb },
    );
  }
  for (let i = 0; i < 2_000; i++) {
    const middle = a + (b - a) / 2;
    if (middle === a || middle === b) break;
    const value = f(middle);
    if (value === 0) return middle;
    if (value < 0 === fa < 0) a = middle;
    else b = middle;
  }
  return Math.abs(f(a)) <= Math.abs(f(b)) ? a : b;
}
