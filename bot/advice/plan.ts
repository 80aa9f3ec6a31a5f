import type { Method } from '../../engine/optimizers/index.ts';
import type { Limits, LinearLimit, Problem } from '../../engine/optimizers/problem.ts';
import { assetClasses, assetOf, CASH, classNames } from '../catalogue.ts';
import type { Policy } from '../suitability/policy.ts';
import type { OwnLimit } from '../wishes.ts';
import { oneWayCostOf } from './costs.ts';
import { type Evidence, evidenceFor } from './evidence.ts';
import { withOwnLimits } from './own-limits.ts';
import { classOf } from './situation.ts';

/** A goal turned into the engine's terms. */
export interface Objective {
  readonly method: Method;
  readonly targetReturn?: number;
  readonly targetVolatility?: number;
  /** Most volatility per year of a method that has no target of its own. */
  readonly volatilityLimit?: number;
}

/** The moments of the risky assets, as estimated from the past; rows follow `assets`. */
export interface Moments {
  readonly assets: readonly string[];
  readonly expectedReturns: Float64Array;
  readonly covariance: Float64Array;
}

/**
 * The limits of a policy as the engine takes them. What is held but not recommended may be kept or
 * sold, never bought: its upper bound is today's weight.
 */
export function limitsOf(
  assets: readonly string[],
  policy: Policy,
  current: ReadonlyMap<string, number>,
  preserve: boolean,
): Limits {
  const lower = new Float64Array(assets.length);
  const upper = Float64Array.from(assets, (symbol) => {
    const cap = Math.min(policy.maxPerAsset[classOf(symbol)], assetOf(symbol)?.mostWeight ?? 1);
    const recommended = symbol === CASH || assetOf(symbol)?.recommended === true;
    return recommended ? cap : Math.min(cap, current.get(symbol) ?? 0);
  });
  const linear: LinearLimit[] = [];
  for (const each of assetClasses) {
    const [least, most] = policy.classLimits[each];
    // The least risk would be cash alone; keeping capital means short bonds too.
    const top = preserve && each === 'cash' ? PRESERVE_CASH_CAP : most;
    const coefficients = Float64Array.from(assets, (symbol) => (classOf(symbol) === each ? 1 : 0));
    if (least <= 0 && top >= 1) continue;
    linear.push({
      name: classNames[each],
      coefficients,
      lower: least > 0 ? least : -Infinity,
      upper: top < 1 ? top : Infinity,
    });
  }
  return { lower, upper, linear };
}

/** Most cash when the least risk is wanted. */
const PRESERVE_CASH_CAP = 0.25;

/** The optimizer's problem: risky moments with cash beside them, limits, costs and today's weights. */
export function problemOf(
  moments: Moments,
  policy: Policy,
  objective: Objective,
  current: ReadonlyMap<string, number>,
  evidence: Evidence,
  own: readonly OwnLimit[] = [],
): Problem {
  const { cashRate } = evidence;
  const n = moments.assets.length + 1;
  const expectedReturns = new Float64Array(n);
  expectedReturns.set(moments.expectedReturns);
  expectedReturns[n - 1] = cashRate;
  const covariance = new Float64Array(n * n);
  for (let i = 0; i < n - 1; i++) {
    for (let j = 0; j < n - 1; j++) {
      covariance[i * n + j] = moments.covariance[i * (n - 1) + j];
    }
  }
  const assets = [...moments.assets, CASH];
  return pose(
    { assets, expectedReturns, covariance, riskFree: cashRate },
    policy,
    objective,
    current,
    evidence,
    own,
  );
}

/** A problem's market: what is known of its assets, cash among them. */
export type Market = Pick<Problem, 'assets' | 'expectedReturns' | 'covariance' | 'riskFree'>;

/** Puts a market under a policy, an objective and today's weights. */
export function pose(
  { assets, expectedReturns, covariance, riskFree }: Market,
  policy: Policy,
  { method, targetReturn, targetVolatility, volatilityLimit }: Objective,
  current: ReadonlyMap<string, number>,
  evidence: Evidence,
  own: readonly OwnLimit[],
): Problem {
  const within = withOwnLimits(
    assets,
    limitsOf(assets, policy, current, method === 'minimum-variance'),
    own,
  );
  return {
    assets,
    expectedReturns,
    covariance,
    riskFree,
    riskAversion: policy.riskAversion,
    limits:
      volatilityLimit === undefined
        ? within
        : {
            ...within,
            volatility: Math.min(within.volatility ?? volatilityLimit, volatilityLimit),
          },
    ...evidenceFor(method, within, { assets, covariance }, evidence),
    current: Float64Array.from(assets, (symbol) => current.get(symbol) ?? 0),
    tradingCosts: Float64Array.from(assets, oneWayCostOf),
    ...(targetReturn === undefined ? {} : { targetReturn }),
    ...(targetVolatility === undefined ? {} : { targetVolatility }),
  };
}
