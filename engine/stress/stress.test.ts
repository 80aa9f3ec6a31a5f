import { describe, expect, it } from 'vitest';
import { corePanel, corePanelPresent } from '../../oracles/core-panel.ts';
import { civilDate, dayNumber } from '../calendar.ts';
import { pricePanel } from '../panel.ts';
import { normalTail } from './normal-tail.ts';
import { replay } from './replay.ts';
import { volatilityDoubles } from './volatility-doubles.ts';
import { stressWindows } from './windows.ts';

const window = { ...stressWindows[1], fromDay: 2, toDay: 5 };

describe('a replay', () => {
  const panel = pricePanel(
    ['A', 'B'],
    Int32Array.of(1, 2, 3, 4, 5, 8, 9),
    Float64Array.of(90, Number.NaN, 100, Number.NaN, 110, 5, 55, 5, 66, 6, 100, 7, 120, 9),
  );

  it('reports loss, worst fall, its days and the recovery after the window', () => {
    const { cashHeld, covered, notYetTrading } = replay(panel, Float64Array.of(1, 0), window);
    expect(covered).toBe(1);
    expect(notYetTrading).toEqual([]);
    expect(cashHeld.totalReturn).toBeCloseTo(-0.34, 12);
    expect(cashHeld.worstDrawdown).toBeCloseTo(-0.5, 12);
    expect(cashHeld).toMatchObject({
      peakDay: 3,
      troughDay: 4,
      daysToTrough: 1,
      recoveryDay: 9,
      daysToRecovery: 5,
    });
  });

  it('names what did not trade yet and shows both ways to read the rest', () => {
    const result = replay(panel, Float64Array.of(0.5, 0.4), window);
    expect(result.notYetTrading).toEqual([{ asset: 'B', weight: 0.4 }]);
    expect(result.covered).toBeCloseTo(0.6, 12);
    expect(result.cashHeld.totalReturn).toBeCloseTo(0.5 * -0.34, 12);
    expect(result.renormalised?.totalReturn).toBeCloseTo((0.5 / 0.6) * -0.34, 12);
    expect(replay(panel, Float64Array.of(0, 1), window).renormalised).toBeNull();
  });

  it('refuses prices that do not reach over the window', () => {
    expect(() => replay(panel, Float64Array.of(1, 0), { ...window, fromDay: 0 })).toThrow(/cover/);
    expect(() => replay(panel, Float64Array.of(1, 0), { ...window, toDay: 10 })).toThrow(/cover/);
  });
});

describe('volatility doubles', () => {
  const weights = Float64Array.of(0.6, 0.3, 0.1);
  const returns = Float64Array.of(0.08, 0.04, 0.02);
  const covariance = Float64Array.of(0.04, -0.002, 0, -0.002, 0.0025, 0, 0, 0, 0);

  it('doubles portfolio volatility when correlations stay, and more when they rise', () => {
    const [today, doubled, crisis] = volatilityDoubles(weights, returns, covariance);
    expect(doubled.volatility).toBeCloseTo(2 * today.volatility, 12);
    expect(crisis.volatility).toBeGreaterThan(doubled.volatility);
    const expected = 0.6 * 0.08 + 0.3 * 0.04 + 0.1 * 0.02;
    expect(doubled.conditionalValueAtRisk + expected).toBeCloseTo(
      2 * (today.conditionalValueAtRisk + expected),
      12,
    );
  });

  it('meets the textbook tail of a normal: 2.063 volatilities at 95 %', () => {
    const { conditionalValueAtRisk, valueAtRisk } = normalTail(0, 1);
    expect(conditionalValueAtRisk).toBeCloseTo(2.0627128, 6);
    expect(valueAtRisk).toBeCloseTo(1.6448536, 6);
  });
});

describe.skipIf(!corePanelPresent)('real windows (skipped without ../shared/market)', () => {
  const panel = corePanel(['SPY', 'TLT', 'BTC-USD']);

  it('SPY lost 55.2 % in 2008, was at its low on 9 March 2009 and took years to return', () => {
    const { cashHeld } = replay(panel, Float64Array.of(1, 0, 0), stressWindows[0]);
    expect(cashHeld.worstDrawdown).toBeCloseTo(-0.552, 3);
    expect(cashHeld.troughDay).toBe(dayNumber(2009, 3, 9));
    expect(civilDate(cashHeld.recoveryDay!).year).toBe(2012);
  });

  it('bitcoin did not trade in 2008 and is said to be missing', () => {
    const result = replay(panel, Float64Array.of(0.5, 0.4, 0.1), stressWindows[0]);
    expect(result.notYetTrading).toEqual([{ asset: 'BTC-USD', weight: 0.1 }]);
    expect(result.renormalised!.totalReturn).toBeLessThan(result.cashHeld.totalReturn);
  });

  it('stocks and long bonds fell together in 2022', () => {
    for (const weights of [Float64Array.of(1, 0, 0), Float64Array.of(0, 1, 0)]) {
      const { cashHeld } = replay(panel, weights, stressWindows[2]);
      expect(cashHeld.totalReturn).toBeLessThan(-0.2);
    }
  });
});
