import { constrained } from '../../engine/constraints/index.ts';
import type { Limits } from '../../engine/optimizers/problem.ts';
import { Refusal } from '../errors.ts';
import { nameOf } from '../explain/names.ts';
import { formatPercent } from '../language/format.ts';
import type { OwnLimit, Subject } from '../wishes.ts';
import { classOf } from './situation.ts';

/**
 * A policy's limits with the person's own added; the tighter of two always holds.
 *
 * @throws {Refusal} 'limit' for a minimum of what cannot be chosen
 */
export function withOwnLimits(
  assets: readonly string[],
  limits: Limits,
  own: readonly OwnLimit[],
): Limits {
  return own.length === 0
    ? limits
    : constrained(limits, assets, own.map((limit) => among(assets, limit)).filter(bites));
}

/** What is not among the assets weighs nothing: a limit counts the others alone. */
export function among(assets: readonly string[], limit: OwnLimit): OwnLimit {
  if (limit.kind !== 'weight') return limit;
  const coefficients = Object.fromEntries(
    Object.entries(limit.coefficients).filter(([symbol]) => assets.includes(symbol)),
  );
  return { ...limit, coefficients };
}

/** A limit on nothing that can be held says nothing, as long as it asks for nothing. */
function bites(limit: OwnLimit): boolean {
  if (limit.kind !== 'weight' || Object.keys(limit.coefficients).length > 0) return true;
  if ((limit.lower ?? 0) <= 0) return false;
  throw new Refusal(
    'limit',
    `I do not choose from ${nameOf(limit.name)} at present, so I cannot keep at least ${formatPercent(limit.lower ?? 0)} in it. Leave that limit out, or remove it with /limits.`,
  );
}

/** How much of a weight in `asset` counts for a subject: all or nothing. */
export function counts(subject: Subject, asset: string): boolean {
  return subject.kind === 'asset' ? subject.symbol === asset : classOf(asset) === subject.name;
}
