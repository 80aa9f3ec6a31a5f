import { kernels, tileBytes } from './kernels.ts';

/** Rows packed at a time: two panels of 8 KiB and a block of 16 stay in the caches. */
const blockRows = 256;

/** How rows are taken before they are multiplied. */
export interface GramSettings {
  /** n numbers taken off each row; zeros when absent. */
  readonly centre?: Float64Array;
  /** m weights of rows, not negative; ones when absent. */
  readonly weights?: Float64Array;
}

/**
 * Sums over rows of w (x_i - c_i)(x_j - c_j) for every pair of columns. A pair's bits depend on its
 * two columns only, not on where they stand or what stands beside them.
 *
 * @param matrix m x n, row-major
 * @param n number of columns
 * @returns n x n, row-major, symmetric to the bit
 */
export function gram(matrix: Float64Array, n: number, settings: GramSettings = {}): Float64Array {
  const m = n === 0 ? 0 : matrix.length / n;
  const panels = (n + 3) >> 2;
  const packedAt = tileBytes(panels);
  const { memory, accumulate } = kernels(packedAt + blockRows * panels * 32);
  const tiles = new Float64Array(memory.buffer, 0, packedAt / 8);
  tiles.fill(0);
  const roots = settings.weights?.map(Math.sqrt);
  const centre = settings.centre ?? new Float64Array(n);
  for (let from = 0; from < m; from += blockRows) {
    const rows = Math.min(blockRows, m - from);
    const even = rows + (rows & 1);
    const packed = new Float64Array(memory.buffer, packedAt, even * panels * 4);
    pack(matrix, n, from, rows, centre, roots, packed);
    accumulate(packedAt, even * 32, panels, 0);
  }
  return unpack(tiles, n);
}

/** Rows into panels of four columns; what is missing of a panel or an even number of rows is 0. */
function pack(
  matrix: Float64Array,
  n: number,
  from: number,
  rows: number,
  centre: Float64Array,
  roots: Float64Array | undefined,
  packed: Float64Array,
): void {
  const even = rows + (rows & 1);
  if (even > rows || (n & 3) !== 0) packed.fill(0);
  for (let t = 0; t < rows; t++) {
    const row = (from + t) * n;
    const root = roots === undefined ? 1 : roots[from + t];
    for (let j = 0; j < n; j++)
      packed[(j >> 2) * even * 4 + t * 4 + (j & 3)] = root * (matrix[row + j] - centre[j]);
  }
}

/** Tiles of the lower half into a whole matrix. */
function unpack(tiles: Float64Array, n: number): Float64Array {
  const whole = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const p = i >> 2;
    const row = 8 * p * (p + 1) + (i & 3) * 4;
    for (let j = 0; j <= i; j++) {
      const value = tiles[row + (j >> 2) * 16 + (j & 3)];
      whole[i * n + j] = value;
      whole[j * n + i] = value;
    }
  }
  return whole;
}
