import { ENGINE_VERSION } from '../../engine/version.ts';
import { PortError } from '../errors.ts';
import type { Reads, Scope } from '../store.ts';
import { advise, type Solved, solveAdvice } from './advise.ts';
import { canonical, sha256 } from './canonical.ts';
import { type AdviceInputs, readInputs } from './record.ts';
import { storedWindow } from './stored-window.ts';
import type { Recommendation } from './types.ts';

/** The stored inputs of a recommendation. @throws {PortError} 'damaged' when they are gone or altered */
export async function inputsFor(
  read: Reads,
  recommendation: Recommendation,
): Promise<AdviceInputs> {
  const inputsBytes = await read.artifacts.get(recommendation.inputsHash);
  if (inputsBytes === null) {
    throw new PortError(
      'store',
      'damaged',
      `The record of advice ${recommendation.id} is incomplete.`,
    );
  }
  if (sha256(inputsBytes) !== recommendation.inputsHash) {
    throw new PortError(
      'store',
      'damaged',
      `The inputs of advice ${recommendation.id} have been altered.`,
    );
  }
  const inputs = readInputs(Buffer.from(inputsBytes).toString('utf8'));
  if (inputs.panelHash !== recommendation.panelHash) {
    throw new PortError(
      'store',
      'damaged',
      `The prices of advice ${recommendation.id} are not the ones it names.`,
    );
  }
  return inputs;
}

/**
 * The problem and answer of an earlier recommendation, computed again from its record; null when
 * another engine version gave it, because this one might not give the same.
 *
 * @param windowFor where its prices come from: the store, or what was used lately
 */
export async function solvedBefore(
  read: Reads,
  recommendation: Recommendation,
  windowFor: typeof storedWindow,
): Promise<Solved | null> {
  if (recommendation.engineVersion !== ENGINE_VERSION) return null;
  const inputs = await inputsFor(read, recommendation);
  return solveAdvice(inputs, await windowFor(read, recommendation.panelHash));
}

export type Replayed =
  | { readonly kind: 'same' }
  | { readonly kind: 'different'; readonly what: readonly string[] }
  | { readonly kind: 'other-engine'; readonly engineVersion: string };

/**
 * Computes a recommendation again from its record and compares every bit.
 *
 * @throws {PortError} 'damaged' when the record is incomplete or altered
 */
export async function replay(
  read: Reads,
  scope: Scope,
  recommendation: Recommendation,
): Promise<Replayed> {
  if (recommendation.engineVersion !== ENGINE_VERSION) {
    return { kind: 'other-engine', engineVersion: recommendation.engineVersion };
  }
  const inputs = await inputsFor(read, recommendation);
  const window = await storedWindow(read, recommendation.panelHash);
  const before =
    inputs.previous === null ? null : await read.recommendations.get(scope, inputs.previous);
  if (inputs.previous !== null && before === null) {
    throw new PortError('store', 'damaged', `The advice before ${recommendation.id} is missing.`);
  }
  const { result, drivers } = advise(
    inputs,
    window,
    before === null ? null : await solvedBefore(read, before, storedWindow),
  );
  const compared = {
    policy: [canonical(inputs.policy), recommendation.policy],
    result: [canonical(result), recommendation.result],
    drivers: [canonical(drivers), recommendation.drivers],
  };
  const what = Object.entries(compared)
    .filter(([, [now, then]]) => now !== then)
    .map(([name]) => name);
  return what.length === 0 ? { kind: 'same' } : { kind: 'different', what };
}
