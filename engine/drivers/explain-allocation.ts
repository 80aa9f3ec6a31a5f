import type { Allocation, Problem } from '../optimizers/problem.ts';
import type { Driver } from './driver.ts';
import { portfolioVolatility } from './portfolio-volatility.ts';
import { riskContributions } from './risk-contributions.ts';

/** Weights this close to today's are kept, not traded. */
const KEPT = 1e-9;

/** A volatility below this is rounding around cash alone: nobody carries it. */
export const STILL = 1e-6;

/**
 * Why an allocation is what it is, from the solution itself: limits that bind (dearest first), who
 * carries the risk (most first), what diversification takes off, and positions that trading costs
 * hold where they are. Kinds come in that order.
 *
 * @param problem as it was solved
 * @param allocation its solution
 */
export function explainAllocation(problem: Problem, allocation: Allocation): readonly Driver[] {
  return [
    ...bindingLimits(allocation),
    ...riskShares(problem, allocation),
    ...diversification(problem, allocation),
    ...heldBack(problem, allocation),
  ];
}

function bindingLimits(allocation: Allocation): Driver[] {
  return (
    [...allocation.binding]
      .filter((binding) => binding.shadowPrice > 0)
      // That nothing may be sold short or bought on loan is no limit a person could move.
      .filter((binding) => !(binding.kind === 'lower' && binding.bound === 0))
      .filter((binding) => !(binding.kind === 'upper' && binding.bound >= 1))
      .sort((a, b) => b.shadowPrice - a.shadowPrice || (a.limit < b.limit ? -1 : 1))
      .map((binding) => ({
        kind: 'binding-limit',
        binding,
        returnPerPoint: binding.shadowUnit === 'return' ? binding.shadowPrice / 100 : null,
      }))
  );
}

function riskShares(problem: Problem, { weights }: Allocation): Driver[] {
  if (portfolioVolatility(weights, problem.covariance) < STILL) return [];
  const shares = riskContributions(weights, problem.covariance);
  return problem.assets
    .map((asset, i) => ({
      kind: 'risk-share' as const,
      asset,
      weight: weights[i],
      share: shares[i],
    }))
    .filter((each) => each.weight > 1e-6)
    .sort((a, b) => b.share - a.share || (a.asset < b.asset ? -1 : 1));
}

function diversification(problem: Problem, { weights }: Allocation): Driver[] {
  const portfolio = portfolioVolatility(weights, problem.covariance);
  if (portfolio < STILL) return [];
  const n = weights.length;
  let average = 0;
  for (let i = 0; i < n; i++) {
    average += weights[i] * Math.sqrt(Math.max(0, problem.covariance[i * n + i]));
  }
  return [
    {
      kind: 'diversification',
      ratio: average / portfolio,
      averageVolatility: average,
      portfolioVolatility: portfolio,
    },
  ];
}

/**
 * An asset that costs money to trade, sits exactly at today's weight and is at no limit of its own:
 * the solution is on the kink that trading costs make, so the gain of a trade is below its cost.
 */
function heldBack(problem: Problem, { weights }: Allocation): Driver[] {
  const { current, tradingCosts, limits } = problem;
  if (current === undefined || tradingCosts === undefined) return [];
  const drivers: Driver[] = [];
  for (const [i, asset] of problem.assets.entries()) {
    const weight = weights[i];
    const kept = Math.abs(weight - current[i]) < KEPT && weight > KEPT;
    const atLimit = weight - limits.lower[i] < KEPT || limits.upper[i] - weight < KEPT;
    if (kept && !atLimit && tradingCosts[i] > 0) {
      drivers.push({ kind: 'held-back-by-cost', asset, weight, oneWayCost: tradingCosts[i] });
    }
  }
  return drivers;
}
