import { volatilityOf } from '../../engine/optimizers/allocation.ts';
import type { Problem } from '../../engine/optimizers/problem.ts';
import { scenarioMeasures } from '../../engine/optimizers/scenario/index.ts';
import type { OwnLimit } from '../wishes.ts';
import { among } from './own-limits.ts';

/** Limits are named to a tenth of a percent. */
const STEP = 1e-3;

/**
 * Limits loosened all together, as little as leaves a mix by halving the way to a mix that is known
 * without them: for methods that need more room than that there be some portfolio.
 *
 * @param problem under the limits as they were named
 * @param free weights of the mix without them
 * @returns null where even the limits that the free mix keeps leave none
 */
export function looserLimits(
  named: readonly OwnLimit[],
  problem: Problem,
  free: Float64Array,
  leavesAMix: (limits: readonly OwnLimit[]) => boolean,
): readonly OwnLimit[] | null {
  const ways = named.map((limit) => wayTo(limit, problem, free));
  const far = Math.max(0, ...ways.map(({ steps }) => steps));
  const at = (step: number) =>
    ways.map(({ moved, steps }) => moved(Math.ceil((steps * step) / far)));
  if (far === 0 || !leavesAMix(at(far))) return null;
  let [conflicts, works] = [0, far];
  while (works - conflicts > 1) {
    const middle = Math.floor((conflicts + works) / 2);
    if (leavesAMix(at(middle))) works = middle;
    else conflicts = middle;
  }
  return at(works);
}

/** How a limit loosens, and in how many steps it comes to what a mix keeps. */
interface Way {
  readonly steps: number;
  readonly moved: (steps: number) => OwnLimit;
}

function wayTo(limit: OwnLimit, problem: Problem, free: Float64Array): Way {
  const stays: Way = { steps: 0, moved: () => limit };
  // From one round tenth of a percent to another, the last no tighter than what the mix keeps.
  const upTo = (from: number, kept: number, put: (to: number) => OwnLimit): Way => {
    const first = Math.floor(from / STEP + 1e-6);
    return {
      steps: Math.max(0, Math.ceil(kept / STEP + 1e-6) - first),
      moved: (steps) => (steps === 0 ? limit : put(Number(((first + steps) * STEP).toFixed(6)))),
    };
  };
  switch (limit.kind) {
    case 'weight': {
      const here = among(problem.assets, limit);
      const coefficients = here.kind === 'weight' ? here.coefficients : {};
      const kept = problem.assets.reduce(
        (sum, asset, i) => sum + (coefficients[asset] ?? 0) * free[i],
        0,
      );
      if (limit.upper !== null && kept > limit.upper) {
        return upTo(limit.upper, kept, (upper) => ({ ...limit, upper }));
      }
      if (limit.lower === null || kept >= limit.lower) return stays;
      return upTo(-limit.lower, -kept, (lower) => ({ ...limit, lower: Math.max(0, -lower) }));
    }
    case 'turnover':
    case 'volatility':
    case 'conditional-value-at-risk':
      return upTo(limit.most, measured(limit.kind, problem, free), (most) => ({ ...limit, most }));
    default:
      return stays;
  }
}

function measured(
  kind: 'turnover' | 'volatility' | 'conditional-value-at-risk',
  problem: Problem,
  weights: Float64Array,
): number {
  if (kind === 'volatility') return volatilityOf(problem, weights);
  if (kind === 'conditional-value-at-risk') {
    return scenarioMeasures.cvar(problem.scenarios!, problem.confidence).value(weights);
  }
  const { current } = problem;
  return weights.reduce((sum, weight, i) => sum + Math.abs(weight - (current?.[i] ?? 0)), 0);
}
