import { dot } from '../linalg/multiply.ts';
import { product } from '../linalg/quadratic-form.ts';
import { activityOf, type Prepared } from './prepared.ts';
import { proximalShift } from './proximal-shift.ts';

/** Parts of a direction below this are rounding. */
const small = 1e-9;

/** Curvature below this part of the proximal term, some 1e-11 of the mean variance, is rounding. */
const flat = 1e-3;

/**
 * Whether an improving direction can be followed without end: no limit stands in its way, the linear
 * terms fall along it, and the quadratic does not bend by more than rounding of its elements would.
 *
 * @param direction n numbers, the largest of size `length`; along it a proximal step improved
 * @source Rockafellar (1970), theorem 27.3 on directions of recession
 */
export function goesOnForever(p: Prepared, direction: Float64Array, length: number): boolean {
  if (!(length < Infinity)) return true;
  for (let i = 0; i < p.n; i++) {
    const part = direction[i] / length;
    if (part > small && p.upper[i] < Infinity) return false;
    if (part < -small && p.lower[i] > -Infinity) return false;
  }
  for (let r = 0; r < p.m; r++) {
    const rate = activityOf(p, r, direction) / length;
    if (rate > small && p.rowUpper[r] < Infinity) return false;
    if (rate < -small && p.rowLower[r] > -Infinity) return false;
  }
  let fall = 0;
  let steepest = 0;
  for (let i = 0; i < p.n; i++) {
    fall += (p.linear[i] * direction[i] + p.kinkSlope[i] * Math.abs(direction[i])) / length;
    steepest = Math.max(steepest, Math.abs(p.linear[i]), p.kinkSlope[i]);
  }
  if (!(fall < -small * steepest)) return false;
  const bend = dot(product(p.form, direction), direction);
  return bend <= flat * proximalShift(p) * dot(direction, direction);
}
