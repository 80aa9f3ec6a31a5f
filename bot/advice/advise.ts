import { annualLoss } from '../../engine/drivers/annual-loss.ts';
import type { Driver } from '../../engine/drivers/driver.ts';
import { explainAllocation, STILL } from '../../engine/drivers/explain-allocation.ts';
import { leadingDrivers } from '../../engine/drivers/leading-drivers.ts';
import { portfolioReturnError } from '../../engine/drivers/return-error.ts';
import { riskContributions } from '../../engine/drivers/risk-contributions.ts';
import { volatilityError } from '../../engine/drivers/volatility-error.ts';
import { type Conflict, Infeasible } from '../../engine/errors.ts';
import { optimize } from '../../engine/optimizers/optimize.ts';
import type { Allocation, Problem } from '../../engine/optimizers/problem.ts';
import type { PricePanel } from '../../engine/panel.ts';
import { Refusal } from '../errors.ts';
import { cashRateOf } from './cash-rate.ts';
import { changes } from './changes.ts';
import { type Estimate, estimate } from './estimate.ts';
import type { Evidence } from './evidence.ts';
import { type Chosen, pursue } from './objective.ts';
import { outlookOf } from './outlook.ts';
import { withViews } from './own-views.ts';
import { type Objective, problemOf } from './plan.ts';
import type { AdviceInputs, AdviceResult } from './record.ts';
import { universe } from './universe.ts';
import { alongWay } from './ways.ts';

/** A problem with its answer, what it was asked with and what it was estimated from. */
export interface Solved extends Chosen {
  readonly inputs: AdviceInputs;
  readonly problem: Problem;
  readonly estimate: Estimate;
  /** Expected returns of the problem as they were before the person's views moved them. */
  readonly unmoved: Float64Array;
  readonly cashRate: number;
  readonly evidence: Evidence;
}

/** What advice is chosen from: estimates with the person's views in them, and the problem they pose. */
export interface Prepared {
  readonly estimate: Estimate;
  /** Expected returns, cash last, before views. */
  readonly unmoved: Float64Array;
  readonly cashRate: number;
  readonly evidence: Evidence;
  readonly problem: (objective: Objective) => Problem;
  /** What had to be left out or assumed, in whole sentences. */
  readonly remarks: readonly string[];
}

/** Everything before the choice itself, from the inputs and the price window that they name. */
export function prepare(inputs: AdviceInputs, window: PricePanel): Prepared {
  const { policy, wishes } = inputs;
  const current = new Map(inputs.current);
  const assets = universe(window, current);
  const cash = cashRateOf(window, inputs.cashRate);
  const estimated = estimate(window, assets, cash.rate);
  for (const { asset, reason } of estimated.dropped) {
    if ((current.get(asset) ?? 0) > 0) {
      throw new Refusal(
        'short-history',
        `I cannot plan with ${asset}: ${reason}. Remove it with /holdings to get advice on the rest.`,
      );
    }
  }
  const { moments, remarks } = withViews(estimated.moments, wishes.views);
  const { returns, years } = estimated;
  const evidence = { assets: moments.assets, returns, years, cashRate: cash.rate };
  return {
    estimate: { ...estimated, moments },
    unmoved: Float64Array.of(...estimated.moments.expectedReturns, cash.rate),
    cashRate: cash.rate,
    evidence,
    problem: (objective) => problemOf(moments, policy, objective, current, evidence, wishes.limits),
    remarks: [
      ...remarks,
      ...estimated.dropped.map(({ asset, reason }) => `${asset} is left out: ${reason}.`),
      ...estimated.remarks,
      ...(cash.remark === null ? [] : [cash.remark]),
    ],
  };
}

/**
 * Advice as a pure function of its inputs and the price window they name: the same inputs give the
 * same bits, which is what replay checks.
 */
export function solveAdvice(inputs: AdviceInputs, window: PricePanel): Solved {
  const { policy, wishes } = inputs;
  const prepared = prepare(inputs, window);
  const chosen = explained(wishes.limits.length, (asking) => {
    const solve = (objective: Objective) => {
      asking(objective);
      return optimize(objective.method, prepared.problem(objective));
    };
    return wishes.way === 'goal'
      ? pursue(inputs.goal, policy, inputs.totalMinor, inputs.today, solve)
      : alongWay(wishes.way, policy, solve);
  });
  return {
    ...chosen,
    inputs,
    problem: prepared.problem(chosen.objective),
    estimate: prepared.estimate,
    unmoved: prepared.unmoved,
    cashRate: prepared.cashRate,
    evidence: prepared.evidence,
    remarks: [
      ...chosen.remarks,
      // The engine knows cash by its symbol.
      ...(chosen.allocation.repairs ?? []).map((text) => text.replaceAll(/\bCASH\b/g, 'Cash')),
      ...prepared.remarks,
    ],
  };
}

/** Limits that leave no mix, when some of them are the person's own to move; its code is 'own-limits'. */
export class LimitConflict extends Refusal {
  /** As the engine names them. */
  readonly conflicts: readonly Conflict[];
  /** What was asked for when they conflicted. */
  readonly objective: Objective;

  constructor(message: string, conflicts: readonly Conflict[], objective: Objective) {
    super('own-limits', message);
    this.conflicts = conflicts;
    this.objective = objective;
  }
}

/**
 * A conflict of limits in words, when some of them are the person's own to move.
 *
 * @throws {LimitConflict} naming what conflicts and what would work
 */
function explained<T>(ownLimits: number, choose: (asking: (one: Objective) => void) => T): T {
  let asked: Objective | undefined;
  try {
    return choose((objective) => {
      asked = objective;
    });
  } catch (error) {
    if (!(error instanceof Infeasible) || ownLimits === 0 || asked === undefined) throw error;
    const text = `${error.message} Change your own limits with /limits.`;
    throw new LimitConflict(text, error.conflicts, asked);
  }
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
  const returnError = portfolioReturnError(allocation.weights, problem.covariance, estimated.years);
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
      returnError,
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
      outlook: outlookOf(inputs, allocation, returnError, solved.requiredReturn),
      remarks: solved.remarks,
    },
  };
}

function riskSharesOf(problem: Problem, allocation: Allocation): [string, number][] {
  if (allocation.volatility < STILL) return [];
  const shares = riskContributions(allocation.weights, problem.covariance);
  return problem.assets.map((asset, i): [string, number] => [asset, shares[i]]);
}
