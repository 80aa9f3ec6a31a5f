import { EngineError } from '../../engine/errors.ts';
import { futureValue, type SavingsPlan } from '../../engine/goals/future-value.ts';
import { goalProbability } from '../../engine/goals/goal-probability.ts';
import { requiredReturn } from '../../engine/goals/required-return.ts';
import { growthModel } from '../../engine/goals/terminal-wealth.ts';
import type { Allocation } from '../../engine/optimizers/problem.ts';
import type { Goal } from '../goal.ts';
import { formatMinor, formatPercent } from '../language/format.ts';
import type { Policy } from '../suitability/policy.ts';
import type { Objective } from './plan.ts';
import type { Outlook } from './record.ts';

const DAYS_PER_YEAR = 365.25;
const perYear = { week: 52, month: 12, quarter: 4, year: 1 } as const;

/** Solves for one objective; the caller holds policy, moments and holdings. */
export type Solve = (objective: Objective) => Allocation;

export interface Chosen {
  readonly objective: Objective;
  readonly allocation: Allocation;
  readonly outlook: Outlook | null;
  /** What the goal made Keel do differently from what was asked, in whole sentences. */
  readonly remarks: readonly string[];
}

/** Turns a goal into an objective and solves it; what cannot be had is said, with the nearest that can. */
export function pursue(
  goal: Goal,
  policy: Policy,
  totalMinor: number,
  today: number,
  solve: Solve,
): Chosen {
  const budget: Objective = {
    method: 'target-volatility',
    targetVolatility: policy.volatilityBudget,
  };
  const safest: Objective = { method: 'minimum-variance' };
  switch (goal.kind) {
    case 'max-return':
      return { objective: budget, allocation: solve(budget), outlook: null, remarks: [] };
    case 'preserve':
      return { objective: safest, allocation: solve(safest), outlook: null, remarks: [] };
    case 'target-return':
      return {
        ...reach(goal.annualReturn, `${formatPercent(goal.annualReturn)} a year`, policy, solve),
        outlook: null,
      };
    case 'by-date':
      return byDate(goal, policy, totalMinor, today, solve);
  }
}

/** The least risk that earns a return, or the most return within the budget when that is not enough. */
function reach(
  targetReturn: number,
  wanted: string,
  policy: Policy,
  solve: Solve,
): Omit<Chosen, 'outlook'> {
  const target: Objective = { method: 'target-return', targetReturn };
  const budget: Objective = {
    method: 'target-volatility',
    targetVolatility: policy.volatilityBudget,
  };
  let needs: string;
  try {
    const allocation = solve(target);
    if (allocation.volatility <= policy.volatilityBudget * (1 + 1e-9)) {
      return { objective: target, allocation, remarks: [] };
    }
    needs = `would need a volatility of ${formatPercent(allocation.volatility)} a year`;
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'infeasible') throw error;
    needs = 'is more than any mix within your limits is expected to earn';
  }
  const allocation = solve(budget);
  return {
    objective: budget,
    allocation,
    remarks: [
      `${capital(wanted)} ${needs}; your risk profile allows ${formatPercent(policy.volatilityBudget)}. What you see is the most return within it, ${formatPercent(allocation.expectedReturn)} a year.`,
    ],
  };
}

function byDate(
  goal: Extract<Goal, { kind: 'by-date' }>,
  policy: Policy,
  totalMinor: number,
  today: number,
  solve: Solve,
): Chosen {
  const plan: SavingsPlan = {
    presentValue: totalMinor / 100,
    contribution: (goal.contribution?.minor ?? 0) / 100,
    periodsPerYear: perYear[goal.contribution?.every ?? 'month'],
    years: Math.max(0, (goal.byDay - today) / DAYS_PER_YEAR),
  };
  const amount = goal.amountMinor / 100;
  const needed = requiredReturn(plan, amount);
  const wanted = `reaching ${formatMinor(goal.amountMinor)} in time`;
  let chosen: Omit<Chosen, 'outlook'>;
  let needs: number | null = null;
  if (needed.kind === 'already-there' || needed.kind === 'savings-suffice') {
    const safest: Objective = { method: 'minimum-variance' };
    chosen = {
      objective: safest,
      allocation: solve(safest),
      remarks: [
        needed.kind === 'already-there'
          ? `You already have ${formatMinor(goal.amountMinor)}, so the plan takes as little risk as it can.`
          : 'What you save reaches the goal without any return, so the plan takes as little risk as it can.',
      ],
    };
  } else if (needed.kind === 'unreachable') {
    const budget: Objective = {
      method: 'target-volatility',
      targetVolatility: policy.volatilityBudget,
    };
    chosen = {
      objective: budget,
      allocation: solve(budget),
      remarks: [
        `${capital(wanted)} would take more than ${formatPercent(needed.highestReturn)} a year, which nothing offers. Consider a later date, a smaller amount or saving more; what you see is the most return within your risk profile.`,
      ],
    };
  } else {
    needs = needed.annualReturn;
    chosen = reachGrowth(
      needed.annualReturn,
      `${wanted} (${formatPercent(needs)} a year)`,
      policy,
      solve,
    );
  }
  const { allocation } = chosen;
  const model = growthModel(allocation.expectedReturn, allocation.volatility);
  return {
    ...chosen,
    outlook: {
      amount,
      byDay: goal.byDay,
      requiredReturn: needs,
      probability: goalProbability(plan, amount, model).probability,
      expected: futureValue(plan, allocation.expectedReturn),
    },
  };
}

/**
 * Growth over years is the geometric return; the engine's targets are arithmetic. The difference is
 * half the variance, first guessed from the budget and then taken from the solution itself.
 */
function reachGrowth(
  growth: number,
  wanted: string,
  policy: Policy,
  solve: Solve,
): Omit<Chosen, 'outlook'> {
  const first = reach(growth, wanted, policy, solve);
  if (first.remarks.length > 0) return first;
  return reach(growth + first.allocation.volatility ** 2 / 2, wanted, policy, solve);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
