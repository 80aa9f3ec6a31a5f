import type { NamedRow } from '../../solvers/quadratic-program.ts';
import type { PortfolioProgram } from '../portfolio-program.ts';
import type { Problem } from '../problem.ts';
import { boxOf, type RiskModel } from './risk-model.ts';

/**
 * Return less trading costs as a straight line in weights and amounts sold: an asset whose present
 * weight lies inside its bounds pays k (w - w0 + 2 sold) with sold >= w0 - w and >= 0.
 */
export interface NetReturn {
  /** Per asset, and per unit of the whole: return less costs at no sale is slopes'w + constant. */
  readonly slopes: Float64Array;
  readonly constant: number;
  /** Assets with an amount sold of their own. */
  readonly sellers: readonly number[];
  /** Return lost per unit sold, by seller. */
  readonly lost: readonly number[];
}

export function netReturnLine(problem: Problem, program: PortfolioProgram): NetReturn {
  const slopes = problem.expectedReturns.slice();
  const sellers: number[] = [];
  const lost: number[] = [];
  let constant = 0;
  program.kinks?.slope.forEach((k, i) => {
    if (k === 0) return;
    const at = program.kinks!.at[i];
    // At or beyond a bound the asset is only ever bought, or only ever sold.
    const sign = at >= program.upper[i] ? -1 : 1;
    slopes[i] -= sign * k;
    constant += sign * k * at;
    if (at <= program.lower[i] || at >= program.upper[i]) return;
    sellers.push(i);
    lost.push(2 * k);
  });
  return { slopes, constant, sellers, lost };
}

/** The limits of a portfolio with a least return after costs as their last row. */
export function netReturnModel(
  program: PortfolioProgram,
  line: NetReturn,
  least: number,
): RiskModel {
  const n = program.lower.length;
  const total = n + line.sellers.length;
  const box = boxOf(program);
  const wide = (values: Float64Array): Float64Array => {
    const all = new Float64Array(total);
    all.set(values);
    return all;
  };
  const rows: NamedRow[] = program.rows.map((row) => ({
    ...row,
    coefficients: wide(row.coefficients),
  }));
  const lower = wide(box.lower);
  const upper = wide(box.upper);
  line.sellers.forEach((i, e) => {
    upper[n + e] = Math.max(program.kinks!.at[i] - box.lower[i], 0);
    const coefficients = new Float64Array(total);
    coefficients[i] = 1;
    coefficients[n + e] = 1;
    const name = `sold ${program.names[i]}`;
    rows.push({ name, coefficients, lower: program.kinks!.at[i], upper: Infinity });
  });
  const coefficients = wide(line.slopes);
  line.lost.forEach((lost, e) => {
    coefficients[n + e] = -lost;
  });
  rows.push({ name: 'return', coefficients, lower: least - line.constant, upper: Infinity });
  const implied = new Uint8Array(total);
  implied.set(box.implied);
  return { assets: n, lower, upper, rows, holdings: line.sellers.map(() => null), implied };
}

/** Weights with what is sold for them, as the variables of {@link netReturnModel}. */
export function withSales(
  program: PortfolioProgram,
  line: NetReturn,
  weights: Float64Array,
): Float64Array {
  const all = new Float64Array(weights.length + line.sellers.length);
  all.set(weights);
  line.sellers.forEach((i, e) => {
    all[weights.length + e] = Math.max(0, program.kinks!.at[i] - weights[i]);
  });
  return all;
}

/**
 * Prices of bounds on weights from those of all variables of {@link netReturnModel}: no more can be sold
 * than a minimum leaves, so what that is worth belongs to the minimum.
 */
export function ofWeights({ slopes, sellers }: NetReturn, reduced: Float64Array): Float64Array {
  const n = slopes.length;
  const prices = reduced.slice(0, n);
  sellers.forEach((i, e) => {
    prices[i] += Math.max(0, -reduced[n + e]);
  });
  return prices;
}
