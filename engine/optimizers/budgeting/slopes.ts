import type { FactorCovariance } from '../problem.ts';
import { submatrix } from './risky-part.ts';

/** The slope Qx of half a variance, kept up to date while single weights move. */
export interface Slopes {
  /** m variances. */
  readonly diagonal: Float64Array;
  /** Starts anew at x, which also removes the rounding of many moves. */
  refresh(x: Float64Array): void;
  /** The slope by one weight. */
  at(i: number): number;
  /** One weight moves by an amount: m steps, or as many as there are factors. */
  move(i: number, by: number): void;
  /** All slopes are multiplied, as when all weights are. */
  scale(by: number): void;
}

/** @param matrix n x n, row-major; the members' rows and columns are read */
export function denseSlopes(matrix: Float64Array, n: number, members: Int32Array): Slopes {
  const m = members.length;
  const q = m === n ? matrix : submatrix(matrix, n, members);
  const slope = new Float64Array(m);
  const diagonal = Float64Array.from({ length: m }, (_, i) => q[i * m + i]);
  return {
    diagonal,
    refresh(x) {
      for (let i = 0; i < m; i++) {
        let sum = 0;
        const row = i * m;
        for (let j = 0; j < m; j++) sum += q[row + j] * x[j];
        slope[i] = sum;
      }
    },
    at: (i) => slope[i],
    move(i, by) {
      const row = i * m;
      for (let j = 0; j < m; j++) slope[j] += by * q[row + j];
    },
    scale(by) {
      for (let i = 0; i < m; i++) slope[i] *= by;
    },
  };
}

/** @param factors of n assets, of which the members are read; nothing is multiplied out */
export function factorSlopes(
  { loadings, factorCovariance, specificVariance }: FactorCovariance,
  members: Int32Array,
): Slopes {
  const m = members.length;
  const k = loadings.length / specificVariance.length;
  const b = Float64Array.from({ length: m * k }, (_, at) => {
    const i = members[Math.floor(at / k)];
    return loadings[i * k + (at % k)];
  });
  const own = Float64Array.from(members, (i) => specificVariance[i]);
  // weighted = B F, so that a slope is weighted_i (B'x) + own_i x_i.
  const weighted = new Float64Array(m * k);
  const diagonal = own.slice();
  for (let i = 0; i < m; i++) {
    for (let g = 0; g < k; g++) {
      let sum = 0;
      for (let f = 0; f < k; f++) sum += b[i * k + f] * factorCovariance[f * k + g];
      weighted[i * k + g] = sum;
      diagonal[i] += sum * b[i * k + g];
    }
  }
  const exposure = new Float64Array(k);
  const weights = new Float64Array(m);
  return {
    diagonal,
    refresh(x) {
      exposure.fill(0);
      weights.set(x);
      for (let i = 0; i < m; i++) for (let g = 0; g < k; g++) exposure[g] += x[i] * b[i * k + g];
    },
    at(i) {
      let sum = own[i] * weights[i];
      for (let g = 0; g < k; g++) sum += weighted[i * k + g] * exposure[g];
      return sum;
    },
    move(i, by) {
      weights[i] += by;
      for (let g = 0; g < k; g++) exposure[g] += by * b[i * k + g];
    },
    scale(by) {
      for (let i = 0; i < m; i++) weights[i] *= by;
      for (let g = 0; g < k; g++) exposure[g] *= by;
    },
  };
}
