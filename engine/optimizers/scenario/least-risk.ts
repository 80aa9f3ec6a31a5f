import { intoEnvelope } from './certificate.ts';
import { solveRiskProgram } from './interior-point.ts';
import { levelsIn, type RiskData, riskIn } from './risk-data.ts';
import { holdingsOf, type RiskModel } from './risk-model.ts';
import { Selection } from './selection.ts';

/** The least risk a model allows, with what proves it. */
export interface LeastRisk {
  /** M numbers. */
  readonly x: Float64Array;
  /** n weights, or multiples of them. */
  readonly weights: Float64Array;
  readonly risk: number;
  /** M slopes: gradient'x is never above the risk of x, for any x. */
  readonly gradient: Float64Array;
  /** Per row: risk saved by one unit of relaxation; positive on the lower side. */
  readonly prices: Float64Array;
  /** M reduced costs: gradient less what the rows' prices explain. */
  readonly reduced: Float64Array;
  /** No x in the model has less; -Infinity when a bound that counts is open. */
  readonly bound: number;
  readonly iterations: number;
}

const loose = 1e-3;
const tight = 1e-11;

/**
 * Least risk over a model, by an interior-point method on a selection of variables and periods that
 * grows until no other variable would lower the risk and no other period counts in it.
 *
 * @param start M numbers within the model: what is not selected stays where it is there
 * @source Dantzig and Wolfe (1960); Rockafellar and Uryasev (2000)
 */
export function leastRisk(data: RiskData, model: RiskModel, start: Float64Array): LeastRisk {
  const selection = new Selection(data, model, start);
  let iterations = 0;
  let precision = selection.complete ? tight : loose;
  let best: LeastRisk | null = null;
  for (let round = 0; round < 60; round++) {
    const point = solveRiskProgram(selection.program(), precision);
    iterations += point.iterations;
    const x = selection.expand(point.x);
    const found = proved(data, model, selection, x, point.shares, point.prices);
    const gap = found.risk - found.bound;
    if (precision === tight && (best === null || gap < best.risk - best.bound)) best = found;
    const grew = selection.grow(x, point.threshold, found);
    if (precision === tight && !grew) break;
    precision = grew && precision !== tight ? loose : tight;
  }
  return { ...atLeastZero(data, best!), iterations };
}

/** Where a measure is never negative and the prices prove less than that, 0 is the better bound. */
function atLeastZero({ measure }: RiskData, found: LeastRisk): LeastRisk {
  const canBeNegative = measure.path === 'loss' && measure.shape !== 'root-mean-square';
  if (canBeNegative || found.bound >= 0 || found.bound === -Infinity) return found;
  const nothing = (numbers: Float64Array) => new Float64Array(numbers.length);
  const { gradient, prices, reduced } = found;
  return {
    ...found,
    bound: 0,
    gradient: nothing(gradient),
    prices: nothing(prices),
    reduced: nothing(reduced),
  };
}

/** Carries dual numbers of the selection to all variables and rows, and bounds the risk by them. */
function proved(
  data: RiskData,
  model: RiskModel,
  selection: Selection,
  x: Float64Array,
  shares: Float64Array,
  rowPrices: Float64Array,
): LeastRisk {
  const { count, series, measure, unit } = data;
  const all = selection.allPeriods(shares);
  const size = intoEnvelope(measure, all, data.probabilities, data.tail);
  const prices = selection.allRows(rowPrices);
  for (let r = 0; r < prices.length; r++) prices[r] *= unit / size;
  const n = model.assets;
  const total = model.lower.length;
  const gradient = new Float64Array(total);
  for (let i = 0; i < n; i++) {
    const from = i * count;
    let sum = 0;
    for (let t = 0; t < count; t++) sum += series[from + t] * all[t];
    gradient[i] = -unit * sum;
  }
  model.holdings.forEach((holding, e) => {
    if (holding === null) return;
    for (let i = 0; i < n; i++) gradient[n + e] += holding[i] * gradient[i];
  });
  const reduced = gradient.slice();
  let bound = 0;
  model.rows.forEach((row, r) => {
    // A price on a side that is open proves nothing.
    if (prices[r] > 0 ? row.lower === -Infinity : row.upper === Infinity) prices[r] = 0;
    const price = prices[r];
    if (price === 0) return;
    bound += price * (price > 0 ? row.lower : row.upper);
    for (let j = 0; j < total; j++) reduced[j] -= price * row.coefficients[j];
  });
  for (let j = 0; j < total; j++) {
    const side = reduced[j] > 0 ? model.lower[j] : model.upper[j];
    if (reduced[j] !== 0) bound += reduced[j] * side;
  }
  const weights = holdingsOf(model, x);
  const risk = riskIn(data, levelsIn(data, weights));
  return { x, weights, risk, gradient, prices, reduced, bound, iterations: 0 };
}
