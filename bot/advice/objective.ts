import { STILL } from '../../engine/drivers/explain-allocation.ts';
import { EngineError } from '../../engine/errors.ts';
import type { SavingsPlan } from '../../engine/goals/future-value.ts';
import { requiredReturn } from '../../engine/goals/required-return.ts';
import type { Allocation } from '../../engine/optimizers/problem.ts';
import type { Goal } from '../goal.ts';
import { formatDay, formatMinor, formatPercent } from '../language/format.ts';
import type { Policy } from '../suitability/policy.ts';
import type { Objective } from './plan.ts';

const DAYS_PER_YEAR = 365.25;
const perYear = { week: 52, month: 12, quarter: 4, year: 1 } as const;

/** Solves for one objective; the caller holds policy, moments and holdings. */
export type Solve = (objective: Objective) => Allocation;

export interface Chosen {
  readonly objective: Objective;
  readonly allocation: Allocation;
  /** Growth per year (geometric) that would just reach a goal by a date; null when there is none. */
  readonly requiredReturn: number | null;
  /** What the goal made Keel do differently from what was asked, in whole sentences. */
  readonly remarks: readonly string[];
}

type DatedGoal = Extract<Goal, { kind: 'by-date' }>;

/** Turns a goal into an objective and solves it; what cannot be had is said, with the nearest that can. */
export function pursue(
  goal: Goal,
  policy: Policy,
  totalMinor: number,
  today: number,
  solve: Solve,
): Chosen {
  switch (goal.kind) {
    case 'max-return':
      return chosen(budgetOf(policy), solve);
    case 'preserve':
      return chosen(safest, solve);
    case 'target-return':
      return reach(goal.annualReturn, `${formatPercent(goal.annualReturn)} a year`, policy, solve);
    case 'by-date':
      return byDate(goal, policy, totalMinor, today, solve);
  }
}

/** Money, additions and time of a goal by a date. */
export function savingsPlan(goal: DatedGoal, totalMinor: number, today: number): SavingsPlan {
  return {
    presentValue: totalMinor / 100,
    contribution: (goal.contribution?.minor ?? 0) / 100,
    periodsPerYear: perYear[goal.contribution?.every ?? 'month'],
    years: Math.max(0, (goal.byDay - today) / DAYS_PER_YEAR),
  };
}

const safest: Objective = { method: 'minimum-variance' };

function budgetOf(policy: Policy): Objective {
  return { method: 'target-volatility', targetVolatility: policy.volatilityBudget };
}

function chosen(objective: Objective, solve: Solve, ...remarks: string[]): Chosen {
  return { objective, allocation: solve(objective), requiredReturn: null, remarks };
}

/** The least risk that earns a return, or the most return within the budget when that is not enough. */
function reach(targetReturn: number, wanted: string, policy: Policy, solve: Solve): Chosen {
  const target: Objective = { method: 'target-return', targetReturn };
  let needs: string;
  try {
    const found = chosen(target, solve);
    const { volatility, expectedReturn } = found.allocation;
    if (volatility < STILL) {
      const easy = `${capital(wanted)} takes no risk: cash is expected to earn ${formatPercent(expectedReturn)} a year.`;
      return { ...found, remarks: [easy] };
    }
    if (volatility <= policy.volatilityBudget * (1 + 1e-9)) return found;
    needs = `would need a volatility of ${formatPercent(volatility)} a year; your risk profile allows ${formatPercent(policy.volatilityBudget)}`;
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'infeasible') throw error;
    needs = 'is more than any mix within your limits is expected to earn';
  }
  const nearest = chosen(budgetOf(policy), solve);
  const { expectedReturn } = nearest.allocation;
  return {
    ...nearest,
    remarks: [
      `${capital(wanted)} ${needs}. What you see is the most return within your risk profile, ${formatPercent(expectedReturn)} a year.`,
    ],
  };
}

function byDate(
  goal: DatedGoal,
  policy: Policy,
  totalMinor: number,
  today: number,
  solve: Solve,
): Chosen {
  const amount = formatMinor(goal.amountMinor);
  const needed = requiredReturn(savingsPlan(goal, totalMinor, today), goal.amountMinor / 100);
  if (needed.kind === 'already-there') {
    return chosen(
      safest,
      solve,
      `You already have ${amount}, so the plan takes as little risk as it can.`,
    );
  }
  if (goal.byDay <= today) {
    return chosen(
      safest,
      solve,
      `The date of your goal, ${formatDay(goal.byDay)}, has come, and you have ${formatMinor(totalMinor)} of the ${amount}. Name another date or amount with /goal; until then the plan takes as little risk as it can.`,
    );
  }
  if (needed.kind === 'savings-suffice') {
    return chosen(
      safest,
      solve,
      'What you save reaches the goal without any return, so the plan takes as little risk as it can.',
    );
  }
  if (needed.kind === 'unreachable') {
    return chosen(
      budgetOf(policy),
      solve,
      `Reaching ${amount} in time would take more than ${formatPercent(needed.highestReturn)} a year, which nothing offers. Consider a later date, a smaller amount or saving more; what you see is the most return within your risk profile.`,
    );
  }
  const wanted = `the ${formatPercent(needed.annualReturn)} a year that reaching ${amount} in time takes`;
  // What trading costs is not there to grow: it raises the growth that the rest needs.
  const growthAfter = (tradingCost: number): number => {
    const plan = savingsPlan(goal, totalMinor * (1 - tradingCost), today);
    const after = requiredReturn(plan, goal.amountMinor / 100);
    return after.kind === 'required' ? after.annualReturn : needed.annualReturn;
  };
  return reachGrowth(growthAfter, wanted, policy, solve);
}

/** Steps until the target and its solution agree; each shrinks the gap a hundredfold. */
const ROUNDS = 5;

/**
 * Growth over years is the geometric return; the engine's targets are arithmetic. Half the variance
 * lies between them, which like the cost of trading is known only from the solution: the target
 * starts at the growth itself and follows what is found.
 */
function reachGrowth(
  growthAfter: (tradingCost: number) => number,
  wanted: string,
  policy: Policy,
  solve: Solve,
): Chosen {
  let growth = growthAfter(0);
  let target = growth;
  for (let round = 1; ; round++) {
    const found = { ...reach(target, wanted, policy, solve), requiredReturn: growth };
    if (found.remarks.length > 0) return { ...found, remarks: [...found.remarks, ...grown(found)] };
    growth = growthAfter(found.allocation.tradingCost);
    const next = (1 + growth) * Math.exp(found.allocation.volatility ** 2 / 2) - 1;
    if (round === ROUNDS || Math.abs(next - target) <= 1e-7) {
      const even = 'The plan takes the least risk at which reaching your goal is as likely as not.';
      return { ...found, remarks: [even] };
    }
    target = next;
  }
}

/** An expected return above the growth that is needed may still fall short of it: this says why. */
function grown({ allocation }: Chosen): readonly string[] {
  const { expectedReturn, volatility } = allocation;
  if (volatility < STILL) return [];
  const growth = (1 + expectedReturn) * Math.exp(-(volatility ** 2) / 2) - 1;
  return [
    `Swings cost growth: over the years it would grow by about ${formatPercent(growth)} a year.`,
  ];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
