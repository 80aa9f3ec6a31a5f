import { dot } from '../../linalg/multiply.ts';
import { solve } from '../scenario/dense-cholesky.ts';
import { solveSmall } from './solve-small.ts';

/**
 * What closes a Newton step on weights: the strength of the logarithms, which the sum of the weights
 * sets, and the prices of rows that hold with equality.
 */
export class Border {
  /** Moves of the strength and then of the equal rows' prices, after `close`. */
  readonly moves: Float64Array;
  private readonly m: number;
  private readonly size: number;
  /** Ones, then the equal rows: what the step's products with them must be. */
  private readonly rows: readonly Float64Array[];
  /** How the weights answer a unit of each unknown. */
  private readonly columns: readonly Float64Array[];

  /**
   * @param equal coefficients of the equal rows, m each
   * @param m weights
   * @param size of the system, at least m
   */
  constructor(equal: readonly Float64Array[], m: number, size: number) {
    this.m = m;
    this.size = size;
    this.rows = [new Float64Array(m).fill(1), ...equal];
    this.columns = this.rows.map(() => new Float64Array(size));
    this.moves = new Float64Array(this.rows.length);
  }

  /**
   * @param matrix the factorised system
   * @param gain m numbers: what a unit of strength adds to the right-hand side
   */
  factor(matrix: Float64Array, gain: Float64Array): void {
    const { rows, columns, size } = this;
    columns.forEach((column, c) => {
      column.fill(0);
      column.set(c === 0 ? gain : rows[c]);
      solve(matrix, size, column);
    });
  }

  /**
   * Adds to a step what the sum of the weights and the equal rows ask for. The strength moves by no more
   * than `most` down or twice that up: far from the end the sum says little about it.
   *
   * @param sum what the sum of the weights misses; null when the strength stays
   * @param missing what each equal row misses
   */
  close(step: Float64Array, sum: number | null, missing: readonly number[], most: number): void {
    const { size, columns, moves } = this;
    moves[0] = 0;
    if (sum !== null) this.solveFrom(0, step, [sum, ...missing]);
    const wanted = moves[0];
    if (sum === null || !(Math.abs(wanted) <= most)) {
      moves[0] = sum === null ? 0 : wanted > 0 ? 2 * most : -most;
      this.solveFrom(1, step, [0, ...missing]);
    }
    columns.forEach((column, c) => {
      for (let i = 0; i < size; i++) step[i] += moves[c] * column[i];
    });
  }

  /** Sets the moves from `first` on, those before being given. */
  private solveFrom(first: number, step: Float64Array, wanted: readonly number[]): void {
    const { rows, columns, moves, m } = this;
    const k = rows.length;
    const matrix = new Float64Array((k - first) ** 2);
    const right = new Float64Array(k - first);
    const of = (row: Float64Array, vector: Float64Array) => dot(row, vector.subarray(0, m));
    for (let r = first; r < k; r++) {
      right[r - first] = wanted[r] - of(rows[r], step);
      for (let c = 0; c < first; c++) right[r - first] -= moves[c] * of(rows[r], columns[c]);
      for (let c = first; c < k; c++)
        matrix[(r - first) * (k - first) + c - first] = of(rows[r], columns[c]);
    }
    solveSmall(matrix, right);
    moves.set(right, first);
  }
}
