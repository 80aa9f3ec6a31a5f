import { EngineError } from '../../errors.ts';
import type { Problem } from '../problem.ts';

/**
 * Shares of risk that each asset shall carry; equal when the problem gives none.
 *
 * @returns n positive numbers that sum to 1
 * @throws {EngineError} 'bad-input' unless there is a positive share for each asset and they sum to 1
 */
export function budgetsOf({ assets, riskBudgets }: Problem): Float64Array {
  const n = assets.length;
  if (riskBudgets === undefined) return new Float64Array(n).fill(1 / n);
  if (riskBudgets.length !== n) {
    throw new EngineError(
      'bad-input',
      `There are ${riskBudgets.length} risk budgets for ${n} assets; give one for each.`,
      { budgets: riskBudgets.length, assets: n },
    );
  }
  let total = 0;
  riskBudgets.forEach((share, i) => {
    if (!(share > 0 && share < Infinity)) {
      throw new EngineError(
        'bad-input',
        `The risk budget of ${assets[i]} is ${share}; give a positive share, or leave ${assets[i]} out.`,
        { asset: assets[i], share },
      );
    }
    total += share;
  });
  if (Math.abs(total - 1) > 1e-9) {
    throw new EngineError('bad-input', `The risk budgets sum to ${total}; make them sum to 1.`, {
      total,
    });
  }
  return riskBudgets;
}
