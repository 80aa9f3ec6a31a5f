import type { Context } from '../commands/command.ts';
import { Refusal } from '../errors.ts';
import type { Goal } from '../goal.ts';
import type { Policy } from '../suitability/policy.ts';
import { canonical } from './canonical.ts';
import { type AdviceResult, policyOf, readInputs, resultOf, targetWeightsOf } from './record.ts';
import { goalFor, policyFor } from './standing.ts';
import type { Recommendation } from './types.ts';

export interface Latest {
  readonly recommendation: Recommendation;
  readonly result: AdviceResult;
  readonly targetWeights: ReadonlyMap<string, number>;
  readonly policy: Policy;
}

/** The newest advice given to the person; null when there is none. */
export async function latestAdvice(context: Context): Promise<Latest | null> {
  const [recommendation] = await context.read.recommendations.list(context.person, 1);
  if (recommendation === undefined) return null;
  const result = resultOf(recommendation);
  return {
    recommendation,
    result,
    targetWeights: targetWeightsOf(result),
    policy: policyOf(recommendation),
  };
}

/**
 * The newest advice, to trade on: it must still be what the person would be advised by.
 *
 * @throws {Refusal} when answers or goal have changed since, or investing does not suit any more
 */
export async function adviceToTradeOn(context: Context): Promise<Latest | null> {
  const latest = await latestAdvice(context);
  if (latest === null) return null;
  const [policy, goal, inputs] = await Promise.all([
    policyFor(context),
    goalFor(context),
    context.read.artifacts.get(latest.recommendation.inputsHash),
  ]);
  const advisedFor = inputs === null ? null : readInputs(Buffer.from(inputs).toString()).goal;
  const stands =
    canonical(policy) === latest.recommendation.policy &&
    advisedFor !== null &&
    aimOf(goal) === aimOf(advisedFor);
  if (stands) return latest;
  throw new Refusal(
    'outdated',
    'Your answers or your goal have changed since I last advised you, so I do not trade on that advice. Ask for /recommend first.',
  );
}

/** What a goal asks for, without the person's own word for it. */
function aimOf(goal: Goal): string {
  return canonical(goal.kind === 'by-date' ? { ...goal, purpose: null } : goal);
}
