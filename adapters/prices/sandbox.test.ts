import { describe, expect, test } from 'vitest';
import { marketView } from '../../bot/market.ts';
import type { Bar } from '../../bot/ports.ts';
import { dayNumber } from '../../engine/calendar.ts';
import { sandboxPrices } from './sandbox.ts';

const until = dayNumber(2026, 11, 20);
const symbols = async () => (await sandboxPrices(1).symbols())!;

function returnsOf(bars: readonly Bar[], asset: string): Map<number, number> {
  const own = bars.filter((bar) => bar.asset === asset);
  return new Map(own.slice(1).map((bar, i) => [bar.day, Math.log(bar.close / own[i].close)]));
}

function moments(values: readonly number[]) {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
  const fourth = values.reduce((a, b) => a + (b - mean) ** 4, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance), kurtosis: fourth / variance ** 2 };
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [moments(a), moments(b)];
  const shared =
    a.reduce((sum, value, i) => sum + (value - x.mean) * (b[i] - y.mean), 0) / a.length;
  return shared / (x.deviation * y.deviation);
}

describe('the simulated market', () => {
  test('says that it is simulated and offers what the catalogue knows', async () => {
    const market = sandboxPrices(1);
    expect(market.simulated).toBe(true);
    expect(await symbols()).toContain('BTC-USD');
    const { missing } = await market.fetch(['NOPE'], 0, until);
    expect(missing).toEqual([{ asset: 'NOPE', reason: 'the simulated market has no NOPE' }]);
  });

  test('gives a day the same price whatever is asked, in whatever order', async () => {
    const whole = await sandboxPrices(7).fetch(await symbols(), 0, until);
    const later = sandboxPrices(7);
    const part = await later.fetch(['GLD', 'SPY'], until - 50, until - 20);
    const rest = await later.fetch(['SPY', 'BTC-USD'], until - 19, until);
    const known = new Map(whole.bars.map((bar) => [`${bar.asset} ${bar.day}`, bar.close]));
    expect(part.bars.length).toBeGreaterThan(30);
    for (const bar of [...part.bars, ...rest.bars]) {
      expect(known.get(`${bar.asset} ${bar.day}`)).toBe(bar.close);
    }
  });

  test('differs by seed', async () => {
    const [one, two] = await Promise.all(
      [1, 2].map((seed) => sandboxPrices(seed).fetch(['SPY'], until - 9, until)),
    );
    expect(one.bars.map((bar) => bar.close)).not.toEqual(two.bars.map((bar) => bar.close));
  });

  test('trades funds on working days and coins on every day from 2015', async () => {
    const { bars } = await sandboxPrices(1).fetch(['SPY', 'BTC-USD'], 0, until);
    const weekday = (bar: Bar) => new Date(bar.day * 86_400_000).getUTCDay();
    const funds = bars.filter((bar) => bar.asset === 'SPY');
    const coins = bars.filter((bar) => bar.asset === 'BTC-USD');
    expect(funds.every((bar) => weekday(bar) >= 1 && weekday(bar) <= 5)).toBe(true);
    expect(coins.some((bar) => weekday(bar) === 0)).toBe(true);
    expect(coins[0].day).toBe(dayNumber(2015, 1, 1));
    expect(bars.every((bar) => bar.close > 0 && Number.isFinite(bar.close))).toBe(true);
  });

  test('has fat tails, volatility in order of risk, and correlations that rise in bad times', async () => {
    const seeds = [1, 2, 3, 4];
    const found = await Promise.all(
      seeds.map(async (seed) => {
        const { bars } = await sandboxPrices(seed).fetch(
          ['SPY', 'EFA', 'AGG', 'BTC-USD'],
          0,
          until,
        );
        const [spy, efa, agg, btc] = ['SPY', 'EFA', 'AGG', 'BTC-USD'].map((a) =>
          returnsOf(bars, a),
        );
        const days = [...spy.keys()];
        // Bad times by what is seen, not by the hidden state: high volatility over 40 days.
        const series = days.map((day) => spy.get(day)!);
        const rolling = series.map(
          (_, i) => moments(series.slice(Math.max(0, i - 40), i + 1)).deviation,
        );
        const sorted = [...rolling].sort((a, b) => a - b);
        const pick = (bad: boolean) =>
          days.filter((_, i) =>
            bad
              ? rolling[i] > sorted[Math.floor(0.9 * sorted.length)]
              : rolling[i] < sorted[sorted.length >> 1],
          );
        const together = (chosen: number[]) =>
          correlation(
            chosen.map((d) => spy.get(d)!),
            chosen.map((d) => efa.get(d)!),
          );
        return {
          kurtosis: moments(series).kurtosis,
          volatility: [agg, spy, btc].map((r) => moments([...r.values()]).deviation),
          calm: together(pick(false)),
          bad: together(pick(true)),
        };
      }),
    );
    for (const one of found) {
      expect(one.kurtosis).toBeGreaterThan(4.5);
      expect(one.volatility[0]).toBeLessThan(one.volatility[1]);
      expect(one.volatility[1]).toBeLessThan(one.volatility[2]);
    }
    const mean = (key: 'calm' | 'bad') =>
      found.reduce((sum, one) => sum + one[key], 0) / found.length;
    expect(mean('bad')).toBeGreaterThan(mean('calm') + 0.02);
  });

  test('makes a panel without a gap', async () => {
    const batch = await sandboxPrices(1).fetch(await symbols(), 0, until);
    const view = marketView({ ...batch, source: 'sandbox:1', simulated: true });
    expect(view.missing).toEqual([]);
    expect(view.simulated).toBe(true);
    expect(view.panel.assets).toEqual(await symbols());
  });
});
