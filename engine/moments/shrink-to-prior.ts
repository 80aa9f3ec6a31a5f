import { EngineError } from '../errors.ts';
import type { MeanEstimate } from './historical-mean.ts';

/** Means drawn toward a prior of their own, the noisier the further. */
export interface PriorShrunkMeans extends MeanEstimate {
  /** n weights of the prior, 0 (ignored) to 1 (all there is). */
  readonly intensities: Float64Array;
}

/**
 * James-Stein shrinkage toward given targets (empirical Bayes). True means are taken to scatter
 * around the prior with one variance for all, which the sample means themselves reveal; an asset
 * measured with much noise against that scatter is left at its prior.
 *
 * @param estimate n sample means and standard errors, per year
 * @param prior n prior means, per year
 * @returns standard errors are those of the shrunk means, the prior taken as known
 * @throws {EngineError} 'bad-input' when the sizes differ
 * @source Efron and Morris (1975); scatter by the moments of DerSimonian and Laird (1986)
 */
export function shrinkToPrior(estimate: MeanEstimate, prior: Float64Array): PriorShrunkMeans {
  const { means, standardErrors } = estimate;
  const n = means.length;
  if (prior.length !== n) {
    throw new EngineError('bad-input', `Give ${n} prior means, not ${prior.length}.`, {
      means: n,
      prior: prior.length,
    });
  }
  let spread = 0;
  let total = 0;
  for (let i = 0; i < n; i++) {
    const precision = 1 / (standardErrors[i] * standardErrors[i]);
    spread += precision * (means[i] - prior[i]) ** 2;
    total += precision;
  }
  const scatter = Math.max(0, (spread - n) / total);
  const intensities = standardErrors.map((error) => (error * error) / (error * error + scatter));
  return {
    intensities,
    means: means.map((mean, i) => mean + intensities[i] * (prior[i] - mean)),
    standardErrors: standardErrors.map((error, i) => error * Math.sqrt(1 - intensities[i])),
  };
}
