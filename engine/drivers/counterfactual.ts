import type { Allocation, Problem } from '../optimizers/problem.ts';
import { covarianceOf, riskOf } from './correlation.ts';
import type { Cause } from './driver.ts';
import type { Mixing } from './explain-change.ts';

/** Every cause, in the order they are named. */
export const causes: readonly Cause[] = [
  'volatility',
  'correlation',
  'expected-returns',
  'policy',
  'goal',
  'wishes',
  'views',
  'holdings',
];

/**
 * The causes whose ingredient differs between two problems on the same assets.
 *
 * @returns in the order of {@link causes}
 */
export function changedCauses(a: Problem, b: Problem): Cause[] {
  const was = riskOf(a.covariance);
  const is = riskOf(b.covariance);
  const changed: Record<Cause, boolean> = {
    volatility: !same(was.volatilities, is.volatilities),
    correlation: !same(was.correlations, is.correlations),
    'expected-returns': !same(a.expectedReturns, b.expectedReturns) || a.riskFree !== b.riskFree,
    policy:
      !same(a.limits.lower, b.limits.lower) ||
      !same(a.limits.upper, b.limits.upper) ||
      a.limits.linear.length !== b.limits.linear.length ||
      a.limits.linear.some((limit, i) => {
        const other = b.limits.linear[i];
        return (
          limit.lower !== other.lower ||
          limit.upper !== other.upper ||
          !same(limit.coefficients, other.coefficients)
        );
      }),
    goal:
      a.targetReturn !== b.targetReturn ||
      a.targetVolatility !== b.targetVolatility ||
      a.riskAversion !== b.riskAversion,
    // What a person asked of the method, or expects, is known to the caller alone.
    wishes: false,
    views: false,
    holdings: !same(a.current, b.current) || !same(a.tradingCosts, b.tradingCosts),
  };
  return causes.filter((cause) => changed[cause]);
}

/**
 * The problem in which the given causes have already changed from `a` to `b` and the others not yet.
 */
export function counterfactual(a: Problem, b: Problem, done: ReadonlySet<Cause>): Problem {
  const pick = (cause: Cause): Problem => (done.has(cause) ? b : a);
  const goal = pick('goal');
  const held = pick('holdings');
  const optional = {
    current: held.current,
    tradingCosts: held.tradingCosts,
    riskAversion: goal.riskAversion,
    targetReturn: goal.targetReturn,
    targetVolatility: goal.targetVolatility,
  };
  const returns = pick('expected-returns');
  return {
    assets: a.assets,
    expectedReturns: returns.expectedReturns,
    covariance: covarianceOf({
      volatilities: riskOf(pick('volatility').covariance).volatilities,
      correlations: riskOf(pick('correlation').covariance).correlations,
    }),
    riskFree: returns.riskFree,
    limits: pick('policy').limits,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
}

/**
 * Mixtures of problems by their own fields: limits are the policy, targets the goal, present weights
 * and costs the holdings.
 *
 * @param resolve the optimizer that made both; `goalOf` says whose goal is in force, for a caller
 *   whose method changed with the goal
 */
export function problemMixing(
  resolve: (problem: Problem, goalOf: 'previous' | 'next') => Allocation,
): Mixing {
  return (was, is) => ({
    causes: changedCauses(was, is),
    solve: (done) =>
      resolve(counterfactual(was, is, done), done.has('goal') ? 'next' : 'previous').weights,
  });
}

/** Equal up to the rounding that taking a covariance apart makes. */
function same(a: Float64Array | undefined, b: Float64Array | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (
    a.length === b.length &&
    a.every((value, i) => value === b[i] || Math.abs(value - b[i]) <= 1e-12 * Math.abs(value))
  );
}
