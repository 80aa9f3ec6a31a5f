import { optimizers } from '../../engine/optimizers/index.ts';
import { withLimits } from '../../engine/optimizers/limits/with-limits.ts';
import { type Sensitivity, sensitivityOf } from '../../engine/optimizers/sensitivity.ts';
import type { PricePanel } from '../../engine/panel.ts';
import { solveAdvice } from './advise.ts';
import type { AdviceInputs } from './record.ts';

/** Plain data in and out: it runs on a worker thread. */
export interface FirmnessInput {
  readonly inputs: AdviceInputs;
  readonly window: PricePanel;
}

/**
 * How far single expected returns may move before another asset weighs most in a mix; null for a method
 * that they do not enter.
 */
export function firmnessTask({ inputs, window }: FirmnessInput): Sensitivity | null {
  const { problem, objective } = solveAdvice(inputs, window);
  return sensitivityOf(problem, withLimits(optimizers[objective.method]));
}
