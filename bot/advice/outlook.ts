import { futureValue } from '../../engine/goals/future-value.ts';
import { goalProbability } from '../../engine/goals/goal-probability.ts';
import { growthModel } from '../../engine/goals/terminal-wealth.ts';
import { normalInterval } from '../../engine/measures/interval.ts';
import type { Allocation } from '../../engine/optimizers/problem.ts';
import { savingsPlan } from './objective.ts';
import type { AdviceInputs, Outlook } from './record.ts';

/** The level of every interval that people are shown. */
export const SHOWN_LEVEL = 0.9;

/**
 * How a goal by a date stands with a mix: money less the cost of getting to the mix, growing with
 * its expected return and volatility. Null without a date that lies ahead.
 *
 * @param returnError standard error of the expected return, per year: the chance is told at both
 *   ends of its interval too, because it hangs on an estimate
 */
export function outlookOf(
  inputs: Pick<AdviceInputs, 'goal' | 'totalMinor' | 'today'>,
  allocation: Allocation,
  returnError: number,
  requiredReturn: number | null,
): Outlook | null {
  const { goal, totalMinor, today } = inputs;
  if (goal.kind !== 'by-date' || goal.byDay <= today) return null;
  const plan = savingsPlan(goal, totalMinor * (1 - allocation.tradingCost), today);
  const amount = goal.amountMinor / 100;
  const chance = (expectedReturn: number) =>
    goalProbability(plan, amount, growthModel(expectedReturn, allocation.volatility)).probability;
  const { low, high } = normalInterval(allocation.expectedReturn, returnError, SHOWN_LEVEL);
  return {
    amount,
    byDay: goal.byDay,
    requiredReturn,
    probability: chance(allocation.expectedReturn),
    low: chance(low),
    high: chance(high),
    expected: futureValue(plan, allocation.expectedReturn),
  };
}
