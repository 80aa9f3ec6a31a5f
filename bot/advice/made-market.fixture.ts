import { type PricePanel, pricePanel } from '../../engine/panel.ts';
import { randomSource } from '../../engine/random.ts';

/** How an asset of the made market moves, per trading day. */
interface Made {
  readonly symbol: string;
  readonly growth: number;
  readonly market: number;
  readonly own: number;
}

/** A few assets of the catalogue, from bills to bitcoin. */
const made: readonly Made[] = [
  { symbol: 'SPY', growth: 0.0003, market: 0.01, own: 0.001 },
  { symbol: 'VTI', growth: 0.0003, market: 0.0102, own: 0.001 },
  { symbol: 'EFA', growth: 0.0002, market: 0.009, own: 0.004 },
  { symbol: 'AGG', growth: 0.00012, market: -0.0005, own: 0.003 },
  { symbol: 'SHY', growth: 0.0001, market: 0, own: 0.001 },
  { symbol: 'GLD', growth: 0.0002, market: 0.001, own: 0.01 },
  { symbol: 'BTC-USD', growth: 0.001, market: 0.01, own: 0.035 },
  { symbol: 'BIL', growth: 0.00012, market: 0, own: 0.0001 },
];

/**
 * A seeded market for tests: total-return prices five days a week, the last of 30 April 2026.
 *
 * @param late assets without a price in the first half
 */
export function madeMarket(
  rows: number,
  seed = 7,
  symbols: readonly string[] = made.map((each) => each.symbol),
  late: readonly string[] = [],
): PricePanel {
  const random = randomSource(seed);
  const kept = made.filter((each) => symbols.includes(each.symbol));
  const prices = new Float64Array(rows * kept.length);
  const last = kept.map(() => 100);
  for (let t = 0; t < rows; t++) {
    const market = random.normal();
    for (const [j, { symbol, growth, market: beta, own }] of kept.entries()) {
      last[j] *= Math.exp(growth + beta * market + own * random.normal());
      const hidden = late.includes(symbol) && t < rows / 2;
      prices[t * kept.length + j] = hidden ? Number.NaN : last[j];
    }
  }
  // Day 20,573 is 30 April 2026.
  const weekday = (i: number) => 7 * Math.floor(i / 5) + (i % 5);
  const shift = 20_573 - weekday(rows - 1 + 5);
  const days = Int32Array.from({ length: rows }, (_, i) => weekday(i + 5) + shift);
  return pricePanel(
    kept.map((each) => each.symbol),
    days,
    prices,
  );
}
