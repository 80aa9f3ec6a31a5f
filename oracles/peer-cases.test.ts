import { describe, expect, it } from 'vitest';
import { dayNumber } from '../engine/calendar.ts';
import {
  peerCase,
  peerCases,
  peerCasesPresent,
  peerPrices,
  selectPrices,
  simpleReturns,
} from './peer-cases.ts';

describe.skipIf(!peerCasesPresent)('peer cases (skipped without ../shared/oracles)', () => {
  it('are found by id, and an unknown id is said', () => {
    expect(peerCases().size).toBeGreaterThan(60);
    expect(peerCase('ppo-min-vol').library).toBe('PyPortfolioOpt');
    expect(() => peerCase('ppo-nothing')).toThrow('check the id');
  });

  it('read every price file they name, gzipped or not', () => {
    const files = [...peerCases().values()]
      .flatMap((one) => one.data_file.split(' + '))
      .filter((name) => name !== 'inline');
    for (const name of new Set(files)) {
      const { names, days, prices } = peerPrices(name);
      expect(prices.length).toBe(names.length * days.length);
      expect(days.every((day, t) => t === 0 || day > days[t - 1])).toBe(true);
      expect(Number.isFinite(prices[prices.length - 1])).toBe(true);
    }
  });

  it('keep leading gaps as NaN', () => {
    const { names, prices } = peerPrices('data/pypfopt/stock_prices.csv');
    expect(names[0]).toBe('GOOG');
    expect(prices[0]).toBeNaN();
    expect(prices[1]).toBe(0.117203);
  });

  it('give the 2,263 returns since 2014 that skfolio is tested on', () => {
    const all = peerPrices('data/skfolio/sp500_dataset.csv.gz');
    const { rows, returns, names } = simpleReturns(
      selectPrices(all, { since: dayNumber(2014, 1, 1) }),
    );
    expect([rows, names.length, returns.length]).toEqual([2263, 20, 2263 * 20]);
    const last = selectPrices(all, { names: ['XOM', 'AAPL'], last: 2 });
    const one = simpleReturns(last);
    expect(one.rows).toBe(1);
    expect(one.returns[1]).toBe(last.prices[3] / last.prices[1] - 1);
    expect(one.returns[1]).toBe(returns[(rows - 1) * 20]);
  });
});
