import { opened } from './modules.ts';
import { wasm } from './spectral-wasm.ts';

/** What spectral.wat offers; places and lengths are bytes in its memory. */
interface Spectral {
  readonly memory: WebAssembly.Memory;
  readonly update: (
    row: number,
    stride: number,
    rows: number,
    length: number,
    v: number,
    w: number,
    u: number,
    y: number,
  ) => void;
  readonly reflect: (
    row: number,
    stride: number,
    rows: number,
    length: number,
    v: number,
    beta: number,
  ) => void;
  readonly rotate: (
    row: number,
    stride: number,
    count: number,
    turns: number,
    length: number,
  ) => void;
}

const spectral = opened<Spectral>(wasm);

/** A symmetric matrix as Q T Q' with T tridiagonal. */
export interface Tridiagonal {
  /** n numbers. */
  readonly diagonal: Float64Array;
  /** n numbers: number k stands beside k - 1 and k; the first is 0. */
  readonly beside: Float64Array;
  /**
   * Turns rows of Q': for step i of `count`, rows top - i and top - i + 1 by the i-th cosine and sine
   * of `turns`. Nothing when vectors were not asked for.
   */
  readonly rotate: (top: number, count: number, turns: Float64Array) => void;
  /** Q', n x n with rows `stride` apart; only until the kernels' next use. */
  readonly rows: Float64Array;
  readonly stride: number;
}

/**
 * Householder's reduction of a symmetric matrix, from its last row up.
 *
 * @param matrix n x n, row-major, symmetric, of elements near 1
 * @param vectors whether Q is wanted
 * @source Golub and Van Loan, Matrix Computations, section 8.3.1
 */
export function tridiagonal(matrix: Float64Array, n: number, vectors: boolean): Tridiagonal {
  const stride = (n + 3) & ~3;
  const bytes = stride * 8;
  // The matrix, then the reflections (or, without vectors, room for two), then four vectors.
  const kept = vectors ? n : 2;
  const reflectionsAt = n * bytes;
  const wAt = reflectionsAt + kept * bytes;
  const yAt = wAt + bytes;
  const turnsAt = yAt + bytes;
  const kernel = spectral(turnsAt + 2 * bytes);
  const whole = new Float64Array(kernel.memory.buffer, 0, (turnsAt + 2 * bytes) / 8);
  whole.fill(0);
  for (let i = 0; i < n; i++) whole.set(matrix.subarray(i * n, i * n + n), i * stride);
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(n);
  const betas = new Float64Array(n);
  const w = whole.subarray(wAt / 8, wAt / 8 + stride);
  const y = whole.subarray(yAt / 8, yAt / 8 + stride);
  const reflection = (k: number) => reflectionsAt + (vectors ? k : k & 1) * bytes;
  for (let k = n - 1; k >= 0; k--) {
    // The update of the step before is still owed: first to this row, then to those above with the
    // product that this step needs. In the first step it is zero.
    const before = reflection(k + 1 < n ? k + 1 : k);
    const row = whole.subarray(k * stride, k * stride + stride);
    if (k + 1 < n) {
      const v = whole.subarray(before / 8, before / 8 + stride);
      for (let j = 0; j <= k; j++) row[j] -= v[k] * w[j] + w[k] * v[j];
    }
    diagonal[k] = row[k];
    if (k === 0) break;
    const own = reflection(k);
    const u = whole.subarray(own / 8, own / 8 + stride);
    betas[k] = reflector(row, k, u, beside);
    const previous = k + 1 < n ? before : own;
    kernel.update(0, bytes, k * 8, k * 8, previous, wAt, own, yAt);
    project(u, y, w, k, betas[k]);
  }
  const rows = whole.subarray(0, n * stride);
  if (vectors) {
    rows.fill(0);
    for (let i = 0; i < n; i++) rows[i * stride + i] = 1;
    for (let k = 1; k < n; k++) {
      if (betas[k] !== 0) kernel.reflect(0, bytes, k, k * 8, reflection(k), betas[k]);
    }
  }
  const room = whole.subarray(turnsAt / 8, turnsAt / 8 + 2 * stride);
  const rotate = (top: number, count: number, turns: Float64Array) => {
    if (!vectors || count === 0) return;
    room.set(turns.subarray(0, 2 * count));
    kernel.rotate(top * bytes, bytes, count, turnsAt, bytes);
  };
  return { diagonal, beside, rotate, rows, stride };
}

/**
 * The reflection that leaves only the last of a row's first k numbers.
 *
 * @param u overwritten: k numbers, zeros behind
 * @returns 2 / u'u; 0 when there is nothing to reflect
 */
function reflector(row: Float64Array, k: number, u: Float64Array, beside: Float64Array): number {
  u.fill(0);
  let rest = 0;
  for (let j = 0; j < k - 1; j++) rest += row[j] * row[j];
  const last = row[k - 1];
  if (rest === 0) {
    beside[k] = last;
    return 0;
  }
  const length = Math.sqrt(rest + last * last);
  const left = last > 0 ? -length : length;
  beside[k] = left;
  for (let j = 0; j < k - 1; j++) u[j] = row[j];
  u[k - 1] = last - left;
  return 2 / (rest + u[k - 1] * u[k - 1]);
}

/** From y = A u to the w of the update A - u w' - w u'. */
function project(u: Float64Array, y: Float64Array, w: Float64Array, k: number, beta: number): void {
  let along = 0;
  for (let j = 0; j < k; j++) along += y[j] * u[j];
  const half = (beta * beta * along) / 2;
  w.fill(0);
  for (let j = 0; j < k; j++) w[j] = beta * y[j] - half * u[j];
}
