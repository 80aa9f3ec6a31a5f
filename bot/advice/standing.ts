import type { Context } from '../commands/command.ts';
import { Refusal } from '../errors.ts';
import { type Goal, goalSchema } from '../goal.ts';
import type { MarketView } from '../ports.ts';
import { assess } from '../suitability/assess.ts';
import { type Policy, policies } from '../suitability/policy.ts';
import { noWishes, type Wishes, wishesSchema } from '../wishes.ts';
import { requireAdvisable, type Situation, situationOf } from './situation.ts';
import type { Holdings } from './types.ts';

/** Where a person stands: all that advice, tests and comparisons begin from. */
export interface Standing {
  readonly policy: Policy;
  readonly goal: Goal;
  readonly wishes: Wishes;
  readonly holdings: Holdings;
  readonly market: MarketView;
  readonly situation: Situation;
}

/** @throws {Refusal} when the person may not be advised, or holdings cannot be valued: said why */
export async function standing(context: Context): Promise<Standing> {
  const [policy, goal, wishes, holdings, market] = await Promise.all([
    policyFor(context),
    goalFor(context),
    wishesFor(context),
    context.read.ledger.holdings(context.person),
    context.market(),
  ]);
  const situation = situationOf(holdings, market);
  requireAdvisable(situation);
  return { policy, goal, wishes, holdings, market, situation };
}

/** What the person may be advised by: the policy that their answers score to today. */
export async function policyFor(context: Context): Promise<Policy> {
  const stored = await context.read.answers.current(context.person);
  const assessment = stored === null ? null : assess(stored);
  if (assessment?.kind === 'suitable') return policies[assessment.risk.profile];
  if (assessment?.kind === 'unsuitable') {
    throw new Refusal(
      'unsuitable',
      `Investing does not suit you right now: ${assessment.reasons.map((each) => each.reason).join(' ')} Type /profile when that has changed.`,
    );
  }
  throw new Refusal(
    'answers',
    'Some of my questions are not answered yet. Type /profile to go on.',
  );
}

/** The goal in force; the most return within the risk profile until another is named. */
export async function goalFor(context: Context): Promise<Goal> {
  const stored = await context.read.goals.current(context.person);
  return stored === null ? { kind: 'max-return' } : goalSchema.parse(stored.goal);
}

/** What the person asked of the method itself; nothing until they do. */
export async function wishesFor(context: Context): Promise<Wishes> {
  const stored = await context.read.wishes.current(context.person);
  return stored === null ? noWishes : wishesSchema.parse(stored.wishes);
}
