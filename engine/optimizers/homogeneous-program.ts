import type { NamedRow, QuadraticProgram } from '../solvers/quadratic-program.ts';
import { covarianceForm } from './covariance-form.ts';
import { homogeneousForm, type MultipleSpace } from './homogeneous-form.ts';
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

/** A row that stands for one side of a limit, and the direction of its price. */
interface Side {
  readonly at: number;
  readonly sign: number;
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
  const space = spaceOf(base);
  const { size, soldAt, start } = space;
  const scale = size - 1;
  const lower = new Float64Array(size);
  const upper = new Float64Array(size).fill(Infinity);
  const rows: NamedRow[] = [];
  /** Per prepared limit: its rows, for reading prices back. */
  const rowSides: Side[][] = [];
  const boundSides: Side[][] = [];
  const over = (coefficients: Float64Array): Float64Array => {
    const over = new Float64Array(size);
    for (let i = 0; i < n; i++) addTo(over, i, coefficients[i]);
    return over;
  };
  const addTo = (over: Float64Array, i: number, amount: number): void => {
    if (amount === 0) return;
    over[i] += amount;
    if (soldAt[i] < 0) return;
    over[soldAt[i]] -= amount;
    over[scale] += amount * start[i];
  };
  const limit = (name: string, a: Float64Array, low: number, high: number) => {
    const sides: Side[] = [];
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
    const low = base.lower[i];
    const high = base.upper[i];
    // Without short positions no weight exceeds the whole: that limit needs no row.
    const top = longOnly && high >= 1 ? Infinity : high;
    const plain = soldAt[i] < 0 && low === 0 && top > 0;
    if (soldAt[i] < 0) lower[i] = plain ? 0 : -Infinity;
    if (plain && top === Infinity) {
      boundSides.push([]);
      continue;
    }
    const unit = new Float64Array(size);
    addTo(unit, i, 1);
    boundSides.push(limit(base.names[i], unit, plain ? -Infinity : low, top));
  }
  const costs = new Float64Array(size);
  base.kinks?.slope.forEach((k, i) => {
    if (k === 0) return;
    if (soldAt[i] >= 0) {
      costs[i] = k;
      costs[soldAt[i]] = k;
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
  const read = (sides: readonly Side[], prices: Float64Array): number =>
    sides.reduce((total, side) => total + side.sign * prices[side.at], 0);
  return {
    program: {
      names: Array.from({ length: size }, (_, j) => base.names[j] ?? `sold or scale ${j - n}`),
      quadratic: homogeneousForm(covarianceForm(problem), space),
      lower,
      upper,
      rows,
    },
    excess,
    weights: (y) => {
      const k = y[scale];
      return Float64Array.from({ length: n }, (_, i) => {
        const multiple = soldAt[i] < 0 ? y[i] : y[i] - y[soldAt[i]] + start[i] * k;
        return Math.min(Math.max(multiple / k, base.lower[i]), base.upper[i]);
      });
    },
    boundMultipliers: (solution) =>
      Float64Array.from(boundSides, (sides, i) => {
        const own = soldAt[i] >= 0 ? 0 : solution.boundMultipliers[i];
        return own + read(sides, solution.rowMultipliers);
      }),
    rowMultipliers: (solution) =>
      Float64Array.from(rowSides, (sides) => read(sides, solution.rowMultipliers)),
  };
}

/** Splits the assets whose present weight lies strictly within their bounds: their cost has two slopes. */
function spaceOf({ names, kinks, lower, upper }: PortfolioProgram): MultipleSpace {
  const n = names.length;
  const soldAt = new Int32Array(n).fill(-1);
  const start = new Float64Array(n);
  const split: number[] = [];
  for (let i = 0; kinks !== undefined && i < n; i++) {
    const at = kinks.at[i];
    if (!(kinks.slope[i] > 0 && at > lower[i] && at < upper[i])) continue;
    soldAt[i] = n + split.length;
    start[i] = at;
    split.push(i);
  }
  return { n, soldAt, start, split: Int32Array.from(split), size: n + split.length + 1 };
}
