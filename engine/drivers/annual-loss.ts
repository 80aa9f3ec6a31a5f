import { EngineError } from '../errors.ts';
import { conditionalValueAtRisk } from '../measures/conditional-value-at-risk.ts';
import { valueAtRisk } from '../measures/value-at-risk.ts';
import type { PricePanel } from '../panel.ts';
import { targetWeights } from '../rebalance/target-weights.ts';
import { normalTail } from '../stress/normal-tail.ts';

/** The loss of a bad year and how it was measured. */
export interface AnnualLoss {
  /** Mean loss of the worst years: a fraction, positive for a loss, negative for a gain. */
  readonly conditionalValueAtRisk: number;
  /** Loss that only the worst years exceed. */
  readonly valueAtRisk: number;
  readonly level: number;
  /** "historical": overlapping years of real returns; "parametric": a normal distribution. */
  readonly method: 'historical' | 'parametric';
  /** Overlapping years in the common history of the assets held. */
  readonly windows: number;
  /** Years of that history. */
  readonly years: number;
}

export interface AnnualLossSettings {
  readonly level?: number;
  /** Rows of a year; 252 without it. */
  readonly rowsPerYear?: number;
  /** Years of common history below which a normal distribution is assumed; 5 without it. */
  readonly leastYears?: number;
  /** What cash earns per year. */
  readonly cashRate?: number;
}

/**
 * Loss of a bad year (expected shortfall over one year) of a fixed mix: from every overlapping year
 * of the common history of the assets held, the mix restored daily, or from a normal distribution,
 * whichever is worse. History alone flatters what has only known good years; a normal distribution
 * alone does not know how bad a year can be. Overlapping years are not independent: with T years
 * there are about T separate ones, and the tail is known no better than that.
 *
 * @param panel n assets, cash not among them
 * @param weights n fractions of the panel's assets; what is missing to 1 is cash
 * @param expectedReturns n per year, for the parametric method
 * @param covariance n x n per year, for the parametric method
 * @throws {EngineError} 'bad-input' on sizes or weights
 */
export function annualLoss(
  panel: PricePanel,
  weights: Float64Array,
  expectedReturns: Float64Array,
  covariance: Float64Array,
  settings: AnnualLossSettings = {},
): AnnualLoss {
  const { level = 0.95, rowsPerYear = 252, leastYears = 5, cashRate = 0 } = settings;
  const target = targetWeights(weights, panel.assets);
  const n = target.length;
  if (expectedReturns.length !== n || covariance.length !== n * n) {
    throw new EngineError(
      'bad-input',
      `Give ${n} expected returns and an ${n} x ${n} covariance.`,
      {
        expectedReturns: expectedReturns.length,
        covariance: covariance.length,
      },
    );
  }
  const path = mixPath(panel, target, (1 + cashRate) ** (1 / rowsPerYear) - 1);
  const years = (path.length - 1) / rowsPerYear;
  const windows = Math.max(0, path.length - rowsPerYear);
  let expected = cashRate;
  let variance = 0;
  for (let i = 0; i < n; i++) {
    expected += target[i] * (expectedReturns[i] - cashRate);
    for (let j = 0; j < n; j++) variance += target[i] * target[j] * covariance[i * n + j];
  }
  const tail = normalTail(expected, Math.sqrt(Math.max(0, variance)), level);
  const parametric: AnnualLoss = { ...tail, method: 'parametric', windows, years };
  if (years < leastYears || windows < 1) return parametric;
  const returns = new Float64Array(windows);
  for (let t = 0; t < windows; t++) returns[t] = path[t + rowsPerYear] / path[t] - 1;
  const historical: AnnualLoss = {
    conditionalValueAtRisk: -conditionalValueAtRisk(returns, 1 - level),
    valueAtRisk: -valueAtRisk(returns, 1 - level),
    level,
    method: 'historical',
    windows,
    years,
  };
  const worse = historical.conditionalValueAtRisk >= parametric.conditionalValueAtRisk;
  return worse ? historical : parametric;
}

/** Value of the mix, restored to its weights at every close, over the common history. */
function mixPath(panel: PricePanel, target: Float64Array, cashReturn: number): Float64Array {
  const n = target.length;
  let first = 0;
  let cash = 1;
  const held: number[] = [];
  for (let j = 0; j < n; j++) {
    if (target[j] === 0) continue;
    held.push(j);
    first = Math.max(first, panel.firstRow[j]);
    cash -= target[j];
  }
  const path = new Float64Array(Math.max(1, panel.days.length - first));
  path[0] = 1;
  for (let t = 1; t < path.length; t++) {
    const row = (first + t) * n;
    let change = cash * cashReturn;
    for (const j of held)
      change += target[j] * (panel.prices[row + j] / panel.prices[row - n + j] - 1);
    path[t] = path[t - 1] * (1 + change);
  }
  return path;
}
