import type { Solution } from '../../solvers/quadratic-program.ts';
import type { ConvexProgram, ConvexSolution } from './convex-program.ts';
import { type Place, placeAt, type Tangent } from './local-model.ts';
import { fromSpace, type TradeSpace } from './trade-space.ts';

/** Multipliers of a model, read back to the limits they belong to. */
export interface Prices {
  /** Per convex limit. */
  readonly limits: Float64Array;
  readonly turnover: number;
}

/** Adds the multipliers of all tangents of a limit up. */
export function pricesOf(
  program: ConvexProgram,
  space: TradeSpace,
  solution: Solution,
  tangents: readonly Tangent[],
): Prices {
  const limits = new Float64Array(program.limits.length);
  let r = program.rows.length;
  const turnover = space.turnover === undefined ? 0 : Math.max(0, -solution.rowMultipliers[r++]);
  for (const { limit } of tangents) limits[limit] += Math.max(0, -solution.rowMultipliers[r++]);
  return { limits, turnover };
}

/** Size of slopes in the objective, against which a residual is measured. */
export function slopeScale(program: ConvexProgram, place?: Place): number {
  const { names, quadratic, linear, kinks, powers, terms } = program;
  const n = names.length;
  let scale = 0;
  for (let i = 0; i < n; i++) {
    scale = Math.max(scale, Math.abs(linear[i]), quadratic[i * n + i], kinks?.slope[i] ?? 0);
    scale = Math.max(scale, powers?.scale[i] ?? 0);
  }
  if (place !== undefined) {
    for (const { weight, measure } of terms ?? [])
      for (const v of measure.at(place.x).gradient) scale = Math.max(scale, weight * Math.abs(v));
  }
  return scale > 0 ? scale : 1;
}

interface Step {
  readonly place: Place;
  readonly next: Place;
  readonly curvature: Float64Array;
  readonly solution: Solution;
  readonly prices: Prices;
  readonly slopes: number;
}

/** What the model promised against what is true at its answer: slopes, and limits broken. */
export function residualOf(program: ConvexProgram, space: TradeSpace, step: Step): number {
  const { place, next, curvature, solution, prices, slopes } = step;
  const n = program.names.length;
  const { size } = space;
  const change = new Float64Array(n);
  program.limits.forEach(({ measure }, j) => {
    if (measure.addCurvature === undefined || prices.limits[j] === 0) return;
    for (let i = 0; i < n; i++)
      change[i] += prices.limits[j] * (next.gradients[j][i] - place.gradients[j][i]);
  });
  let worst = solution.residual;
  for (let a = 0; a < size; a++) {
    let missed = next.slope[a] - place.slope[a];
    for (let b = 0; b < size; b++) missed -= curvature[a * size + b] * (next.y[b] - place.y[b]);
    missed += a < n ? change[a] : -change[space.sold[a - n]];
    worst = Math.max(worst, Math.abs(missed) / slopes);
  }
  program.limits.forEach(({ most }, j) => {
    worst = Math.max(worst, next.excess[j] / (most > 0 ? most : 1));
  });
  return Number.isNaN(worst) ? Infinity : worst;
}

/** A model's answer in the program's own terms. */
export function answerOf(
  program: ConvexProgram,
  space: TradeSpace,
  found: {
    readonly next: Place;
    readonly solution: Solution;
    readonly prices: Prices;
    readonly residual: number;
    readonly iterations: number;
    readonly rounds: number;
  },
): ConvexSolution {
  const { next, solution, prices, residual, iterations, rounds } = found;
  const n = program.names.length;
  const boundMultipliers = solution.boundMultipliers.slice(0, n);
  // The bounds that keep bought from sold are not the person's.
  space.sold.forEach((i, s) => {
    boundMultipliers[i] =
      Math.min(0, boundMultipliers[i]) - Math.min(0, solution.boundMultipliers[n + s]);
  });
  return {
    x: fromSpace(space, n, next.y),
    boundMultipliers,
    rowMultipliers: solution.rowMultipliers.slice(0, program.rows.length),
    limitMultipliers: prices.limits,
    turnoverMultiplier: prices.turnover,
    residual,
    iterations,
    rounds,
  };
}

/** Total by which the convex limits are broken. */
export function broken(place: Place): number {
  let total = 0;
  for (const one of place.excess) total += Math.max(0, one);
  return total;
}

/**
 * The point between two places where the objective and the broken limits, weighed by a penalty, fall
 * enough; the far one when rounding hides the fall.
 *
 * @param fall what the model promised for the whole way
 */
export function searched(
  program: ConvexProgram,
  space: TradeSpace,
  place: Place,
  next: Place,
  penalty: number,
  fall: number,
): Place {
  const before = place.objective + penalty * broken(place);
  let there = next;
  for (let step = 1; step > 1e-6; step /= 2) {
    if (step < 1) {
      const y = place.y.map((v, a) => v + step * (next.y[a] - v));
      there = placeAt(program, space, y);
    }
    const after = there.objective + penalty * broken(there);
    if (after <= before - 1e-4 * step * Math.max(0, fall)) return there;
  }
  return next;
}

/** What the model says the objective gains on the way between two places; negative when it falls. */
export function modelChange(
  space: TradeSpace,
  place: Place,
  next: Place,
  curvature: Float64Array,
): number {
  const { size, kinks } = space;
  let change = 0;
  for (let a = 0; a < size; a++) {
    const way = next.y[a] - place.y[a];
    let bend = 0;
    for (let b = 0; b < size; b++) bend += curvature[a * size + b] * (next.y[b] - place.y[b]);
    change += way * (place.slope[a] + bend / 2);
    if (kinks !== undefined) {
      const { at, slope } = kinks;
      change += slope[a] * (Math.abs(next.y[a] - at[a]) - Math.abs(place.y[a] - at[a]));
    }
  }
  return change;
}

/** Marks trades that a step turned round or cut short, where the 3/2 power bends too much to follow. */
export function markTurned(
  space: TradeSpace,
  place: Place,
  next: Place,
  turned: Uint8Array,
): boolean {
  let any = false;
  for (let a = 0; a < space.size; a++) {
    const before = place.y[a] - space.powerAt[a];
    const after = next.y[a] - space.powerAt[a];
    const cut = Math.abs(before) > 1e-12 && after * Math.sign(before) < Math.abs(before) / 4;
    turned[a] = cut && space.powerScale[a] > 0 ? 1 : 0;
    if (turned[a] === 1) any = true;
  }
  return any;
}
