import type { Context } from '../commands/command.ts';
import type { Wishes } from '../wishes.ts';
import { type Solved, solveAdvice } from './advise.ts';
import { costsOf } from './costs.ts';
import { inputsOf, windowOf } from './make.ts';
import { propose } from './propose.ts';
import { type Standing, standing } from './standing.ts';

/** A mix that would be recommended, and what getting there takes. */
export interface Option {
  readonly solved: Solved;
  /** Target weights by symbol, CASH included. */
  readonly weights: ReadonlyMap<string, number>;
  readonly trades: number;
  readonly costMinor: bigint;
}

/** What would be recommended under these wishes today; nothing is stored. */
export async function optionsFor(
  context: Context,
  cashRate: number,
  wanted: readonly Wishes[],
): Promise<{ readonly stand: Standing; readonly options: readonly Option[] }> {
  const stand = await standing(context);
  return { stand, options: wanted.map((wishes) => optionOf(context, cashRate, stand, wishes)) };
}

/**
 * One such mix on a standing already read.
 *
 * @throws {Refusal} when the limits or the way leave none, saying why
 */
export function optionOf(
  context: Pick<Context, 'now'>,
  cashRate: number,
  stand: Standing,
  wishes: Wishes,
): Option {
  const { policy, goal, holdings, market, situation } = stand;
  const inputs = inputsOf(market, situation, policy, goal, context.now, cashRate, null, wishes);
  const solved = solveAdvice(inputs, windowOf(market).panel);
  const weights = new Map(
    solved.problem.assets.map((asset, i) => [asset, solved.allocation.weights[i]]),
  );
  const plan = propose({
    targetWeights: weights,
    holdings,
    quotes: market.quotes,
    // Only looked at here; /rebalance refuses prices that are too old.
    policy: { ...policy, maxPriceAgeDays: Number.POSITIVE_INFINITY },
    costsOf,
    now: context.now,
  });
  return { solved, weights, trades: plan.legs.length, costMinor: plan.costMinor };
}
