import { EngineError } from '../../errors.ts';
import { trackingErrorOf } from '../minimum-tracking-error.ts';
import { costPriceOf } from '../minimum-variance.ts';
import type { Allocation, Problem } from '../problem.ts';

/** What a method makes least: a number for its answer to a problem. */
export type Score = (problem: Problem, answer: Allocation) => number;

const net = ({ expectedReturn, tradingCost }: Allocation) => expectedReturn - tradingCost;

const variance: Score = (problem, { volatility, tradingCost }) =>
  volatility ** 2 + 2 * costPriceOf(problem) * tradingCost;

const scores: Readonly<Record<string, Score>> = {
  'minimum-variance': variance,
  'target-return': variance,
  'maximum-sharpe': (problem, answer) => -(net(answer) - problem.riskFree) / answer.volatility,
  'target-volatility': (_, answer) => -net(answer),
  'mean-variance-utility': (problem, answer) =>
    (problem.riskAversion! / 2) * answer.volatility ** 2 - net(answer),
  'minimum-tracking-error': trackingVariance,
};

/**
 * What a method makes least.
 *
 * @throws {EngineError} 'unsupported-limit' for a method whose aim is not known here
 */
export function scoreOf(method: string): Score {
  if (Object.hasOwn(scores, method)) return scores[method];
  throw new EngineError(
    'unsupported-limit',
    `${method} cannot limit the number or size of holdings; use minimum variance, mean-variance utility or maximum Sharpe for that.`,
    { method },
  );
}

function trackingVariance(problem: Problem, { weights, tradingCost }: Allocation): number {
  return trackingErrorOf(problem, weights) ** 2 + 2 * costPriceOf(problem) * tradingCost;
}
