import { EngineError } from '../errors.ts';
import { choleskyFactor, choleskySolve } from '../linalg/cholesky.ts';
import { dot } from '../linalg/multiply.ts';
import { denseForm, product } from '../linalg/quadratic-form.ts';
import { checkSemidefinite } from '../linalg/semidefinite.ts';

/** What somebody expects of a mix of assets, per year: coefficients'returns = value, give or take. */
export interface ReturnView {
  /** n numbers: 1 for "SPY earns", 1 and -1 for "EFA beats SPY by". */
  readonly coefficients: Float64Array;
  /** Per year. */
  readonly value: number;
  /** Variance of the view's own error, per year squared. */
  readonly variance: number;
}

export interface BlackLittermanSettings {
  /** n expected returns per year that hold without views. */
  readonly prior: Float64Array;
  /** n x n covariance of returns per year, row-major. */
  readonly covariance: Float64Array;
  /** The prior means are uncertain by tau x covariance; 0.05 is customary, 1/T for T observations. */
  readonly tau: number;
}

export interface Posterior {
  /** n expected returns per year. */
  readonly expectedReturns: Float64Array;
  /** n x n, row-major: uncertainty of those means, M. */
  readonly meanCovariance: Float64Array;
  /** n x n, row-major: covariance of returns with that uncertainty in it, covariance + M. */
  readonly covariance: Float64Array;
}

/**
 * Expected returns that weigh a prior against views by how certain each is.
 *
 * mu = prior + tau C P' (P tau C P' + Omega)^-1 (Q - P prior); M = tau C - tau C P' (...)^-1 P tau C.
 * A view of variance 0 holds exactly.
 *
 * @throws {EngineError} 'bad-input' when sizes disagree, a number is none, tau is not positive or a
 *   variance negative, or when exact views repeat or contradict each other; 'not-psd'
 * @source Black and Litterman (1992); He and Litterman (1999)
 */
export function blackLitterman(
  { prior, covariance, tau }: BlackLittermanSettings,
  views: readonly ReturnView[],
): Posterior {
  const n = prior.length;
  const k = views.length;
  const unknown = prior.findIndex((mean) => !Number.isFinite(mean));
  if (unknown >= 0)
    throw bad(`the prior of asset ${unknown + 1} is ${prior[unknown]}`, { asset: unknown });
  checkSemidefinite(covariance, n);
  if (!(tau > 0 && tau < Infinity)) throw bad('tau must be positive', { tau });
  views.forEach(({ coefficients, value, variance }, v) => {
    if (coefficients.length !== n || !coefficients.every(Number.isFinite))
      throw bad(`view ${v + 1} is not one number an asset`, { n });
    if (!Number.isFinite(value) || !(variance >= 0 && variance < Infinity))
      throw bad(`view ${v + 1} has no finite value and variance`, { value, variance });
  });
  const form = denseForm(covariance, n);
  // Rows are tau C p, one a view.
  const spread = views.map(({ coefficients }) => product(form, coefficients).map((x) => tau * x));
  const inner = new Float64Array(k * k);
  for (let a = 0; a < k; a++) {
    for (let b = 0; b < k; b++) inner[a * k + b] = dot(views[a].coefficients, spread[b]);
    inner[a * k + a] += views[a].variance;
  }
  const solved = choleskyFactor(inner, k);
  if ('failedAt' in solved) {
    throw bad(
      `view ${solved.failedAt + 1} says nothing that can be weighed: it is exact and repeats or contradicts the views before it, or is about assets without risk`,
      { view: solved.failedAt },
    );
  }
  const surprise = Float64Array.from(
    views,
    ({ coefficients, value }) => value - dot(coefficients, prior),
  );
  const pull = choleskySolve(solved.factor, k, surprise);
  const expectedReturns = prior.slice();
  spread.forEach((row, v) => {
    for (let i = 0; i < n; i++) expectedReturns[i] += row[i] * pull[v];
  });
  const stacked = new Float64Array(k * n);
  spread.forEach((row, v) => {
    stacked.set(row, v * n);
  });
  const learnt = choleskySolve(solved.factor, k, stacked, n);
  const meanCovariance = covariance.map((value) => tau * value);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let v = 0; v < k; v++) sum += spread[v][i] * learnt[v * n + j];
      meanCovariance[i * n + j] -= sum;
      meanCovariance[j * n + i] = meanCovariance[i * n + j];
    }
  }
  return {
    expectedReturns,
    meanCovariance,
    covariance: covariance.map((value, at) => value + meanCovariance[at]),
  };
}

/**
 * The variance of a view by how far it may move the mean, as the customary choice: that of the prior
 * itself, tau p'Cp.
 *
 * @source He and Litterman (1999)
 */
export function priorViewVariance(
  coefficients: Float64Array,
  { covariance, tau }: Pick<BlackLittermanSettings, 'covariance' | 'tau'>,
): number {
  const form = denseForm(covariance, coefficients.length);
  return tau * dot(coefficients, product(form, coefficients));
}

/**
 * The variance of a view held with a confidence: alone, it moves the mean that share of the way from
 * the prior to the view.
 *
 * @param confidence 0 (not at all) to 1 (certain)
 * @throws {EngineError} 'bad-input' for a confidence of 0 or less, or above 1
 * @source Idzorek (2005); closed form of Walters (2014)
 */
export function idzorekViewVariance(
  coefficients: Float64Array,
  settings: Pick<BlackLittermanSettings, 'covariance' | 'tau'>,
  confidence: number,
): number {
  if (!(confidence > 0 && confidence <= 1)) {
    throw bad('a confidence lies above 0 and is at most 1', { confidence });
  }
  return (priorViewVariance(coefficients, settings) * (1 - confidence)) / confidence;
}

function bad(what: string, values: Record<string, unknown>): EngineError {
  return new EngineError('bad-input', `Cannot weigh the views: ${what}.`, values);
}
