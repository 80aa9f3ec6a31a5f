import type { PricePanel } from '../../engine/panel.ts';
import { assetOf, CASH } from '../catalogue.ts';
import { Refusal } from '../errors.ts';

/** What is recommended from, and what is held beside it, in the panel's order. */
export function universe(window: PricePanel, current: ReadonlyMap<string, number>): string[] {
  const held = new Set(heldIn(window, current));
  const found = window.assets.filter(
    (symbol) => held.has(symbol) || assetOf(symbol)?.recommended === true,
  );
  if (found.length === 0) {
    throw new Refusal(
      'nothing-to-recommend',
      'The prices I was given hold nothing that I recommend from, so there is no mix to work out. Ask the person who runs me for prices of the usual funds.',
    );
  }
  return found;
}

/**
 * The assets held beside cash.
 *
 * @throws {Refusal} 'no-history' for one without prices: it would be counted as cash
 */
export function heldIn(panel: PricePanel, current: ReadonlyMap<string, number>): string[] {
  const held = [...current]
    .filter(([symbol, weight]) => symbol !== CASH && weight > 0)
    .map(([symbol]) => symbol);
  const missing = held.find((symbol) => !panel.assets.includes(symbol));
  if (missing !== undefined) {
    throw new Refusal(
      'no-history',
      `I have no price history of ${missing}, so I cannot plan with it. Remove it with /holdings to get advice on the rest.`,
    );
  }
  return held;
}
