import { EngineError } from '../errors.ts';
import type { PricePanel } from '../panel.ts';
import { isListed, type Strategy } from './strategy.ts';

/** Never trades: what is held at the start is held to the end. */
export const hold: Strategy = { name: 'hold', decide: (_past, current) => current };

/**
 * Buys once, at the first decision at which all its assets are listed, and then holds.
 *
 * @param weights n fractions, the rest cash
 */
export function buyAndHold(weights: Float64Array, name = 'buy and hold'): Strategy {
  return {
    name,
    decide(past, current) {
      return current.some((w) => w > 0) ? current : mixOf(past, weights);
    },
  };
}

/**
 * Returns to the same weights at every decision, e.g. 60/40.
 *
 * @param weights n fractions, the rest cash
 */
export function fixedMix(weights: Float64Array, name = 'fixed mix'): Strategy {
  return { name, decide: (past) => mixOf(past, weights) };
}

/** The same share of every asset that is listed at the decision. */
export function equalWeight(name = 'equal weight'): Strategy {
  return {
    name,
    decide(past) {
      const listed = past.assets.map((_, j) => isListed(past, j));
      const count = listed.filter(Boolean).length;
      return Float64Array.from(listed, (is) => (is ? 1 / count : 0));
    },
  };
}

/** The mix itself, once each of its assets is listed. */
function mixOf(past: PricePanel, weights: Float64Array): Float64Array {
  for (let j = 0; j < weights.length; j++) {
    if (weights[j] > 0 && !isListed(past, j)) {
      throw new EngineError(
        'short-history',
        `${past.assets[j]} was not listed yet, so the mix could not be bought.`,
        { asset: past.assets[j] },
      );
    }
  }
  return weights.slice();
}
