import type { LinearLimit, Problem } from '../optimizers/problem.ts';

/** A problem and its solution's weights. */
export interface Solved {
  readonly problem: Problem;
  /** n fractions. */
  readonly weights: Float64Array;
}

/**
 * Puts two solved problems on one list of assets, in the order of the first and then the new ones.
 * An asset that one side does not know may not be held there (both bounds 0); its expected return,
 * volatility and cost are taken from the other side and it moves with nothing, so that its arrival
 * or departure is a change of limits.
 */
export function onSameAssets(a: Solved, b: Solved): readonly [Solved, Solved] {
  const known = new Set(a.problem.assets);
  const assets = [...a.problem.assets, ...b.problem.assets.filter((asset) => !known.has(asset))];
  return [spread(a, b.problem, assets), spread(b, a.problem, assets)];
}

function spread(own: Solved, other: Problem, assets: readonly string[]): Solved {
  const { problem } = own;
  const n = assets.length;
  const at = assets.map((asset) => problem.assets.indexOf(asset));
  const there = assets.map((asset) => other.assets.indexOf(asset));
  if (n === problem.assets.length && at.every((index, i) => index === i)) return own;
  const take = (mine: Float64Array, theirs: Float64Array | null): Float64Array =>
    Float64Array.from(at, (index, i) =>
      index >= 0 ? mine[index] : theirs === null ? 0 : theirs[there[i]],
    );
  const covariance = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (at[i] >= 0 && at[j] >= 0) {
        covariance[i * n + j] = problem.covariance[at[i] * problem.assets.length + at[j]];
      }
    }
    if (at[i] < 0) {
      covariance[i * n + i] = other.covariance[there[i] * other.assets.length + there[i]];
    }
  }
  const linear = problem.limits.linear.map(
    (limit): LinearLimit => ({
      ...limit,
      coefficients: take(
        limit.coefficients,
        other.limits.linear.find((each) => each.name === limit.name)?.coefficients ?? null,
      ),
    }),
  );
  const { current, tradingCosts } = problem;
  return {
    problem: {
      ...problem,
      assets,
      expectedReturns: take(problem.expectedReturns, other.expectedReturns),
      covariance,
      limits: {
        lower: take(problem.limits.lower, null),
        upper: take(problem.limits.upper, null),
        linear,
      },
      ...(current === undefined ? {} : { current: take(current, null) }),
      ...(tradingCosts === undefined
        ? {}
        : { tradingCosts: take(tradingCosts, other.tradingCosts ?? null) }),
    },
    weights: take(own.weights, null),
  };
}
