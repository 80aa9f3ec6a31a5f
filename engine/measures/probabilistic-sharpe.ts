import { EngineError } from '../errors.ts';
import { normalCdf } from '../normal.ts';
import { mean, needs, type Series } from './mean.ts';
import { sharpe } from './sharpe.ts';

/** Skewness and raw kurtosis (3 for a normal), both corrected for sample bias. */
export interface Shape {
  readonly skewness: number;
  readonly kurtosis: number;
}

/**
 * Sample skewness and raw kurtosis, bias-corrected (G1 and G2 + 3).
 *
 * @throws {EngineError} 'short-history' below four values; 'zero-variance' when they do not vary
 * @source Joanes and Gill (1998)
 */
export function shapeOf(values: Series): Shape {
  needs(values, 4);
  const n = values.length;
  const m = mean(values);
  let m2 = 0;
  let m3 = 0;
  let m4 = 0;
  for (let i = 0; i < n; i++) {
    const d = values[i] - m;
    m2 += d * d;
    m3 += d ** 3;
    m4 += d ** 4;
  }
  m2 /= n;
  m3 /= n;
  m4 /= n;
  if (!(m2 > 0)) throw new EngineError('zero-variance', 'The returns do not vary.', {});
  const g1 = m3 / m2 ** 1.5;
  const g2 = m4 / (m2 * m2) - 3;
  return {
    skewness: (g1 * Math.sqrt(n * (n - 1))) / (n - 2),
    kurtosis: ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * g2 + 6) + 3,
  };
}

/**
 * Probability that the true Sharpe ratio exceeds a benchmark, given length, skew and fat tails.
 *
 * @param returns fractions per period
 * @param benchmark Sharpe ratio per period
 * @returns 0 to 1
 * @throws {EngineError} 'short-history' below four returns; 'zero-variance' when they do not vary
 *   or the sample is too odd for the formula
 * @source Bailey and Lopez de Prado (2012), with the raw kurtosis
 */
export function probabilisticSharpe(returns: Series, benchmark = 0): number {
  const ratio = sharpe(returns, 1);
  const { skewness, kurtosis } = shapeOf(returns);
  const spread = 1 - skewness * ratio + ((kurtosis - 1) / 4) * ratio * ratio;
  if (!(spread > 0)) {
    throw new EngineError('zero-variance', 'Too few or too odd returns to judge the ratio by.', {
      spread,
    });
  }
  return normalCdf(((ratio - benchmark) * Math.sqrt(returns.length - 1)) / Math.sqrt(spread));
}
