import { annualLoss } from '../../engine/drivers/annual-loss.ts';
import type { Driver } from '../../engine/drivers/driver.ts';
import { explainAllocation } from '../../engine/drivers/explain-allocation.ts';
import { explainChange } from '../../engine/drivers/explain-change.ts';
import { leadingDrivers } from '../../engine/drivers/leading-drivers.ts';
import { portfolioReturnError } from '../../engine/drivers/return-error.ts';
import { riskContributions } from '../../engine/drivers/risk-contributions.ts';
import { volatilityError } from '../../engine/drivers/volatility-error.ts';
import { optimizers } from '../../engine/optimizers/index.ts';
import type { Allocation, Problem } from '../../engine/optimizers/problem.ts';
import type { PricePanel } from '../../engine/panel.ts';
import { assetOf, CASH } from '../catalogue.ts';
import { Refusal } from '../errors.ts';
import { formatPercent } from '../language/format.ts';
import { type Estimate, estimate } from './estimate.ts';
import { type Chosen, pursue } from './objective.ts';
import { type Objective, problemOf } from './plan.ts';
import type { AdviceInputs, AdviceResult } from './record.ts';
import { classOf } from './situation.ts';

/** A problem with its answer and what it was estimated from. */
export interface Solved extends Chosen {
  readonly problem: Problem;
  readonly estimate: Estimate;
  readonly cashRate: number;
}

/** The fund whose past year tells what cash earns. */
const BILLS = 'BIL';
const YEAR_ROWS = 252;

/**
 * Advice as a pure function of its inputs and the price window they name: the same inputs give the
 * same bits, which is what replay checks.
 */
export function solveAdvice(inputs: AdviceInputs, window: PricePanel): Solved {
  const current = new Map(inputs.current);
  const assets = universe(window, current);
  const cash = cashRateOf(window, inputs.cashRate);
  const estimated = estimate(window, assets, cash);
  for (const { asset, reason } of estimated.dropped) {
    if ((current.get(asset) ?? 0) > 0) {
      throw new Refusal(
        'short-history',
        `I cannot plan with ${asset}: ${reason}. Remove it with /holdings to get advice on the rest.`,
      );
    }
  }
  const problem = (objective: Objective) =>
    problemOf(estimated.moments, inputs.policy, objective, current, cash.rate);
  const chosen = pursue(inputs.goal, inputs.policy, inputs.totalMinor, inputs.today, (objective) =>
    optimizers[objective.method](problem(objective)),
  );
  const leftOut = estimated.dropped.map(({ asset, reason }) => `${asset} is left out: ${reason}.`);
  return {
    ...chosen,
    problem: problem(chosen.objective),
    estimate: estimated,
    cashRate: cash.rate,
    remarks: [...chosen.remarks, ...leftOut, ...(cash.remark === null ? [] : [cash.remark])],
  };
}

/** The result and its leading reasons, against the advice before when there was one. */
export function advise(
  inputs: AdviceInputs,
  window: PricePanel,
  previous: Solved | null,
): { readonly result: AdviceResult; readonly drivers: readonly Driver[]; readonly solved: Solved } {
  const solved = solveAdvice(inputs, window);
  const { allocation, problem, estimate: estimated } = solved;
  const risky = problem.assets.length - 1;
  const weights = allocation.weights.slice(0, risky);
  const badYear = annualLoss(
    estimated.panel,
    weights,
    estimated.moments.expectedReturns,
    estimated.moments.covariance,
    { cashRate: solved.cashRate },
  );
  const drivers = [
    ...(previous === null ? [] : changes(previous, solved)),
    ...explainAllocation(problem, allocation),
  ];
  return {
    solved,
    drivers: leadingDrivers(drivers),
    result: {
      allocation,
      assets: problem.assets,
      returnError: portfolioReturnError(allocation.weights, problem.covariance, estimated.years),
      years: estimated.years,
      volatilityError: volatilityError(weights, estimated.returns),
      badYear: {
        loss: badYear.conditionalValueAtRisk,
        method: badYear.method,
        windows: badYear.windows,
        years: badYear.years,
      },
      riskShares: riskSharesOf(problem, allocation),
      cashRate: solved.cashRate,
      outlook: solved.outlook,
      remarks: solved.remarks,
    },
  };
}

function changes(previous: Solved, next: Solved): readonly Driver[] {
  const methodOf = { previous: previous.objective.method, next: next.objective.method };
  return explainChange(
    previous,
    next,
    (problem, goalOf) => optimizers[methodOf[goalOf]](problem),
    classOf,
  ).drivers;
}

function riskSharesOf(problem: Problem, allocation: Allocation): [string, number][] {
  if (!(allocation.volatility > 0)) return [];
  const shares = riskContributions(allocation.weights, problem.covariance);
  return problem.assets.map((asset, i): [string, number] => [asset, shares[i]]);
}

/** What is recommended from, and what is held beside it, in the panel's order. */
function universe(window: PricePanel, current: ReadonlyMap<string, number>): string[] {
  const held = [...current].filter(([symbol, weight]) => symbol !== CASH && weight > 0);
  const missing = held.find(([symbol]) => !window.assets.includes(symbol));
  if (missing !== undefined) {
    throw new Refusal(
      'no-history',
      `I have no price history of ${missing[0]}, so I cannot plan with it. Remove it with /holdings to get advice on the rest.`,
    );
  }
  const wanted = new Set(held.map(([symbol]) => symbol));
  return window.assets.filter(
    (symbol) => wanted.has(symbol) || assetOf(symbol)?.recommended === true,
  );
}

/** What cash earns, per year. */
export interface CashRate {
  /** Now: the past year of the Treasury bill fund, or the setting where prices hold none. */
  readonly rate: number;
  /** On average over the window; the same as now where that is not known. */
  readonly past: number;
  /** Said when the rate is assumed. */
  readonly remark: string | null;
}

export function cashRateOf(window: PricePanel, setting: number): CashRate {
  const column = window.assets.indexOf(BILLS);
  const last = window.days.length - 1;
  const from = last - YEAR_ROWS;
  if (column < 0 || from < window.firstRow[column]) {
    const remark = `Cash is assumed to earn ${formatPercent(setting)} a year.`;
    return { rate: setting, past: setting, remark };
  }
  const n = window.assets.length;
  const price = (row: number) => window.prices[row * n + column];
  const first = window.firstRow[column];
  return {
    rate: price(last) / price(from) - 1,
    past: (price(last) / price(first)) ** (YEAR_ROWS / (last - first)) - 1,
    remark: null,
  };
}
