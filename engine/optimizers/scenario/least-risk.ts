import { intoEnvelope } from './certificate.ts';
import { closeGap } from './close-gap.ts';
import { solveRiskProgram } from './interior-point.ts';
import { boundBy, type LeastRisk, type Proof } from './proof.ts';
import { levelsIn, type RiskData, riskIn } from './risk-data.ts';
import { holdingsOf, type RiskModel } from './risk-model.ts';
import { Selection } from './selection.ts';
import { seriesGradient } from './series-gradient.ts';

export type { LeastRisk } from './proof.ts';

const loose = 1e-3;
const tight = 1e-11;
/** Part of the risk beyond which a gap is closed by other means: well within what counts as proved. */
const open = 2e-7;

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
  let best: (LeastRisk & Proof) | null = null;
  for (let round = 0; round < 60; round++) {
    const point = solveRiskProgram(selection.program(), precision);
    iterations += point.iterations;
    const x = selection.expand(point.x);
    const found = proved(data, model, selection, x, point.shares, point.prices);
    const gap = found.risk - found.likely;
    if (precision === tight && (best === null || gap < best.risk - best.likely)) best = found;
    const grew = selection.grow(x, point.threshold, found);
    if (precision === tight && !grew) break;
    precision = grew && precision !== tight ? loose : tight;
  }
  const found = atLeastZero(data, { ...best!, iterations });
  // A point outside the limits has less risk than is possible: that gap is as open as any.
  const gapOf = (one: LeastRisk & Proof) => Math.abs(one.risk - one.likely);
  const wide = open * Math.max(Math.abs(found.risk), 1e-2 * data.unit);
  if (gapOf(found) <= wide + choice(data, model, found)) return found;
  const closed = atLeastZero(data, closeGap(data, model, found));
  return gapOf(closed) < gapOf(found) ? closed : found;
}

/** What costs that choose among equals take from the proof: no other method can close that. */
function choice({ unit }: RiskData, { cost }: RiskModel, { x }: LeastRisk): number {
  let sum = 0;
  cost?.forEach((one, j) => {
    sum += 4 * unit * one * Math.max(Math.abs(x[j]), 1);
  });
  return sum;
}

/** Where a measure is never negative and the prices prove less than that, 0 is the better bound. */
function atLeastZero({ measure }: RiskData, found: LeastRisk & Proof): LeastRisk & Proof {
  const canBeNegative = measure.path === 'loss' && measure.shape !== 'root-mean-square';
  if (canBeNegative || found.bound >= 0 || found.bound === -Infinity) return found;
  const nothing = (numbers: Float64Array) => new Float64Array(numbers.length);
  const { gradient, prices, reduced } = found;
  return {
    ...found,
    bound: 0,
    likely: 0,
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
): LeastRisk & Proof {
  const { measure, probabilities, tail, unit } = data;
  const all = selection.allPeriods(shares);
  const size = intoEnvelope(measure, all, probabilities, tail);
  const prices = selection.allRows(rowPrices);
  for (let r = 0; r < prices.length; r++) prices[r] *= unit / size;
  const weights = holdingsOf(model, x);
  const risk = riskIn(data, levelsIn(data, weights));
  const proof = boundBy(model, seriesGradient(data, model, all), prices, x);
  return { ...proof, x, weights, risk, iterations: 0 };
}
