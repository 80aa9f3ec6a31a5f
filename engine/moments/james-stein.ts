import { EngineError } from '../errors.ts';
import type { MeanEstimate } from './historical-mean.ts';

/** Means drawn towards the grand mean, the noisier the further. */
export interface ShrunkMeans extends MeanEstimate {
  /** The precision-weighted mean of all assets, per year. */
  readonly grandMean: number;
  /** n weights of the grand mean, 0 (kept) to 1 (replaced). */
  readonly intensities: Float64Array;
}

/**
 * James-Stein shrinkage for unequal precisions (empirical Bayes). True means are taken to scatter
 * around the grand mean with a variance that the sample means themselves reveal; an asset whose
 * standard error is large against that scatter is drawn far, one measured well hardly moves.
 *
 * @param estimate n sample means and standard errors, per year
 * @returns standard errors of the shrunk means, with the grand mean's own uncertainty
 * @throws {EngineError} 'bad-input' for a standard error that is not positive
 * @source Efron and Morris (1975); scatter by the moments of DerSimonian and Laird (1986)
 */
export function jamesStein(estimate: MeanEstimate): ShrunkMeans {
  const { means, standardErrors } = estimate;
  const n = means.length;
  const wrong = standardErrors.findIndex((error) => !(error > 0 && error < Infinity));
  if (wrong >= 0) {
    throw new EngineError(
      'bad-input',
      `The standard error of mean ${wrong + 1} is ${standardErrors[wrong]}; only uncertain means are drawn to others, so leave it out.`,
      { index: wrong, value: standardErrors[wrong] },
    );
  }
  const precision = standardErrors.map((error) => 1 / (error * error));
  const total = precision.reduce((sum, p) => sum + p, 0);
  const squares = precision.reduce((sum, p) => sum + p * p, 0);
  const common = weightedMean(means, precision);
  let spread = 0;
  for (let i = 0; i < n; i++) spread += precision[i] * (means[i] - common) ** 2;
  const room = total - squares / total;
  // With one asset there is no scatter to learn from, and its own mean is the grand mean.
  const scatter = room > 0 ? Math.max(0, (spread - (n - 1)) / room) : 0;
  const combined = standardErrors.map((error) => 1 / (error * error + scatter));
  const grandMean = weightedMean(means, combined);
  const grandVariance = 1 / combined.reduce((sum, p) => sum + p, 0);
  const intensities = standardErrors.map((error) => (error * error) / (error * error + scatter));
  return {
    grandMean,
    intensities,
    means: means.map((mean, i) => mean + intensities[i] * (grandMean - mean)),
    standardErrors: standardErrors.map((error, i) =>
      Math.sqrt((1 - intensities[i]) * error * error + intensities[i] ** 2 * grandVariance),
    ),
  };
}

function weightedMean(values: Float64Array, weights: Float64Array): number {
  let top = 0;
  let bottom = 0;
  for (let i = 0; i < values.length; i++) {
    top += weights[i] * values[i];
    bottom += weights[i];
  }
  return top / bottom;
}
