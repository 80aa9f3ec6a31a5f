import { EngineError } from '../errors.ts';

/** How fast the past is forgotten, in observation periods. */
export type Decay =
  /** An observation counts half as much as one this many periods younger. */
  | { readonly halfLife: number }
  /** Each period keeps 1 - 2 / (span + 1) of the weight of the next. */
  | { readonly span: number };

/**
 * Exponentially falling weights of observations.
 *
 * @param m number of observations, oldest first
 * @returns m positive numbers that sum to 1, the last the largest
 * @throws {EngineError} 'bad-input' for a half-life that is not positive or a span not above 1
 */
export function decayWeights(m: number, decay: Decay): Float64Array {
  const kept = 'halfLife' in decay ? 2 ** (-1 / decay.halfLife) : 1 - 2 / (decay.span + 1);
  const valid = 'halfLife' in decay ? decay.halfLife > 0 : decay.span > 1;
  if (!valid) {
    throw new EngineError(
      'bad-input',
      'halfLife' in decay
        ? `A half-life of ${decay.halfLife} is not positive; give periods, e.g. 60.`
        : `A span of ${decay.span} is not above 1; give periods, e.g. 180.`,
      { ...decay },
    );
  }
  const weights = new Float64Array(m);
  // What is kept may be too small for a number; the youngest observation still counts in full.
  const log = Math.max(Math.log(kept), -Number.MAX_VALUE);
  let total = 0;
  for (let t = 0; t < m; t++) {
    weights[t] = Math.exp(log * (m - 1 - t));
    total += weights[t];
  }
  for (let t = 0; t < m; t++) weights[t] /= total;
  return weights;
}
