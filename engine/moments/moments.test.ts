import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oracle, oraclesPresent } from '../../oracles/cases.ts';
import { EngineError } from '../errors.ts';
import { checkSemidefinite } from '../linalg/semidefinite.ts';
import { pricePanel } from '../panel.ts';
import { randomSource } from '../random.ts';
import { annualCovariance } from './annual-covariance.ts';
import { expectedReturns } from './expected-returns.ts';
import { exponentialCovariance } from './exponential-covariance.ts';
import { jamesStein } from './james-stein.ts';
import { ledoitWolfConstantCorrelation } from './ledoit-wolf-constant-correlation.ts';
import { ledoitWolfIdentity } from './ledoit-wolf-identity.ts';
import { meanReversionSignal, momentumSignal } from './price-signals.ts';
import { returnsWindow } from './returns-window.ts';
import { sampleCovariance } from './sample-covariance.ts';

/** A panel of random walks; asset j starts on row firstRow[j]. */
function walks(
  seed: number,
  rows: number,
  firstRows: readonly number[],
  drifts?: readonly number[],
) {
  const random = randomSource(seed);
  const n = firstRows.length;
  const prices = new Float64Array(rows * n).fill(Number.NaN);
  firstRows.forEach((first, j) => {
    let price = 100;
    for (let t = first; t < rows; t++) {
      prices[t * n + j] = price;
      price *= Math.exp((drifts?.[j] ?? 0) + 0.01 * (j + 1) * random.normal());
    }
  });
  const assets = firstRows.map((_, j) => `A${j}`);
  return pricePanel(
    assets,
    Int32Array.from({ length: rows }, (_, t) => 10_000 + t),
    prices,
  );
}

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof EngineError ? `${error.code}: ${error.message}` : String(error);
  }
  return 'no error';
}

describe.skipIf(!oraclesPresent)(
  'published covariances (skipped without ../shared/oracles)',
  () => {
    type Case = { observations_T_by_N: number[][] };
    const compare = (found: Float64Array, expected: number[][], tolerance: number) => {
      expected.flat().forEach((value, i) => {
        expect(Math.abs(found[i] - value)).toBeLessThan(tolerance);
      });
    };

    it('shrinks to a scaled identity as Ledoit and Wolf do (opt-025)', () => {
      const one = oracle<Case, { cov: number[][] }>('opt-025');
      const rows = one.inputs.observations_T_by_N;
      const { covariance } = ledoitWolfIdentity(Float64Array.from(rows.flat()), rows[0].length);
      compare(covariance, one.expected.cov, one.tolerance);
    });

    it('shrinks to constant correlation as Ledoit and Wolf do (opt-027)', () => {
      const one = oracle<Case, { cov: number[][] }>('opt-027');
      const rows = one.inputs.observations_T_by_N;
      const found = ledoitWolfConstantCorrelation(Float64Array.from(rows.flat()), rows[0].length);
      compare(found.covariance, one.expected.cov, one.tolerance);
    });
  },
);

describe('covariances', () => {
  it('agree with the definition on three observations of two assets', () => {
    const returns = Float64Array.of(0.01, 0.02, 0.03, -0.02, 0.02, 0.03);
    const found = sampleCovariance(returns, 2);
    expect(found[0]).toBeCloseTo(0.0001, 15);
    expect(found[1]).toBeCloseTo(-0.0002, 15);
    expect(found[3]).toBeCloseTo(0.0007, 15);
  });

  it('weigh all days alike when the half-life is endless, and follow the latest when it is short', () => {
    const window = returnsWindow(walks(5, 400, [0, 0]), { lookback: 399 });
    const plain = sampleCovariance(window.returns, 2);
    exponentialCovariance(window.returns, 2, 1e9).forEach((value, i) => {
      expect(Math.abs(value - plain[i])).toBeLessThan(1e-9);
    });
    const calmThenWild = Float64Array.from(
      { length: 300 },
      (_, t) => (t < 280 ? 0.001 : 0.05) * (t % 2 ? 1 : -1),
    );
    expect(exponentialCovariance(calmThenWild, 1, 10)[0]).toBeGreaterThan(
      3 * sampleCovariance(calmThenWild, 1)[0],
    );
  });

  it('are positive semidefinite by every method, with fewer days than assets too', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 2, max: 12 }),
        fc.integer({ min: 6, max: 60 }),
        (seed, n, rows) => {
          const window = returnsWindow(walks(seed, rows, new Array(n).fill(0)), {
            lookback: rows - 1,
          });
          for (const method of [
            'sample',
            'ledoit-wolf-identity',
            'ledoit-wolf-constant-correlation',
          ] as const) {
            const { covariance, intensity } = annualCovariance(window, { method });
            expect(() => checkSemidefinite(covariance, n)).not.toThrow();
            expect(intensity).toBeGreaterThanOrEqual(0);
            expect(intensity).toBeLessThanOrEqual(1);
          }
          annualCovariance(window, { method: 'exponential', halfLife: 20 });
        },
      ),
      { seed: 41, numRuns: 60 },
    );
  });

  it('name an asset that never moves, and refuse a matrix with negative variance', () => {
    const flat = pricePanel(
      ['SPY', 'FLAT'],
      Int32Array.of(1, 2, 3, 4),
      Float64Array.of(1, 5, 2, 5, 1, 5, 2, 5),
    );
    const window = returnsWindow(flat, { lookback: 3 });
    for (const method of ['sample', 'ledoit-wolf-constant-correlation'] as const)
      expect(codeOf(() => annualCovariance(window, { method }))).toMatch(/^zero-variance: .*FLAT/);
    expect(codeOf(() => checkSemidefinite(Float64Array.of(1, 2, 2, 1), 2))).toMatch(/^not-psd/);
  });
});

describe('the window', () => {
  it('leaves out an asset with too little history, says so, and is common to the rest', () => {
    const window = returnsWindow(walks(6, 700, [0, 600, 100]), { lookback: 650 });
    expect(window.assets).toEqual(['A0', 'A2']);
    expect(window.dropped).toEqual([
      { asset: 'A1', reason: 'only 99 days of returns where 252 are needed' },
    ]);
    expect(window.rows).toBe(599);
    expect(window.returns.length).toBe(2 * 599);
    expect(window.days[598]).toBe(10_699);
  });

  it('holds simple returns of the panel and nothing after its last day', () => {
    const panel = walks(7, 300, [0, 0]);
    const window = returnsWindow(panel, { lookback: 260, assets: ['A1'] });
    expect(window.rows).toBe(260);
    expect(window.returns[259]).toBe(panel.prices[299 * 2 + 1] / panel.prices[298 * 2 + 1] - 1);
  });

  it('refuses when nothing is old enough, and an asset without prices', () => {
    expect(codeOf(() => returnsWindow(walks(8, 100, [0]), { lookback: 500 }))).toMatch(
      /^short-history/,
    );
    const panel = walks(8, 300, [0]);
    expect(codeOf(() => returnsWindow(panel, { lookback: 252, assets: ['XYZ'] }))).toMatch(
      /^bad-input: .*XYZ/,
    );
  });
});

describe('expected returns', () => {
  it('draw a noisy mean far towards the grand mean and leave a sure one alone', () => {
    const { means, intensities, grandMean, standardErrors } = jamesStein({
      means: Float64Array.of(0.03, 0.06, 0.8),
      standardErrors: Float64Array.of(0.002, 0.004, 0.4),
    });
    expect(intensities[0]).toBeLessThan(0.1);
    expect(intensities[2]).toBeGreaterThan(0.9);
    expect(means[2]).toBeLessThan(0.15);
    expect(grandMean).toBeGreaterThan(0.03);
    expect(grandMean).toBeLessThan(0.06);
    expect(standardErrors[2]).toBeLessThan(0.4);
  });

  it('are the grand mean for all when the means differ by no more than chance', () => {
    const { means, intensities } = jamesStein({
      means: Float64Array.of(0.05, 0.06, 0.055),
      standardErrors: Float64Array.of(0.05, 0.05, 0.05),
    });
    for (const mean of means) expect(mean).toBeCloseTo(0.055, 12);
    expect([...intensities]).toEqual([1, 1, 1]);
  });

  it('lean towards last year’s winners and last month’s losers, within bounds', () => {
    const n = 3;
    const random = randomSource(9);
    // A0 rose for a year, A1 fell; in the last month both turned.
    const panel = (() => {
      const rows = 400;
      const prices = new Float64Array(rows * n).fill(100);
      for (let t = 1; t < rows; t++) {
        const turned = t >= rows - 21;
        const drift = [turned ? -0.004 : 0.002, turned ? 0.004 : -0.002, 0];
        for (let j = 0; j < n; j++)
          prices[t * n + j] = prices[(t - 1) * n + j] * Math.exp(drift[j] + 0.01 * random.normal());
      }
      return pricePanel(
        ['UP', 'DOWN', 'FLAT'],
        Int32Array.from({ length: rows }, (_, t) => t),
        prices,
      );
    })();
    const window = returnsWindow(panel, { lookback: 399 });
    const momentum = momentumSignal(window);
    expect(momentum[0]).toBeGreaterThan(0.5);
    expect(momentum[1]).toBeLessThan(-0.5);
    const reversion = meanReversionSignal(window);
    expect(reversion[0]).toBeGreaterThan(0.5);
    expect(reversion[1]).toBeLessThan(-0.5);
    const plain = expectedReturns(window, { momentum: 0, meanReversion: 0 });
    const tilted = expectedReturns(window, { momentum: 0.05, meanReversion: 0 });
    expect(tilted.values[0]).toBeGreaterThan(plain.values[0]);
    expect(tilted.values[1]).toBeLessThan(plain.values[1]);
    tilted.momentumTilts.forEach((tilt, i) => {
      const volatility = Math.sqrt(
        annualCovariance(window, { method: 'sample' }).covariance[i * n + i],
      );
      expect(Math.abs(tilt)).toBeLessThanOrEqual(0.05 * volatility * 2 + 1e-12);
      expect(tilted.values[i]).toBeCloseTo(plain.values[i] + tilt, 14);
    });
  });

  it('refuse a signal on less than a year, and a confidence that is no correlation', () => {
    const window = returnsWindow(walks(10, 150, [0, 0]), { lookback: 149 });
    expect(codeOf(() => expectedReturns(window))).toMatch(/^short-history: Momentum/);
    expect(expectedReturns(window, { momentum: 0, meanReversion: 0 }).values.length).toBe(2);
    expect(codeOf(() => expectedReturns(window, { momentum: 2 }))).toMatch(/^bad-input/);
  });

  it('state a standard error of volatility over the root of the years', () => {
    const window = returnsWindow(walks(11, 1009, [0]), { lookback: 1008 });
    const found = expectedReturns(window, { shrink: false, momentum: 0, meanReversion: 0 });
    const volatility = Math.sqrt(annualCovariance(window, { method: 'sample' }).covariance[0]);
    expect(found.standardErrors[0]).toBeCloseTo(volatility / 2, 12);
  });
});
