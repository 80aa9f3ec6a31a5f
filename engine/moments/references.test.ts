import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomSource } from '../random.ts';
import { gerberCovariance } from './gerber-covariance.ts';
import { ledoitWolfConstantCorrelation } from './ledoit-wolf-constant-correlation.ts';
import { ledoitWolfIdentity } from './ledoit-wolf-identity.ts';
import { ledoitWolfSingleFactor } from './ledoit-wolf-single-factor.ts';
import { oracleApproximating } from './oracle-approximating.ts';
import { semicovariance } from './semicovariance.ts';

/** A plain matrix: rows of numbers. */
type Rows = number[][];

const indices = (n: number) => Array.from({ length: n }, (_, i) => i);
const mean = (values: number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
const square = (n: number, of: (i: number, j: number) => number): Rows =>
  indices(n).map((i) => indices(n).map((j) => of(i, j)));
const sumOf = (matrix: Rows) => matrix.flat().reduce((sum, v) => sum + v, 0);

/** Columns of m x n returns, fat-tailed and with a common factor. */
function draw(seed: number, m: number, n: number): Rows {
  const random = randomSource(seed);
  const columns: Rows = indices(n).map(() => []);
  for (let t = 0; t < m; t++) {
    const common = random.normal() * (t % 9 === 0 ? 3 : 1);
    columns.forEach((column, j) => {
      column.push(0.01 * (1 + (j % 4)) * ((0.2 + 0.2 * j) * common + random.normal()));
    });
  }
  return columns;
}

const rowMajor = (columns: Rows) =>
  Float64Array.from(
    { length: columns.length * columns[0].length },
    (_, at) => columns[at % columns.length][Math.floor(at / columns.length)],
  );

/** Moments of products entry by entry, as in the authors' published programs. */
function moments(columns: Rows, market?: number[]) {
  const x = columns.map((column) => column.map((v) => v - mean(column)));
  const n = x.length;
  const common = market ?? indices(x[0].length).map((t) => mean(x.map((column) => column[t])));
  const f = common.map((v) => v - mean(common));
  const of = (...series: number[][]) =>
    mean(series[0].map((_, t) => series.reduce((product, one) => product * one[t], 1)));
  const s = square(n, (i, j) => of(x[i], x[j]));
  return { x, n, f, of, s, m: x[0].length };
}

function mixed(s: Rows, target: Rows, pi: number, rho: number, m: number) {
  const gamma = sumOf(s.map((row, i) => row.map((v, j) => (v - target[i][j]) ** 2)));
  const intensity = Math.max(0, Math.min(1, (pi - rho) / gamma / m));
  const covariance = s.map((row, i) =>
    row.map((v, j) => intensity * target[i][j] + (1 - intensity) * v),
  );
  return { intensity, covariance };
}

const references: Record<string, (columns: Rows) => { intensity: number; covariance: Rows }> = {
  identity: (columns) => {
    const { x, n, of, s, m } = moments(columns);
    const pi = sumOf(square(n, (i, j) => of(x[i], x[i], x[j], x[j]) - s[i][j] ** 2));
    const average = mean(indices(n).map((i) => s[i][i]));
    return mixed(
      s,
      square(n, (i, j) => (i === j ? average : 0)),
      pi,
      0,
      m,
    );
  },
  'single factor': (columns) => {
    const { x, n, f, of, s, m } = moments(columns);
    const c = x.map((column) => of(column, f));
    const v = of(f, f);
    const pi = square(n, (i, j) => of(x[i], x[i], x[j], x[j]) - s[i][j] ** 2);
    const first = square(n, (i, j) => of(x[i], x[i], x[j], f) - c[i] * s[i][j]);
    const third = square(n, (i, j) => of(x[i], x[j], f, f) - v * s[i][j]);
    const rho = sumOf(
      square(n, (i, j) =>
        i === j
          ? pi[i][i]
          : (c[j] * first[i][j] + c[i] * first[j][i]) / v - (c[i] * c[j] * third[i][j]) / v ** 2,
      ),
    );
    return mixed(
      s,
      square(n, (i, j) => (i === j ? s[i][i] : (c[i] * c[j]) / v)),
      sumOf(pi),
      rho,
      m,
    );
  },
  'constant correlation': (columns) => {
    const { x, n, of, s, m } = moments(columns);
    const d = indices(n).map((i) => Math.sqrt(s[i][i]));
    const pairs = square(n, (i, j) => (i === j ? 0 : s[i][j] / (d[i] * d[j])));
    const r = sumOf(pairs) / (n * (n - 1));
    const pi = square(n, (i, j) => of(x[i], x[i], x[j], x[j]) - s[i][j] ** 2);
    const theta = square(n, (i, j) => of(x[i], x[i], x[i], x[j]) - s[i][i] * s[i][j]);
    const rho = sumOf(
      square(n, (i, j) =>
        i === j ? pi[i][i] : (r / 2) * ((d[j] / d[i]) * theta[i][j] + (d[i] / d[j]) * theta[j][i]),
      ),
    );
    return mixed(
      s,
      square(n, (i, j) => (i === j ? s[i][i] : r * d[i] * d[j])),
      sumOf(pi),
      rho,
      m,
    );
  },
  'oracle approximating': (columns) => {
    const { n, s, m } = moments(columns);
    const trace = indices(n).reduce((sum, i) => sum + s[i][i], 0);
    const ofSquare = sumOf(square(n, (i, j) => s[i][j] * s[j][i]));
    const intensity = Math.min(
      1,
      ((1 - 2 / n) * ofSquare + trace ** 2) / ((m + 1 - 2 / n) * (ofSquare - trace ** 2 / n)),
    );
    const covariance = square(
      n,
      (i, j) => (1 - intensity) * s[i][j] + (i === j ? (intensity * trace) / n : 0),
    );
    return { intensity, covariance };
  },
};

const found: Record<
  string,
  (x: Float64Array, n: number) => { intensity: number; covariance: Float64Array }
> = {
  identity: ledoitWolfIdentity,
  'single factor': (x, n) => ledoitWolfSingleFactor(x, n),
  'constant correlation': (x, n) => ledoitWolfConstantCorrelation(x, n),
  'oracle approximating': oracleApproximating,
};

describe('shrinkage by sums over rows', () => {
  it.each(Object.keys(references))(
    'agrees with the published program entry by entry: %s',
    (key) => {
      fc.assert(
        fc.property(
          fc.integer(),
          fc.integer({ min: 2, max: 8 }),
          fc.integer({ min: 5, max: 60 }),
          (seed, n, m) => {
            const columns = draw(seed, m, n);
            const expected = references[key](columns);
            const { intensity, covariance } = found[key](rowMajor(columns), n);
            expect(intensity).toBeCloseTo(expected.intensity, 9);
            expected.covariance.flat().forEach((value, at) => {
              expect(Math.abs(covariance[at] - value)).toBeLessThan(1e-12);
            });
          },
        ),
        { numRuns: 40 },
      );
    },
  );

  it('takes the market it is given', () => {
    const columns = draw(3, 50, 4);
    const market = columns[0].map((v, t) => 0.004 + 0.5 * v + 0.3 * columns[1][t]);
    const { x, n, f, of } = moments(columns, market);
    const { intensity, covariance } = ledoitWolfSingleFactor(
      rowMajor(columns),
      n,
      Float64Array.from(market),
    );
    const target = (of(x[1], f) * of(x[2], f)) / of(f, f);
    const sample = of(x[1], x[2]);
    expect(covariance[1 * n + 2]).toBeCloseTo(intensity * target + (1 - intensity) * sample, 14);
  });
});

describe('co-movement by counting', () => {
  it('is the Gerber statistic, day by day', () => {
    const columns = draw(11, 80, 4);
    const { covariance, repairs } = gerberCovariance(rowMajor(columns), ['A', 'B', 'C', 'D'], 0.7);
    expect(repairs).toEqual([]);
    const deviation = columns.map((column) =>
      Math.sqrt(column.reduce((sum, v) => sum + (v - mean(column)) ** 2, 0) / 79),
    );
    const side = (j: number, t: number) => {
      const value = columns[j][t] / deviation[j];
      return value >= 0.7 ? 'up' : value <= -0.7 ? 'down' : 'still';
    };
    for (const i of indices(4)) {
      for (const j of indices(4)) {
        let together = 0;
        let counted = 0;
        for (const t of indices(80)) {
          const [a, b] = [side(i, t), side(j, t)];
          if (a !== 'still' || b !== 'still') counted++;
          if (a === 'still' || b === 'still') continue;
          together += a === b ? 1 : -1;
        }
        const expected = (together / counted) * deviation[i] * deviation[j];
        expect(covariance[i * 4 + j]).toBeCloseTo(expected, 14);
      }
    }
  });

  it('counts only shortfalls below the benchmark', () => {
    const x = Float64Array.of(0.03, -0.01, -0.02, -0.03, 0.01, 0.02);
    const found = semicovariance(x, 2, { benchmark: 0.015 });
    // Shortfalls are (0, -.025), (-.035, -.045), (-.005, 0).
    expect(found[0]).toBeCloseTo((0.035 ** 2 + 0.005 ** 2) / 3, 15);
    expect(found[1]).toBeCloseTo((0.035 * 0.045) / 3, 15);
    expect(found[3]).toBeCloseTo((0.025 ** 2 + 0.045 ** 2) / 3, 15);
  });
});
