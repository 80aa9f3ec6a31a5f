import type { Context } from '../commands/command.ts';
import type { WishWork } from '../commands/wish-work.ts';
import type { Wishes } from '../wishes.ts';
import { costsOf } from './costs.ts';
import { inputsOf, windowOf } from './make.ts';
import { propose } from './propose.ts';
import type { AdviceInputs } from './record.ts';
import { type Standing, standing } from './standing.ts';
import type { Compared, Mix, WhatIfInput } from './what-if-task.ts';

/** A mix that would be recommended, and what getting there takes. */
export interface Option extends Omit<Mix, 'assets' | 'weights'> {
  /** Target weights by symbol, CASH included. */
  readonly weights: ReadonlyMap<string, number>;
  readonly costMinor: bigint;
}

/**
 * What would be recommended under these wishes today; nothing is stored.
 *
 * @throws {Refusal} when the limits or the way leave none, saying why
 */
export async function optionsFor(
  context: Context,
  cashRate: number,
  wanted: readonly Wishes[],
  work: WishWork,
): Promise<{ readonly stand: Standing; readonly options: readonly Option[] }> {
  const stand = await standing(context);
  const input = whatIf(context, cashRate, stand, wanted);
  const mixes = await work.run<readonly Mix[]>('Working out what that changes', 'what-if', input);
  return { stand, options: mixes.map((mix) => optionOf(context, stand, mix)) };
}

/** The same on a standing already read, where each may be without an answer, with the reason. */
export async function comparedFor(
  context: Pick<Context, 'now'>,
  cashRate: number,
  stand: Standing,
  wanted: readonly Wishes[],
  work: WishWork,
): Promise<readonly { readonly option: Option | null; readonly reason: string }[]> {
  const input = whatIf(context, cashRate, stand, wanted);
  const compared = await work.run<readonly Compared[]>('Trying each way', 'compare', input);
  return compared.map(({ mix, reason }) => ({
    option: mix === null ? null : optionOf(context, stand, mix),
    reason,
  }));
}

function whatIf(
  context: Pick<Context, 'now'>,
  cashRate: number,
  stand: Standing,
  wanted: readonly Wishes[],
): WhatIfInput {
  return {
    window: windowOf(stand.market).panel,
    asked: wanted.map((wishes) => inputsUnder(context, cashRate, stand, wishes)),
  };
}

/** The inputs of advice that is only looked at. */
export function inputsUnder(
  { now }: Pick<Context, 'now'>,
  cashRate: number,
  { market, situation, policy, goal }: Standing,
  wishes: Wishes,
): AdviceInputs {
  return inputsOf(market, situation, policy, goal, now, cashRate, null, wishes);
}

/** A mix with what the trades to it cost. */
export function optionOf(
  { now }: Pick<Context, 'now'>,
  { policy, holdings, market }: Standing,
  { assets, weights, ...shown }: Mix,
): Option {
  const targets = new Map(assets.map((asset, i) => [asset, weights[i]]));
  const plan = propose({
    targetWeights: targets,
    holdings,
    quotes: market.quotes,
    // Only looked at here; /rebalance refuses prices that are too old.
    policy: { ...policy, maxPriceAgeDays: Number.POSITIVE_INFINITY },
    costsOf,
    now,
  });
  return { ...shown, weights: targets, costMinor: plan.costMinor };
}
