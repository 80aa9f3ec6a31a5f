import { EngineError } from '../../errors.ts';
import type { Problem, Scenarios } from '../problem.ts';

/** Fewest periods a measure is computed on. */
const fewestScenarios = 2;

/**
 * The scenarios of a problem, checked at the door.
 *
 * @throws {EngineError} 'missing-parameter' without scenarios, 'short-history' when too few,
 *   'bad-input' naming the number that is wrong
 */
export function scenariosOf({ scenarios, assets }: Problem): Scenarios {
  if (scenarios === undefined) {
    throw new EngineError(
      'missing-parameter',
      'This method measures risk on scenarios of returns; set scenarios.',
      { parameter: 'scenarios' },
    );
  }
  const { returns, count } = scenarios;
  if (returns.length !== count * assets.length) {
    throw bad(
      `there are ${returns.length} scenario returns where ${count} x ${assets.length} are needed`,
      { length: returns.length, count, assets: assets.length },
    );
  }
  probabilitiesOf(scenarios);
  for (let at = 0; at < returns.length; at++) {
    if (!Number.isFinite(returns[at])) {
      const asset = assets[at % assets.length];
      const row = Math.floor(at / assets.length);
      throw bad(`the scenario return of ${asset} in row ${row} is ${returns[at]}`, { asset, row });
    }
  }
  return scenarios;
}

/** Level of tail measures. @throws {EngineError} 'bad-input' outside (0, 1) */
export function confidenceOf({ confidence = 0.95 }: Problem): number {
  if (!(confidence > 0 && confidence < 1))
    throw bad(`the confidence is ${confidence}, not between 0 and 1, e.g. 0.95`, { confidence });
  return confidence;
}

/**
 * The probability of each period; equal when none are given.
 *
 * @throws {EngineError} 'short-history' below two periods; 'bad-input' unless all are positive and
 *   sum to 1
 */
export function probabilitiesOf({ count, probabilities }: Scenarios): Float64Array {
  if (!(count >= fewestScenarios)) {
    throw new EngineError(
      'short-history',
      `Risk on ${count} scenarios cannot be measured; give at least ${fewestScenarios} periods.`,
      { count, needed: fewestScenarios },
    );
  }
  if (probabilities === undefined) return new Float64Array(count).fill(1 / count);
  if (probabilities.length !== count)
    throw bad(`there are ${probabilities.length} probabilities for ${count} scenarios`, { count });
  let total = 0;
  for (let t = 0; t < count; t++) {
    const p = probabilities[t];
    if (!(p > 0 && p <= 1)) {
      throw bad(`scenario ${t} has the probability ${p}; leave out what cannot happen`, {
        row: t,
        probability: p,
      });
    }
    total += p;
  }
  if (!(Math.abs(total - 1) <= 1e-9))
    throw bad(`the probabilities of the scenarios sum to ${total}, not 1`, { total });
  return probabilities;
}

function bad(what: string, values: Record<string, unknown>): EngineError {
  return new EngineError('bad-input', `Cannot measure risk on scenarios: ${what}.`, values);
}
