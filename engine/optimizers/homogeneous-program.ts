import type { NamedRow, QuadraticProgram } from '../solvers/quadratic-program.ts';
import { type PortfolioProgram, portfolioProgram } from './portfolio-program.ts';
import type { Problem } from './problem.ts';

/**
 * A portfolio problem in multiples of itself: y = k x for a free k > 0, where ratios such as Sharpe's
 * become quadratic programs. Variables are the multiples of weights, for each asset whose trading
 * costs matter a bought and a sold multiple instead, and last k itself.
 */
export interface HomogeneousProgram {
  readonly program: Omit<QuadraticProgram, 'linear'>;
  /** Coefficients of k x (expected return - trading costs - rate) over the variables. */
  readonly excess: (rate: number) => Float64Array;
  /** The weights x behind a solution. */
  readonly weights: (y: Float64Array) => Float64Array;
  /** Per asset, the multiplier of its bounds: positive for the lower one, negative for the upper. */
  readonly boundMultipliers: (solution: Multipliers) => Float64Array;
  /** Rows of the portfolio program come first in `program.rows`, each as one row per finite side. */
  readonly rowMultipliers: (solution: Multipliers) => Float64Array;
}

interface Multipliers {
  readonly boundMultipliers: Float64Array;
  readonly rowMultipliers: Float64Array;
}

/**
 * Builds the program in multiples. Every limit lower <= a'x <= upper becomes a'y - lower k >= 0 and
 * upper k - a'y >= 0; a lower bound of 0 stays a bound.
 *
 * @source Schaible (1974); Tutuncu and Cornuejols (2007), section 8.2
 */
export function homogeneousProgram(problem: Problem): HomogeneousProgram {
  const base = portfolioProgram(problem);
  const n = base.names.length;
  const split = splitAssets(base);
  const size = n + split.length + 1;
  const scale = size - 1;
  // Row i of `map` gives k x_i in the variables; a split asset is k x0 + bought - sold.
  const map = new Float64Array(n * size);
  for (let i = 0; i < n; i++) map[i * size + i] = 1;
  split.forEach((i, s) => {
    map[i * size + n + s] = -1;
    map[i * size + scale] = base.kinks!.at[i];
  });
  const lower = new Float64Array(size);
  const upper = new Float64Array(size).fill(Infinity);
  const rows: NamedRow[] = [];
  /** Per prepared limit: its rows, for reading prices back. */
  const rowSides: { at: number; sign: number }[][] = [];
  const boundSides: { at: number; sign: number }[][] = [];
  const over = (coefficients: Float64Array): Float64Array => {
    const over = new Float64Array(size);
    for (let i = 0; i < n; i++) {
      if (coefficients[i] === 0) continue;
      for (let j = 0; j < size; j++) over[j] += coefficients[i] * map[i * size + j];
    }
    return over;
  };
  const limit = (name: string, a: Float64Array, low: number, high: number) => {
    const sides: { at: number; sign: number }[] = [];
    const add = (bound: number, sign: number, to: number) => {
      const coefficients = a.map((v) => sign * v);
      coefficients[scale] -= sign * bound;
      sides.push({ at: rows.length, sign });
      rows.push({ name, coefficients, lower: 0, upper: to });
    };
    if (low === high) add(low, 1, 0);
    else {
      if (low > -Infinity) add(low, 1, Infinity);
      if (high < Infinity) add(high, -1, Infinity);
    }
    return sides;
  };
  for (const row of base.rows)
    rowSides.push(limit(row.name, over(row.coefficients), row.lower, row.upper));
  const longOnly = base.lower.every((low) => low >= 0);
  for (let i = 0; i < n; i++) {
    const unit = new Float64Array(n);
    unit[i] = 1;
    const isSplit = split.includes(i);
    const low = base.lower[i];
    const high = base.upper[i];
    // Without short positions no weight exceeds the whole: that limit needs no row.
    const top = longOnly && high >= 1 ? Infinity : high;
    const plain = !isSplit && low === 0 && top > 0;
    if (!isSplit) lower[i] = plain ? 0 : -Infinity;
    boundSides.push(limit(base.names[i], over(unit), plain ? -Infinity : low, top));
  }
  const costs = new Float64Array(size);
  base.kinks?.slope.forEach((k, i) => {
    if (k === 0) return;
    const s = split.indexOf(i);
    if (s >= 0) {
      costs[i] = k;
      costs[n + s] = k;
      return;
    }
    const sign = base.kinks!.at[i] <= base.lower[i] ? 1 : -1;
    costs[i] = sign * k;
    costs[scale] -= sign * k * base.kinks!.at[i];
  });
  const excess = (rate: number): Float64Array => {
    const gains = over(problem.expectedReturns);
    for (let j = 0; j < size; j++) gains[j] -= costs[j];
    gains[scale] -= rate;
    return gains;
  };
  const read = (sides: readonly { at: number; sign: number }[], prices: Float64Array): number =>
    sides.reduce((total, side) => total + side.sign * prices[side.at], 0);
  return {
    program: {
      names: Array.from({ length: size }, (_, j) => base.names[j] ?? `sold or scale ${j - n}`),
      quadratic: congruence(problem.covariance, map, n, size),
      lower,
      upper,
      rows,
    },
    excess,
    weights: (y) => {
      const k = y[scale];
      return Float64Array.from({ length: n }, (_, i) => {
        let sum = 0;
        for (let j = 0; j < size; j++) sum += map[i * size + j] * y[j];
        return Math.min(Math.max(sum / k, base.lower[i]), base.upper[i]);
      });
    },
    boundMultipliers: (solution) =>
      Float64Array.from(boundSides, (sides, i) => {
        const own = split.includes(i) ? 0 : solution.boundMultipliers[i];
        return own + read(sides, solution.rowMultipliers);
      }),
    rowMultipliers: (solution) =>
      Float64Array.from(rowSides, (sides) => read(sides, solution.rowMultipliers)),
  };
}

/** Assets whose present weight lies strictly within their bounds: their cost has two slopes. */
function splitAssets(base: PortfolioProgram): number[] {
  const { kinks } = base;
  if (kinks === undefined) return [];
  return Array.from(base.names, (_, i) => i).filter(
    (i) => kinks.slope[i] > 0 && kinks.at[i] > base.lower[i] && kinks.at[i] < base.upper[i],
  );
}

/** M' C M for C n x n and M n x size. */
function congruence(c: Float64Array, map: Float64Array, n: number, size: number): Float64Array {
  const half = new Float64Array(n * size);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const value = c[i * n + k];
      for (let j = 0; j < size; j++) half[i * size + j] += value * map[k * size + j];
    }
  }
  const result = new Float64Array(size * size);
  for (let i = 0; i < n; i++) {
    for (let a = 0; a < size; a++) {
      const value = map[i * size + a];
      if (value === 0) continue;
      for (let b = 0; b < size; b++) result[a * size + b] += value * half[i * size + b];
    }
  }
  // Rounding differs between the two triangles; a covariance is symmetric.
  for (let a = 0; a < size; a++)
    for (let b = 0; b < a; b++) result[a * size + b] = result[b * size + a];
  return result;
}
