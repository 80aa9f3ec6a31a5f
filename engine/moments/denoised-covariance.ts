import { EngineError } from '../errors.ts';
import { symmetricEigen } from '../linalg/eigen.ts';
import { gram } from '../linalg/gram.ts';
import { correlations, deviations, scaled } from './deviations.ts';
import { noiseEdge } from './noise-edge.ts';
import { observationCount } from './observations.ts';
import { sampleCovariance } from './sample-covariance.ts';

export interface DenoiseSettings {
  /** Leading components taken out as the market's common move, before rescaling; 0 by default. */
  readonly detoned?: number;
}

/** A covariance without the part of its correlations that chance explains. */
export interface Denoised {
  /** n x n, row-major, per observation period, with the sample's variances. */
  readonly covariance: Float64Array;
  /** Components of the correlation above the edge of noise. */
  readonly signals: number;
  /** Largest eigenvalue that chance alone would give. */
  readonly edge: number;
  /** True when components were taken out: the matrix is singular and cannot be inverted. */
  readonly singular: boolean;
}

/**
 * Covariance whose correlation keeps only components that stand out of noise: eigenvalues within the
 * Marchenko-Pastur law are replaced by their mean (constant residual eigenvalue), and correlations
 * are rescaled to ones on the diagonal. Detoned, the market component is taken out as well, which is
 * for clustering and not for inverting.
 *
 * @param returns m x n, row-major
 * @param names n symbols
 * @throws {EngineError} 'zero-variance' naming an asset; 'short-history'; 'bad-input' for a number of
 *   components to take out that leaves nothing of an asset
 * @source Laloux, Cizeau, Bouchaud and Potters (1999); Lopez de Prado (2020), "Machine Learning for
 *   Asset Managers", sections 2.5 and 2.6
 */
export function denoisedCovariance(
  returns: Float64Array,
  names: readonly string[],
  settings: DenoiseSettings = {},
): Denoised {
  const n = names.length;
  const { detoned = 0 } = settings;
  if (!(Number.isInteger(detoned) && detoned >= 0 && detoned < n)) {
    throw new EngineError('bad-input', `Take out 0 to ${n - 1} components, not ${detoned}.`, {
      detoned,
    });
  }
  const m = observationCount(returns, n, 2, names);
  const sample = sampleCovariance(returns, n, names);
  const deviation = deviations(sample, n, names);
  const { values, vectors } = symmetricEigen(correlations(sample, deviation), n);
  const { edge, signals } = noiseEdge(values, m);
  const noise = n - signals;
  let mean = 0;
  for (let k = 0; k < noise; k++) mean += Math.max(values[k], 0) / noise;
  // The mean times the identity has all components; signals stand above it, and what is taken out
  // loses it.
  const kept = Math.max(signals, detoned);
  const leading = (from: number, to: number) => components(vectors, n, n - to, n - from);
  // Where assets move as one nothing is noise, and rounding may take an eigenvalue below it.
  const above = values.slice(n - kept, n - detoned).map((value) => Math.max(0, value - mean));
  const rebuilt = gram(leading(detoned, kept), n, { weights: above });
  const out = gram(leading(0, detoned), n);
  for (let at = 0; at < rebuilt.length; at++)
    rebuilt[at] += (at % (n + 1) === 0 ? mean : 0) - mean * out[at];
  // What is left of an asset's variance is scaled up to all of it.
  const left = Float64Array.from(names, (asset, i) => {
    const share = rebuilt[i * n + i];
    if (share > 1e-12) return Math.sqrt(share);
    throw new EngineError(
      'bad-input',
      `Nothing of ${asset} is left without the leading ${detoned} components; take out fewer.`,
      { asset, detoned },
    );
  });
  return {
    covariance: scaled(correlations(rebuilt, left), deviation),
    signals,
    edge,
    singular: detoned > 0,
  };
}

/** Eigenvectors `from` to `to`, without the last, as rows. */
function components(vectors: Float64Array, n: number, from: number, to: number): Float64Array {
  return Float64Array.from(
    { length: (to - from) * n },
    (_, at) => vectors[(at % n) * n + from + Math.floor(at / n)],
  );
}
