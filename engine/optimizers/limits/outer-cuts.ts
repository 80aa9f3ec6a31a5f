import { type Conflict, EngineError, Infeasible } from '../../errors.ts';
import { dot } from '../../linalg/multiply.ts';
import type { Allocation, Binding, LinearLimit, Optimizer, Problem } from '../problem.ts';
import { type FurtherLimit, inWords } from './further-limits.ts';

/** How far a limit may be missed, relative to itself. */
export const missed = 1e-9;
const mostRounds = 600;

interface Cut {
  readonly limit: FurtherLimit;
  readonly line: LinearLimit;
}

/**
 * Gives a method that knows only linear limits the convex ones: where its answer breaks a limit, the
 * limit's tangent there becomes a linear limit, until none is broken. Tangents cut off no allowed
 * portfolio, so the answer is at least as good as the best one; it misses a limit by 1e-9 at most.
 *
 * @param first the method's answer without the convex limits
 * @throws {Infeasible} from the method, in the names of tangents; the caller explains it
 * @throws {EngineError} 'not-converged' when the tangents do not close in
 * @source Kelley (1960)
 */
export function byOuterCuts(
  optimizer: Optimizer,
  problem: Problem,
  limits: readonly FurtherLimit[],
  first: Allocation,
): Allocation {
  const cuts: Cut[] = [];
  const { linear } = problem.limits;
  const implied = impliedBounds(problem, limits);
  let found = first;
  let iterations = first.iterations;
  if (implied.lower !== problem.limits.lower) {
    // Often these are all that it takes, and then no tangent repeats what they say.
    found = optimizer({ ...problem, limits: { ...implied, linear } });
    iterations += found.iterations;
  }
  for (let round = 0; round < mostRounds; round++) {
    let worst = 0;
    for (const limit of limits) {
      const { value, gradient } = limit.measure.at(found.weights);
      const excess = (value - limit.most) / Math.max(Math.abs(limit.most), 1e-6);
      worst = Math.max(worst, excess);
      if (excess > missed) cuts.push(cut(limit, value, gradient, found.weights, cuts.length));
    }
    if (worst <= missed) {
      return {
        ...found,
        binding: merged(found.binding, cuts, problem, limits),
        residual: Math.max(found.residual, worst),
        iterations,
        solvedBy: `${found.solvedBy}, ${cuts.length} tangents of limits`,
      };
    }
    const lines = [...linear, ...cuts.map(({ line }) => line)];
    found = spokenOf(cuts, () => optimizer({ ...problem, limits: { ...implied, linear: lines } }));
    iterations += found.iterations;
  }
  throw new EngineError(
    'not-converged',
    `The limits on ${limits.map(({ name }) => name).join(' and ')} were not met after ${mostRounds} tangents; loosen one slightly.`,
    { rounds: mostRounds },
  );
}

/** A method's refusal in the names of the limits, not of their tangents. */
function spokenOf(cuts: readonly Cut[], solve: () => Allocation): Allocation {
  try {
    return solve();
  } catch (error) {
    if (!(error instanceof Infeasible)) throw error;
    const named = new Map<string, Conflict>();
    const broken = new Set<string>();
    for (const conflict of error.conflicts) {
      const cut = cuts.find(({ line }) => conflict.limit.includes(line.name));
      if (cut === undefined) {
        named.set(conflict.limit, conflict);
        continue;
      }
      const limit = inWords(cut.limit);
      broken.add(limit);
      named.set(limit, { limit, bound: cut.limit.most, wouldWork: null });
    }
    // A refusal may list what holds it back in its sentence alone.
    for (const { line, limit } of cuts)
      if (error.message.includes(line.name)) broken.add(inWords(limit));
    if (broken.size === 0) throw error;
    throw new Infeasible(
      `Infeasible: this method finds no portfolio with ${[...broken].join(' and ')} within the other limits; loosen it, or choose another method.`,
      [...named.values()],
    );
  }
}

/** value + gradient'(w - there) <= most, as gradient'w <= most for weights that sum to 1. */
function cut(
  limit: FurtherLimit,
  value: number,
  gradient: Float64Array,
  there: Float64Array,
  number: number,
): Cut {
  const shift = value - dot(gradient, there);
  return {
    limit,
    line: {
      name: `${limit.name} (tangent ${number + 1})`,
      coefficients: gradient.map((v) => v + shift),
      lower: -Infinity,
      upper: limit.most,
    },
  };
}

/**
 * Bounds with what a limit on turnover says of each weight: no asset is bought for more than half of
 * it, nor sold, but for what present weights fall short of 1. Tangents would find that only slowly, and
 * where nothing may be traded leave the method no room to move in.
 */
function impliedBounds(
  { limits: { lower, upper }, current }: Problem,
  limits: readonly FurtherLimit[],
): Pick<Problem['limits'], 'lower' | 'upper'> {
  const turnover = limits.find(({ key }) => key === 'turnover');
  if (turnover === undefined || current === undefined) return { lower, upper };
  const missing = 1 - current.reduce((sum, weight) => sum + weight, 0);
  const bought = (turnover.most + missing) / 2;
  const sold = (turnover.most - missing) / 2;
  return {
    lower: lower.map((low, i) => Math.max(low, current[i] - sold)),
    upper: upper.map((high, i) => Math.min(high, current[i] + bought)),
  };
}

/** Prices of all tangents of a limit are its price; so is half of those of the bounds it implies. */
function merged(
  bindings: readonly Binding[],
  cuts: readonly Cut[],
  { assets, limits: own }: Problem,
  limits: readonly FurtherLimit[],
): Binding[] {
  const limitOf = new Map(cuts.map(({ line, limit }) => [line.name, limit]));
  const turnover = limits.find(({ key }) => key === 'turnover');
  const implied = ({ asset, kind, bound }: Binding) =>
    asset !== undefined &&
    own[kind === 'lower' ? 'lower' : 'upper'][assets.indexOf(asset)] !== bound;
  const kept: Binding[] = [];
  const sums = new Map<FurtherLimit, Binding>();
  for (const one of bindings) {
    const isImplied = turnover !== undefined && implied(one);
    const limit = isImplied ? turnover : limitOf.get(one.limit);
    if (limit === undefined) {
      kept.push(one);
      continue;
    }
    const before = sums.get(limit)?.shadowPrice ?? 0;
    const shadowPrice = before + one.shadowPrice * (isImplied ? 0.5 : 1);
    const { shadowUnit } = one;
    const limited = { limit: limit.name, kind: 'at-most', bound: limit.most } as const;
    sums.set(limit, { ...limited, shadowPrice, shadowUnit });
  }
  return [...kept, ...sums.values()].sort((a, b) => b.shadowPrice - a.shadowPrice);
}
