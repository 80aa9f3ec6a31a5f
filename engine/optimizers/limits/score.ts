import { EngineError } from '../../errors.ts';
import { trackingErrorOf } from '../minimum-tracking-error.ts';
import { costPriceOf } from '../minimum-variance.ts';
import type { Allocation, Problem } from '../problem.ts';
import { scenarioMeasures } from '../scenario/risk.ts';

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

/** Methods on scenarios by the beginning of their names; the measure is the rest. */
const onScenarios: readonly (readonly [
  string,
  (risk: number, p: Problem, a: Allocation) => number,
])[] = [
  ['maximum-return-to-', (risk, problem, answer) => -(net(answer) - problem.riskFree) / risk],
  ['target-return-', (risk) => risk],
  ['minimum-', (risk) => risk],
  ['target-', (_, __, answer) => -net(answer)],
];

function scenarioScore(method: string): Score | null {
  const found = onScenarios.find(([start]) => method.startsWith(start));
  if (found === undefined) return null;
  const measure = method.slice(found[0].length);
  if (!Object.hasOwn(scenarioMeasures, measure)) return null;
  const risk = scenarioMeasures[measure as keyof typeof scenarioMeasures];
  return (problem, answer) => {
    const { value } = risk(problem.scenarios!, problem.confidence);
    return found[1](value(answer.weights), problem, answer);
  };
}

/**
 * What a method makes least.
 *
 * @throws {EngineError} 'unsupported-limit' for a method whose aim is not known here
 */
export function scoreOf(method: string): Score {
  if (Object.hasOwn(scores, method)) return scores[method];
  const found = scenarioScore(method);
  if (found !== null) return found;
  throw new EngineError(
    'unsupported-limit',
    `${method} cannot limit the number or size of holdings; use minimum variance, mean-variance utility or maximum Sharpe for that.`,
    { method },
  );
}

function trackingVariance(problem: Problem, { weights, tradingCost }: Allocation): number {
  return trackingErrorOf(problem, weights) ** 2 + 2 * costPriceOf(problem) * tradingCost;
}
