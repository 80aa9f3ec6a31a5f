import { EngineError } from '../errors.ts';

/**
 * Standard error of a portfolio's volatility estimated from its past returns, fat tails included:
 * the variance of a sample variance grows with the kurtosis.
 *
 * @param weights n fractions; what is missing to 1 is cash without risk
 * @param returns m x n simple returns, row-major
 * @param rowsPerYear 252 for trading days
 * @returns per year; 0 for a portfolio without risk
 * @throws {EngineError} 'bad-input' when the sizes differ, 'short-history' below three rows
 * @source Cramer, Mathematical Methods of Statistics (1946), 27.4
 */
export function volatilityError(
  weights: Float64Array,
  returns: Float64Array,
  rowsPerYear = 252,
): number {
  const n = weights.length;
  const m = returns.length / n;
  if (!Number.isInteger(m)) {
    throw new EngineError('bad-input', `${returns.length} returns do not fit ${n} weights.`, {
      returns: returns.length,
      weights: n,
    });
  }
  if (m < 3) throw new EngineError('short-history', 'Give at least three rows of returns.', { m });
  let mean = 0;
  const path = new Float64Array(m);
  for (let t = 0; t < m; t++) {
    let value = 0;
    for (let j = 0; j < n; j++) value += weights[j] * returns[t * n + j];
    path[t] = value;
    mean += value / m;
  }
  let second = 0;
  let fourth = 0;
  for (let t = 0; t < m; t++) {
    const square = (path[t] - mean) ** 2;
    second += square / m;
    fourth += square ** 2 / m;
  }
  if (second === 0) return 0;
  const kurtosis = fourth / second ** 2;
  return (Math.sqrt(second * rowsPerYear) / 2) * Math.sqrt((kurtosis - 1) / m);
}
