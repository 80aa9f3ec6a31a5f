import type { Context } from '../commands/command.ts';
import { Refusal } from '../errors.ts';
import type { Goal } from '../goal.ts';
import type { Policy } from '../suitability/policy.ts';
import type { Wishes } from '../wishes.ts';
import { canonical } from './canonical.ts';
import { type AdviceResult, policyOf, readInputs, resultOf, targetWeightsOf } from './record.ts';
import { goalFor, policyFor, wishesFor } from './standing.ts';
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
 * @throws {Refusal} when answers, goal or wishes have changed since, or investing does not suit any more
 */
export async function adviceToTradeOn(context: Context): Promise<Latest | null> {
  const latest = await latestAdvice(context);
  if (latest === null) return null;
  const [policy, goal, wishes, inputs] = await Promise.all([
    policyFor(context),
    goalFor(context),
    wishesFor(context),
    context.read.artifacts.get(latest.recommendation.inputsHash),
  ]);
  const advisedFor = inputs === null ? null : readInputs(Buffer.from(inputs).toString());
  const stands =
    canonical(policy) === latest.recommendation.policy &&
    advisedFor !== null &&
    aimOf(goal) === aimOf(advisedFor.goal) &&
    asked(wishes) === asked(advisedFor.wishes);
  if (stands) return latest;
  throw new Refusal(
    'outdated',
    'Your answers, your goal or what you asked of the method have changed since I last advised you, so I do not trade on that advice. Ask for /recommend first.',
  );
}

/** What was asked of the method, without the person's own words for it. */
function asked({ way, limits, views }: Wishes): string {
  return canonical({ way, limits, views: views.map((view) => ({ ...view, text: '' })) });
}

/** What a goal asks for, without the person's own word for it. */
function aimOf(goal: Goal): string {
  return canonical(goal.kind === 'by-date' ? { ...goal, purpose: null } : goal);
}
