import { factorise, forward, solve } from './dense-cholesky.ts';
import { gram } from './gram.ts';

/**
 * The linear system of one Newton step. Periods are eliminated first: their matrix M is diagonal, or
 * tridiagonal where levels run on from period to period. What remains is V'V + diagonal over the
 * variables (V = M^-1/2 B), bordered by the rows.
 */
export class NewtonSystem {
  /** The shape's scalars first, whose pivots are largest, then the variables. */
  readonly size: number;
  readonly count: number;
  readonly rowCount: number;
  /** In: B, size x count, one column after another. Kept whitened after `factor`. */
  readonly v: Float64Array;
  /** In: the diagonal of M, or of a chain's slacks; out: that of its factor. */
  readonly diagonal: Float64Array;
  /** In: a chain's links; out: the factor below its diagonal. */
  readonly below: Float64Array;
  private readonly matrix: Float64Array;
  private readonly rows: Float64Array;
  private readonly whitenedRows: Float64Array;
  private readonly border: Float64Array;
  /** Multiple of a row's own square that was added. */
  private readonly stiff: Float64Array;
  /** Rows that are equalities. */
  private readonly equal: Int32Array;

  constructor(size: number, count: number, rows: Float64Array, equal: Uint8Array) {
    const rowCount = equal.length;
    this.size = size;
    this.count = count;
    this.rowCount = rowCount;
    this.v = new Float64Array(size * count);
    this.diagonal = new Float64Array(count);
    this.below = new Float64Array(count);
    this.matrix = new Float64Array(size * size);
    this.rows = rows;
    this.stiff = new Float64Array(rowCount);
    this.equal = Int32Array.from([...equal.keys()].filter((r) => equal[r] === 1));
    this.whitenedRows = new Float64Array(this.equal.length * size);
    this.border = new Float64Array(this.equal.length ** 2);
  }

  /**
   * Factorises.
   *
   * @param add size numbers for the diagonal of the variables' matrix
   * @param corner adds to the matrix of the scalars, k x k
   * @param rowAdd rowCount numbers for the diagonal of the rows' matrix
   * @param variables how many of `size` the rows speak of
   */
  factor(
    chained: boolean,
    add: Float64Array,
    corner: Float64Array,
    rowAdd: Float64Array,
    variables: number,
  ): void {
    const { size, count, v, diagonal, matrix, rows, whitenedRows, border } = this;
    if (chained) this.factorChain();
    else for (let t = 0; t < count; t++) diagonal[t] = Math.sqrt(diagonal[t]);
    for (let j = 0; j < size; j++) this.whiten(v, j * count, chained);
    gram(v, size, count, matrix);
    const k = size - variables;
    for (let i = 0; i < variables; i++) matrix[(k + i) * (size + 1)] += add[i];
    for (let a = 0; a < k; a++)
      for (let b = 0; b <= a; b++) matrix[a * size + b] += corner[a * k + b];
    this.stiffen(rowAdd, variables);
    factorise(matrix, size);
    const { equal } = this;
    const equals = equal.length;
    for (let e = 0; e < equals; e++) {
      const at = e * size;
      whitenedRows.fill(0, at, at + size);
      for (let i = 0; i < variables; i++) whitenedRows[at + k + i] = rows[equal[e] * variables + i];
      forward(matrix, size, whitenedRows, at);
    }
    for (let e = 0; e < equals; e++) {
      for (let o = 0; o <= e; o++) {
        let sum = 0;
        for (let i = 0; i < size; i++)
          sum += whitenedRows[e * size + i] * whitenedRows[o * size + i];
        border[e * equals + o] = sum;
      }
    }
    factorise(border, equals);
  }

  /**
   * Cholesky factor of the chain L diag(below) L' + diag(diagonal), L the first differences. Worked
   * out by what each pivot exceeds its own link, which adds and never subtracts.
   */
  private factorChain(): void {
    const { count, diagonal, below } = this;
    let excess = diagonal[0];
    let last = 0;
    for (let t = 0; t < count; t++) {
      const link = below[t];
      const pivot = link + excess;
      diagonal[t] = Math.sqrt(pivot);
      below[t] = last;
      last = -link / diagonal[t];
      if (t + 1 < count) excess = diagonal[t + 1] + (link * excess) / pivot;
    }
  }

  /**
   * Adds a multiple of A'A for the equal rows. It changes no solution, because their steps are given,
   * but near the end it holds the directions that no period holds any more.
   */
  private stiffen(rowAdd: Float64Array, variables: number): void {
    const { size, rowCount, matrix, rows } = this;
    const k = size - variables;
    const add = (r: number) => {
      const at = r * variables;
      for (let i = 0; i < variables; i++) {
        const a = this.stiff[r] * rows[at + i];
        if (a === 0) continue;
        for (let j = 0; j <= i; j++) matrix[(k + i) * size + k + j] += a * rows[at + j];
      }
    };
    for (let r = 0; r < rowCount; r++) {
      if (rowAdd[r] === 0) continue;
      this.stiff[r] = 1 / rowAdd[r];
      add(r);
    }
    let stiffness = Infinity;
    for (let i = 0; i < variables; i++)
      stiffness = Math.min(stiffness, matrix[(k + i) * (size + 1)]);
    for (const r of this.equal) {
      this.stiff[r] = stiffness;
      add(r);
    }
  }

  /** M^-1/2 times numbers per period, in place. */
  whiten(a: Float64Array, offset: number, chained: boolean): void {
    const { count, diagonal, below } = this;
    if (!chained) {
      for (let t = 0; t < count; t++) a[offset + t] /= diagonal[t];
      return;
    }
    let last = 0;
    for (let t = 0; t < count; t++) {
      last = (a[offset + t] - below[t] * last) / diagonal[t];
      a[offset + t] = last;
    }
  }

  /** The transpose of {@link whiten}. */
  unwhiten(a: Float64Array, chained: boolean): void {
    const { count, diagonal, below } = this;
    if (!chained) {
      for (let t = 0; t < count; t++) a[t] /= diagonal[t];
      return;
    }
    let next = 0;
    for (let t = count - 1; t >= 0; t--) {
      next = (a[t] - (t + 1 < count ? below[t + 1] * next : 0)) / diagonal[t];
      a[t] = next;
    }
  }

  /**
   * Solves S step - A' dy = right, A step + rowAdd dy = rowRight.
   *
   * @param right size numbers; becomes the step
   * @param rowRight rowCount numbers; becomes dy
   */
  solve(right: Float64Array, rowRight: Float64Array): void {
    const { size, rowCount, matrix, rows, whitenedRows, border, stiff, equal } = this;
    const variables = rowCount > 0 ? rows.length / rowCount : 0;
    const k = size - variables;
    for (let r = 0; r < rowCount; r++) {
      const pull = stiff[r] * rowRight[r];
      if (pull === 0) continue;
      for (let i = 0; i < variables; i++) right[k + i] += pull * rows[r * variables + i];
    }
    forward(matrix, size, right);
    const prices = Float64Array.from(equal, (r, e) => {
      let sum = 0;
      for (let i = 0; i < size; i++) sum += whitenedRows[e * size + i] * right[i];
      return rowRight[r] - sum;
    });
    solve(border, equal.length, prices);
    prices.forEach((price, e) => {
      for (let i = 0; i < size; i++) right[i] += whitenedRows[e * size + i] * price;
    });
    for (let i = size - 1; i >= 0; i--) {
      const row = i * size;
      const value = right[i] / matrix[row + i];
      right[i] = value;
      for (let j = 0; j < i; j++) right[j] -= matrix[row + j] * value;
    }
    for (let r = 0; r < rowCount; r++) {
      let moved = 0;
      for (let i = 0; i < variables; i++) moved += rows[r * variables + i] * right[k + i];
      rowRight[r] = stiff[r] * (rowRight[r] - moved);
    }
    equal.forEach((r, e) => {
      rowRight[r] = prices[e];
    });
  }
}
