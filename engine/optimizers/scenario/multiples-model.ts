import type { NamedRow } from '../../solvers/quadratic-program.ts';
import type { PortfolioProgram } from '../portfolio-program.ts';
import type { LeastRisk } from './least-risk.ts';
import { boxOf, type RiskModel } from './risk-model.ts';
import type { NetReturn } from './trading.ts';

/** The portfolio in multiples of itself, where the best ratio is the least risk at a given excess. */
export interface MultiplesModel {
  readonly model: RiskModel;
  /** The variables of weights at a multiple of 1. */
  readonly from: (weights: Float64Array) => Float64Array;
  readonly weights: (x: Float64Array) => Float64Array;
  readonly multiple: (x: Float64Array) => number;
  /** Per asset and per row of the program: prices per unit of y, positive on the lower side. */
  readonly prices: (found: LeastRisk) => {
    boundMultipliers: Float64Array;
    rowMultipliers: Float64Array;
  };
}

/**
 * Variables are y_i - lower_i k for each asset, so that all lower bounds are 0, the amounts sold, and
 * last the multiple k, which holds the lower bounds.
 *
 * @param excess the return above the rate that the multiple shall have
 * @source Charnes and Cooper (1962); Stoyanov, Rachev and Fabozzi (2007)
 */
export function multiplesModel(
  program: PortfolioProgram,
  line: NetReturn,
  rate: number,
  excess: number,
): MultiplesModel {
  const box = boxOf(program);
  const n = box.lower.length;
  const k = n + line.sellers.length;
  const total = k + 1;
  const held = box.lower.some((low) => low !== 0) ? box.lower : null;
  const upper = new Float64Array(total).fill(Infinity);
  const rows: NamedRow[] = [];
  const over = (coefficients: Float64Array): Float64Array => {
    const all = new Float64Array(total);
    for (let i = 0; i < n; i++) {
      all[i] = coefficients[i];
      all[k] += coefficients[i] * box.lower[i];
    }
    return all;
  };
  const side = (name: string, a: Float64Array, sign: number, bound: number, most: number) => {
    const coefficients = a.map((value) => sign * value);
    coefficients[k] -= sign * bound;
    rows.push({ name, coefficients, lower: 0, upper: most });
    return { at: rows.length - 1, sign };
  };
  const rowSides = program.rows.map(({ name, coefficients, lower, upper: most }) => {
    const a = over(coefficients);
    if (lower === most) return [side(name, a, 1, lower, 0)];
    const sides: { at: number; sign: number }[] = [];
    if (lower > -Infinity) sides.push(side(name, a, 1, lower, Infinity));
    if (most < Infinity) sides.push(side(name, a, -1, most, Infinity));
    return sides;
  });
  const tops = Array.from(box.upper, (most, i) => {
    if (most === box.lower[i]) upper[i] = 0;
    if (box.implied[i] === 1 || upper[i] === 0) return null;
    const unit = new Float64Array(n);
    unit[i] = 1;
    return side(`maximum of ${program.names[i]}`, over(unit), -1, most, Infinity);
  });
  line.sellers.forEach((i, e) => {
    const unit = new Float64Array(n);
    unit[i] = 1;
    const coefficients = over(unit);
    coefficients[n + e] = 1;
    side(`sold ${program.names[i]}`, coefficients, 1, program.kinks!.at[i], Infinity);
  });
  const gain = over(line.slopes);
  line.lost.forEach((lost, e) => {
    gain[n + e] = -lost;
  });
  gain[k] += line.constant - rate;
  rows.push({ name: 'excess return', coefficients: gain, lower: excess, upper: excess });
  const cost = new Float64Array(total);
  // Where cash makes several multiples equally good, the smallest: the portfolio with the least cash.
  cost[k] = 1e-9;
  const model: RiskModel = {
    assets: n,
    lower: new Float64Array(total),
    upper,
    rows,
    holdings: [...line.sellers.map(() => null), held],
    cost,
  };
  return {
    model,
    from: (weights) => {
      const x = new Float64Array(total);
      for (let i = 0; i < n; i++) x[i] = Math.max(0, weights[i] - box.lower[i]);
      line.sellers.forEach((i, e) => {
        x[n + e] = Math.max(0, program.kinks!.at[i] - weights[i]);
      });
      x[k] = 1;
      return x;
    },
    weights: (x) => box.lower.map((low, i) => Math.min(low + x[i] / x[k], box.upper[i])),
    multiple: (x) => x[k],
    prices: ({ prices, reduced }) => ({
      boundMultipliers: Float64Array.from(tops, (top, i) => {
        const most = top === null ? 0 : prices[top.at];
        return most > 0 && most > reduced[i] ? -most : Math.max(reduced[i], 0);
      }),
      rowMultipliers: Float64Array.from(rowSides, (sides) =>
        sides.reduce((sum, one) => sum + one.sign * prices[one.at], 0),
      ),
    }),
  };
}
