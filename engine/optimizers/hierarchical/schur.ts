import { EngineError } from '../../errors.ts';
import { quadraticForm } from '../../linalg/multiply.ts';
import { boundsAllow } from '../budgeting/bounds-allow.ts';
import { riskyPart, submatrix } from '../budgeting/risky-part.ts';
import { ruleAllocation } from '../budgeting/rule-allocation.ts';
import { volatilities } from '../budgeting/volatilities.ts';
import { multipliedOut } from '../multiplied-out.ts';
import type { Allocation, Problem } from '../problem.ts';
import { bisectionOrder } from './asset-tree.ts';
import { complement } from './complement.ts';
import type { HierarchicalSettings } from './settings.ts';
import { bisect } from './split.ts';

export interface SchurSettings
  extends Pick<HierarchicalSettings, 'linkage' | 'order' | 'distance'> {
  /**
   * How much of what the halves tell of each other is used, from 0 (none: hierarchical risk parity) to
   * 1 (all: least variance); 0.5 when absent.
   */
  readonly part?: number;
}

/** Halvings of the part when the whole of it would ask for short positions. */
const halvings = 10;

/**
 * Schur complementary allocation: as hierarchical risk parity, but each half is seen with a part of what
 * the other half explains of it. At 0 it is hierarchical risk parity by variance, at 1 the portfolio of
 * least variance; a half's risk is that of a mix of both kinds of weights in the same proportion. The
 * part is lowered, and `repairs` says to what, when it would sell an asset short. Bounds are kept at each
 * halving; linear limits that are then broken are met by the nearest portfolio that does. Assets without
 * risk are held as little as the limits permit.
 *
 * @throws {Infeasible} when no portfolio meets the limits
 * @throws {EngineError} 'zero-variance' when no asset carries risk; 'not-psd' when the covariance is
 *   singular; 'bad-input' for settings that do not fit
 * @source Cotton (2024), "Schur complementary allocation"; bounds: Pfitzinger and Katzke (2019)
 */
export function schur(problem: Problem, settings: SchurSettings = {}): Allocation {
  const { part = 0.5 } = settings;
  if (!(part >= 0 && part <= 1)) {
    throw new EngineError(
      'bad-input',
      `The part of the halves' correlation to use is ${part}; give a number from 0 to 1.`,
      { part },
    );
  }
  boundsAllow(problem);
  const covariance = multipliedOut(problem);
  const risky = riskyPart(problem, volatilities(problem));
  const order = bisectionOrder({ ...problem, covariance }, risky.members, settings);
  const { shares, used } = strongest(submatrix(covariance, problem.assets.length, order), part);
  const repairs = [...risky.repairs];
  if (used < part) {
    repairs.push(
      `Of what halves of the list tell of each other, ${used.toFixed(3)} is used instead of ${part}: more would sell an asset short.`,
    );
  }
  const place = new Int32Array(problem.assets.length);
  order.forEach((asset, k) => {
    place[asset] = k;
  });
  const weights = risky.aside.slice();
  const sum = (members: Int32Array) => members.reduce((total, i) => total + shares[place[i]], 0);
  const split = (left: Int32Array, right: Int32Array) => sum(left) / (sum(left) + sum(right));
  bisect(problem.limits, order, risky.share, split, weights);
  return ruleAllocation(problem, {
    method: 'schur',
    rule: 'Schur complementary allocation',
    weights,
    repairs,
    solvedBy: 'recursive bisection with Schur complements',
  });
}

/** Shares at the largest part, up to the one asked for, that sells nothing short. */
function strongest(ordered: Float64Array, part: number): { shares: Float64Array; used: number } {
  const m = Math.round(Math.sqrt(ordered.length));
  const whole = sharesOf(ordered, m, part);
  if (whole !== null) return { shares: whole, used: part };
  let low = 0;
  let best = sharesOf(ordered, m, 0)!;
  let high = part;
  for (let step = 0; step < halvings; step++) {
    const middle = (low + high) / 2;
    const found = sharesOf(ordered, m, middle);
    if (found === null) high = middle;
    else {
      low = middle;
      best = found;
    }
  }
  return { shares: best, used: low };
}

/** Positive shares that sum to 1 of assets in the order of bisection; null when one would be short. */
function sharesOf(matrix: Float64Array, k: number, part: number): Float64Array | null {
  if (k === 1) return Float64Array.of(1);
  const middle = k >> 1;
  const halves = [
    [0, middle],
    [middle, k],
  ] as const;
  const shares = new Float64Array(k);
  for (const [h, half] of halves.entries()) {
    const size = half[1] - half[0];
    const seen = complement(matrix, k, half, halves[1 - h], part);
    if (seen === null) {
      throw new EngineError(
        'not-psd',
        'The covariance is singular, so what one half explains of the other is not defined; shrink it or use hierarchical risk parity.',
        { assets: k },
      );
    }
    const { covariance, units } = seen;
    if (units.some((unit) => !(unit > 1e-9))) return null;
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) covariance[i * size + j] /= units[i] * units[j];
    const inside = sharesOf(covariance, size, part);
    if (inside === null) return null;
    const risk = mixedRisk(covariance, size, inside, part);
    if (!(risk > 0)) return null;
    for (let i = 0; i < size; i++) shares[half[0] + i] = inside[i] / (units[i] * risk);
  }
  let total = 0;
  for (const share of shares) total += share;
  return shares.map((share) => share / total);
}

/** Variance of weights between those inverse to variance (part 0) and a half's own (part 1). */
function mixedRisk(
  covariance: Float64Array,
  size: number,
  own: Float64Array,
  part: number,
): number {
  const naive = own.map((_, i) => 1 / covariance[i * size + i]);
  let total = 0;
  for (const w of naive) total += w;
  return quadraticForm(
    covariance,
    own.map((w, i) => part * w + ((1 - part) * naive[i]) / total),
  );
}
