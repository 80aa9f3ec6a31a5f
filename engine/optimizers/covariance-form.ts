import { EngineError } from '../errors.ts';
import { factorForm } from '../linalg/factor-form.ts';
import { dot, quadraticForm } from '../linalg/multiply.ts';
import { denseForm, product, type QuadraticForm } from '../linalg/quadratic-form.ts';
import { checkFactorCovariance, checkSemidefinite } from '../linalg/semidefinite.ts';
import type { Problem } from './problem.ts';

/** A problem's covariance as solvers read it, whether given by numbers or by factors. */
export function covarianceForm({ covariance, factors, assets }: Problem): QuadraticForm {
  return factors === undefined
    ? denseForm(covariance, assets.length)
    : factorForm(factors, assets.length);
}

/** Variance per year of weights; never negative. */
export function varianceOf(problem: Problem, weights: Float64Array): number {
  const variance =
    problem.factors === undefined
      ? quadraticForm(problem.covariance, weights)
      : dot(product(covarianceForm(problem), weights), weights);
  return Math.max(0, variance);
}

/**
 * The one door of covariances: every method that measures risk by one passes it.
 *
 * @throws {EngineError} 'bad-input' when sizes disagree, a number is not finite or the matrix not
 *   symmetric; 'not-psd' with a portfolio of negative variance, whether or not an answer would hold it
 */
export function checkCovariance({ covariance, factors, assets }: Problem): void {
  const n = assets.length;
  if (factors === undefined) {
    checkSemidefinite(covariance, n, assets);
    return;
  }
  if (covariance.length !== 0) {
    throw new EngineError(
      'bad-input',
      'Cannot choose a portfolio: the covariance is given both by numbers and by factors; leave one out.',
      { length: covariance.length },
    );
  }
  checkFactorCovariance(factors, n, assets);
}
