import type { FarkasCertificate } from '../../engine/errors.ts';
import type { DenseProgram } from '../../engine/solvers/quadprog.fixture.ts';
import type { QuadraticProgram, Solution } from '../../engine/solvers/quadratic-program.ts';

export type { DenseProgram } from '../../engine/solvers/quadprog.fixture.ts';

/**
 * Judges answers of the quadratic solver by duality alone. It shares no code with the solver: plain
 * loops over the program's own numbers.
 */
export interface Verdict {
  /** Largest violation of a bound or row, relative to the sizes in it. */
  readonly infeasibility: number;
  /** Objective less the dual's, relative to the terms they are made of and to slopes times lengths. */
  readonly gap: number;
  /** Largest element of the gradient of the Lagrangian, relative to the largest slope in the program. */
  readonly stationarity: number;
  /** What the gap is measured against. */
  readonly terms: number;
}

/**
 * The Lagrangian of the program at the answer's multipliers is least, over all x, at the answer itself
 * (stationarity); its value there is a lower bound of every feasible objective, and the answer's
 * objective must equal it.
 *
 * @source Boyd and Vandenberghe (2004), section 5.5
 */
export function judge(program: DenseProgram, solution: Solution): Verdict {
  const { quadratic, linear, lower, upper, rows, kinks } = program;
  const { x, boundMultipliers, rowMultipliers, costMultipliers } = solution;
  const n = x.length;
  let infeasibility = 0;
  let stationarity = 0;
  let primal = 0;
  let dual = 0;
  let length = 1;
  for (let i = 0; i < n; i++) length = Math.max(length, Math.abs(x[i]));
  let steepest = 0;
  for (let i = 0; i < n; i++) {
    const own = quadratic[i * n + i] * length;
    steepest = Math.max(steepest, own, Math.abs(linear[i]), kinks?.slope[i] ?? 0);
  }
  if (steepest === 0) steepest = 1;
  let terms = steepest * length;
  const broken = (by: number, size: number) => {
    if (!(by / size <= infeasibility)) infeasibility = by / size;
  };
  const add = (value: number, to: 'primal' | 'dual') => {
    if (to === 'primal') primal += value;
    else dual += value;
    terms += Math.abs(value);
  };
  const slope = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let product = 0;
    for (let j = 0; j < n; j++) product += quadratic[i * n + j] * x[j];
    slope[i] += product + linear[i] + costMultipliers[i] - boundMultipliers[i];
    add((x[i] * product) / 2, 'primal');
    add((-x[i] * product) / 2, 'dual');
    add(linear[i] * x[i], 'primal');
    broken(lower[i] - x[i], Math.max(1, Math.abs(x[i])));
    broken(x[i] - upper[i], Math.max(1, Math.abs(x[i])));
    const z = boundMultipliers[i];
    if (z > 0) add(z * lower[i], 'dual');
    if (z < 0) add(z * upper[i], 'dual');
    const k = kinks?.slope[i] ?? 0;
    const at = kinks?.at[i] ?? 0;
    add(k * Math.abs(x[i] - at), 'primal');
    add(-costMultipliers[i] * at, 'dual');
    // The conjugate of k |x - at| is finite only for slopes within k.
    const beyond = Math.abs(costMultipliers[i]) - k;
    if (beyond > 1e-12 * k) stationarity = Math.max(stationarity, beyond / steepest);
  }
  rows.forEach((row, r) => {
    let activity = 0;
    let size = 1;
    const y = rowMultipliers[r];
    for (let i = 0; i < n; i++) {
      activity += row.coefficients[i] * x[i];
      size = Math.max(size, Math.abs(row.coefficients[i] * x[i]));
      slope[i] -= y * row.coefficients[i];
    }
    broken(row.lower - activity, size);
    broken(activity - row.upper, size);
    if (y > 0) add(y * row.lower, 'dual');
    if (y < 0) add(y * row.upper, 'dual');
  });
  for (let i = 0; i < n; i++) {
    const part = Math.abs(slope[i]) / steepest;
    if (!(part <= stationarity)) stationarity = part;
  }
  return { infeasibility, gap: Math.abs(primal - dual) / terms, stationarity, terms };
}

/**
 * Whether a Farkas certificate proves that no point within |x| <= reach meets the limits: what its
 * multipliers leave of the left sides must be too small to make up for the gap.
 */
export function provesInfeasible(
  program: QuadraticProgram,
  certificate: FarkasCertificate,
  reach = 1e3,
): boolean {
  const { lower, upper, rows } = program;
  const n = lower.length;
  const left = new Float64Array(n);
  let bounds = 0;
  let size = 0;
  const use = (multiplier: number, bound: number, sign: number): boolean => {
    if (multiplier === 0) return true;
    if (!(multiplier > 0) || !Number.isFinite(bound)) return false;
    bounds += sign * multiplier * bound;
    size += Math.abs(multiplier * bound);
    return true;
  };
  for (let i = 0; i < n; i++) {
    if (!use(certificate.lower[i], lower[i], 1) || !use(certificate.upper[i], upper[i], -1))
      return false;
    left[i] += certificate.lower[i] - certificate.upper[i];
  }
  for (let r = 0; r < rows.length; r++) {
    const { coefficients } = rows[r];
    if (!use(certificate.rowLower[r], rows[r].lower, 1)) return false;
    if (!use(certificate.rowUpper[r], rows[r].upper, -1)) return false;
    for (let i = 0; i < n; i++)
      left[i] += (certificate.rowLower[r] - certificate.rowUpper[r]) * coefficients[i];
  }
  let remaining = 0;
  for (let i = 0; i < n; i++) {
    const furthest = Math.max(
      Number.isFinite(lower[i]) ? Math.abs(lower[i]) : reach,
      Number.isFinite(upper[i]) ? Math.abs(upper[i]) : reach,
    );
    remaining += Math.abs(left[i]) * furthest;
  }
  return bounds > remaining + 1e-14 * size;
}

/**
 * Whether a direction proves that a feasible program has no least point: no limit stands in its way,
 * the quadratic does not bend along it beyond rounding, and the objective falls.
 */
export function provesUnbounded(program: DenseProgram, direction: Float64Array): boolean {
  const { quadratic, linear, lower, upper, rows, kinks } = program;
  const n = direction.length;
  let bend = 0;
  let fall = 0;
  let largest = 0;
  let steepest = 0;
  let size = 0;
  for (let i = 0; i < n; i++) {
    const d = direction[i];
    if ((d > 1e-8 && upper[i] < Infinity) || (d < -1e-8 && lower[i] > -Infinity)) return false;
    for (let j = 0; j < n; j++) bend += d * quadratic[i * n + j] * direction[j];
    fall += linear[i] * d + (kinks?.slope[i] ?? 0) * Math.abs(d);
    largest = Math.max(largest, quadratic[i * n + i]);
    steepest = Math.max(steepest, Math.abs(linear[i]));
    size += d * d;
  }
  for (const row of rows) {
    let rate = 0;
    let scale = 1;
    for (let i = 0; i < n; i++) {
      rate += row.coefficients[i] * direction[i];
      scale = Math.max(scale, Math.abs(row.coefficients[i]));
    }
    if (rate > 1e-8 * scale && row.upper < Infinity) return false;
    if (rate < -1e-8 * scale && row.lower > -Infinity) return false;
  }
  return bend <= 1e-10 * largest * size && fall < -1e-9 * steepest;
}
