import type { GrowingCholesky } from '../linalg/growing-cholesky.ts';
import { partialDot } from '../linalg/multiply.ts';

/** A row whose remainder after orthogonalisation is below this part of itself adds nothing new. */
const independence = 1e-10;

/**
 * The minimum of a quadratic on a face: over the free variables, with the active rows kept. With
 * H = LL' it is a least-squares problem in the columns L^-1 a of the rows, solved by twice-applied
 * modified Gram-Schmidt, so that a free variable without variance costs no accuracy.
 *
 * @source Goldfarb and Idnani (1983), section 2; Bjorck (1996), section 2.4
 */
export class Face {
  /** In: free slopes, by position in the factor. Out: the step to the minimum. */
  readonly step: Float64Array;
  /** In: how far each active row is from its side. Out: its multiplier. */
  readonly multipliers: Float64Array;
  private readonly columns: Float64Array;
  private readonly triangle: Float64Array;
  private readonly overlaps: Float64Array;
  private readonly closing: Float64Array;
  private readonly independent: Uint8Array;
  private readonly n: number;
  private readonly m: number;

  constructor(n: number, m: number) {
    this.n = n;
    this.m = m;
    this.step = new Float64Array(n);
    this.multipliers = new Float64Array(m);
    this.columns = new Float64Array(m * n);
    this.triangle = new Float64Array(m * m);
    this.overlaps = new Float64Array(m);
    this.closing = new Float64Array(m);
    this.independent = new Uint8Array(m);
  }

  /**
   * Replaces `step` and `multipliers` by the minimum on the face.
   *
   * @param rows dense rows, m x n
   * @param active indices of the active rows, `count` of them
   */
  solve(factor: GrowingCholesky, rows: Float64Array, active: Int32Array, count: number): void {
    const { n, m, step, multipliers, columns, triangle, overlaps, closing, independent } = this;
    const size = factor.size;
    factor.forward(step);
    for (let a = 0; a < count; a++) {
      const column = a * n;
      const row = active[a] * n;
      for (let i = 0; i < size; i++) columns[column + i] = rows[row + factor.members[i]];
      factor.forward(columns, column);
      const whole = norm(columns, column, size);
      for (let b = 0; b < a; b++) triangle[b * m + a] = 0;
      for (let pass = 0; pass < 2; pass++) {
        for (let b = 0; b < a; b++) {
          if (independent[b] === 0) continue;
          const overlap = partialDot(columns, b * n, columns, column, size);
          triangle[b * m + a] += overlap;
          for (let i = 0; i < size; i++) columns[column + i] -= overlap * columns[b * n + i];
        }
      }
      const rest = norm(columns, column, size);
      independent[a] = rest > independence * whole ? 1 : 0;
      if (independent[a] === 0) continue;
      triangle[a * m + a] = rest;
      for (let i = 0; i < size; i++) columns[column + i] /= rest;
    }
    this.project(size, count);
    for (let a = 0; a < count; a++) {
      if (independent[a] === 0) continue;
      // Forward substitution for the part of the step that closes the rows' gaps.
      let gap = multipliers[a];
      for (let b = 0; b < a; b++) {
        if (independent[b] === 1) gap -= triangle[b * m + a] * closing[b];
      }
      closing[a] = gap / triangle[a * m + a];
    }
    for (let i = 0; i < size; i++) step[i] = -step[i];
    for (let a = 0; a < count; a++) {
      if (independent[a] === 0) continue;
      const column = a * n;
      for (let i = 0; i < size; i++) step[i] += closing[a] * columns[column + i];
    }
    for (let a = count - 1; a >= 0; a--) {
      if (independent[a] === 0) {
        multipliers[a] = 0;
        continue;
      }
      let sum = overlaps[a] + closing[a];
      for (let b = a + 1; b < count; b++) {
        if (independent[b] === 1) sum -= triangle[a * m + b] * multipliers[b];
      }
      multipliers[a] = sum / triangle[a * m + a];
    }
    factor.backward(step);
  }

  /** Takes the rows' span out of `step`, keeping the overlaps. */
  private project(size: number, count: number): void {
    const { n, step, columns, overlaps, independent } = this;
    overlaps.fill(0);
    for (let pass = 0; pass < 2; pass++) {
      for (let a = 0; a < count; a++) {
        if (independent[a] === 0) continue;
        const overlap = partialDot(columns, a * n, step, 0, size);
        overlaps[a] += overlap;
        for (let i = 0; i < size; i++) step[i] -= overlap * columns[a * n + i];
      }
    }
  }
}

function norm(a: Float64Array, from: number, size: number): number {
  return Math.sqrt(partialDot(a, from, a, from, size));
}
