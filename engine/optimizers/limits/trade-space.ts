import type { ConvexProgram } from './convex-program.ts';

/**
 * The variables a program is solved in. With a limit on turnover each asset that may be both bought
 * and sold has two: what it is bought up to, and what is sold of it; then turnover is one linear row.
 * Without one they are the program's own.
 */
export interface TradeSpace {
  /** Number of variables. */
  readonly size: number;
  /** For each variable beyond the program's own, the asset that it sells. */
  readonly sold: readonly number[];
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Slope of the linear trading costs, once each side of a kink has its own variable. */
  readonly costs: Float64Array;
  readonly kinks?: { readonly at: Float64Array; readonly slope: Float64Array };
  /** Where the 3/2 power of each variable is zero, and its scale. */
  readonly powerAt: Float64Array;
  readonly powerScale: Float64Array;
  /** Turnover = row'y - offset. */
  readonly turnover?: { readonly row: Float64Array; readonly offset: number };
}

export function tradeSpace(program: ConvexProgram): TradeSpace {
  const n = program.names.length;
  const { lower, upper, kinks, powers, turnover } = program;
  if (turnover === undefined) {
    return {
      size: n,
      sold: [],
      lower,
      upper,
      costs: new Float64Array(n),
      powerAt: powers?.at ?? new Float64Array(n),
      powerScale: powers?.scale ?? new Float64Array(n),
      ...(kinks === undefined ? {} : { kinks }),
    };
  }
  const { from } = turnover;
  const sold: number[] = [];
  for (let i = 0; i < from.length; i++) if (from[i] > lower[i] && from[i] < upper[i]) sold.push(i);
  const size = n + sold.length;
  const low = new Float64Array(size);
  const high = new Float64Array(size);
  const costs = new Float64Array(size);
  const row = new Float64Array(size);
  const powerAt = new Float64Array(size);
  const powerScale = new Float64Array(size);
  low.set(lower);
  high.set(upper);
  let offset = 0;
  for (let i = 0; i < from.length; i++) {
    const sells = from[i] >= upper[i];
    row[i] = sells ? -1 : 1;
    offset += row[i] * from[i];
    costs[i] = row[i] * (kinks?.slope[i] ?? 0);
    powerAt[i] = from[i];
    powerScale[i] = powers?.scale[i] ?? 0;
  }
  sold.forEach((i, s) => {
    low[i] = from[i];
    high[n + s] = from[i] - lower[i];
    row[n + s] = 1;
    costs[n + s] = kinks?.slope[i] ?? 0;
    powerScale[n + s] = powers?.scale[i] ?? 0;
  });
  if (turnover.giveWay !== undefined) row[turnover.giveWay] -= 1;
  const space = { size, sold, lower: low, upper: high, costs, powerAt, powerScale };
  return { ...space, turnover: { row, offset } };
}

/** The program's variables behind those it is solved in. */
export function fromSpace(space: TradeSpace, n: number, y: Float64Array): Float64Array {
  const x = y.slice(0, n);
  space.sold.forEach((i, s) => {
    x[i] -= y[n + s];
  });
  return x;
}

/** Coefficients over the program's variables as coefficients over those of the space. */
export function intoSpace(space: TradeSpace, n: number, row: Float64Array): Float64Array {
  if (space.sold.length === 0) return row;
  const wide = new Float64Array(space.size);
  wide.set(row);
  space.sold.forEach((i, s) => {
    wide[n + s] = -row[i];
  });
  return wide;
}

/** A point of the program as one of the space: bought or sold, never both. */
export function pointInSpace(space: TradeSpace, n: number, x: Float64Array): Float64Array {
  const y = new Float64Array(space.size);
  y.set(x);
  space.sold.forEach((i, s) => {
    const from = space.lower[i];
    y[i] = Math.max(x[i], from);
    y[n + s] = Math.max(from - x[i], 0);
  });
  return y;
}

/** A matrix over the program's variables as one over those of the space. */
export function matrixInSpace(space: TradeSpace, n: number, matrix: Float64Array): Float64Array {
  if (space.sold.length === 0) return matrix;
  const { size, sold } = space;
  const origin = (a: number) => (a < n ? a : sold[a - n]);
  const wide = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) {
      const value = matrix[origin(a) * n + origin(b)];
      wide[a * size + b] = a < n === b < n ? value : -value;
    }
  }
  return wide;
}
