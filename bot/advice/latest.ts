import type { Context } from '../commands/command.ts';
import type { Policy } from '../suitability/policy.ts';
import { type AdviceResult, policyOf, resultOf, targetWeightsOf } from './record.ts';
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
