import { holdings } from '../bot/commands/holdings.ts';
import { holdingsActs, holdingsDialogue, holdingsFormHandler } from '../bot/dialogue/holdings.ts';
import type { MarketView } from '../bot/ports.ts';
import { pricePanel } from '../engine/panel.ts';
import { talk } from './talk.ts';

/** When these talks take place. */
export const NOW = Date.UTC(2026, 4, 4, 12);
/** The day of the last close. */
export const DAY = Math.floor(Date.UTC(2026, 4, 1) / 86_400_000);
const prices = { SPY: 500, AGG: 100, GLD: 250.5, 'BTC-USD': 80_000 };

/** Four assets with round prices. */
export const market: MarketView = {
  source: 'csv:test.csv',
  simulated: false,
  panel: pricePanel(['SPY'], Int32Array.of(DAY), Float64Array.of(500)),
  panelHash: 'h',
  quotes: new Map(
    Object.entries(prices).map(([asset, price]) => [
      asset,
      { asset, price, day: DAY, source: 'csv:test.csv' },
    ]),
  ),
  rule: '',
  missing: [],
};

/** A talk that knows /holdings. */
export function newTalk(view: MarketView = market) {
  return talk(
    {
      commands: [holdings],
      acts: holdingsActs,
      forms: { holdings: holdingsFormHandler },
      dialogues: { holdings: holdingsDialogue },
    },
    { now: NOW, market: view },
  );
}
