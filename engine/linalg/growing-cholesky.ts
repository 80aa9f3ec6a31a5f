/**
 * Cholesky factor L L' of a principal submatrix that gains and loses members one at a time, in
 * O(k^2) each, without allocating. Rows of L follow `members`.
 */
export class GrowingCholesky {
  /** Order of the submatrix. */
  size = 0;
  /** Indices into the full matrix, in the order of L's rows. */
  readonly members: Int32Array;
  /** capacity x capacity, row-major; only the lower triangle of the first `size` rows is used. */
  readonly factor: Float64Array;
  readonly capacity: number;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.members = new Int32Array(capacity);
    this.factor = new Float64Array(capacity * capacity);
  }

  /**
   * Adds a member: one forward substitution.
   *
   * @param matrix capacity x capacity, row-major, positive semidefinite
   * @param shift added to every diagonal element of the matrix; positive
   * @returns the squared pivot before it is kept from falling below the shift; clearly negative when
   *   the matrix is not positive semidefinite
   */
  append(matrix: Float64Array, shift: number, index: number): number {
    const { size, members, factor, capacity } = this;
    const row = size * capacity;
    const from = index * capacity;
    let pivot = matrix[from + index] + shift;
    for (let i = 0; i < size; i++) {
      const left = i * capacity;
      let sum = matrix[from + members[i]];
      for (let j = 0; j < i; j++) sum -= factor[left + j] * factor[row + j];
      sum /= factor[left + i];
      factor[row + i] = sum;
      pivot -= sum * sum;
    }
    // In exact arithmetic the pivot is at least the shift; rounding must not take it below.
    factor[row + size] = Math.sqrt(Math.max(pivot, shift));
    members[size] = index;
    this.size = size + 1;
    return pivot;
  }

  /** Removes the member at a position and restores the triangle by rotations. */
  removeAt(position: number): void {
    const { members, factor, capacity } = this;
    const last = this.size - 1;
    for (let i = position; i < last; i++) {
      members[i] = members[i + 1];
      factor.copyWithin(i * capacity, (i + 1) * capacity, (i + 1) * capacity + i + 2);
    }
    this.size = last;
    for (let j = position; j < last; j++) {
      const a = factor[j * capacity + j];
      const b = factor[j * capacity + j + 1];
      const length = Math.hypot(a, b);
      const cos = a / length;
      const sin = b / length;
      factor[j * capacity + j] = length;
      for (let i = j + 1; i < last; i++) {
        const at = i * capacity + j;
        const x = factor[at];
        const y = factor[at + 1];
        factor[at] = cos * x + sin * y;
        factor[at + 1] = cos * y - sin * x;
      }
    }
  }

  /** Solves L v = v in place on the first `size` numbers from `offset`. */
  forward(v: Float64Array, offset = 0): void {
    const { size, factor, capacity } = this;
    for (let i = 0; i < size; i++) {
      const row = i * capacity;
      let sum = v[offset + i];
      for (let j = 0; j < i; j++) sum -= factor[row + j] * v[offset + j];
      v[offset + i] = sum / factor[row + i];
    }
  }

  /** Solves L' v = v in place on the first `size` numbers. */
  backward(v: Float64Array): void {
    const { size, factor, capacity } = this;
    for (let i = size - 1; i >= 0; i--) {
      const value = v[i] / factor[i * capacity + i];
      v[i] = value;
      const row = i * capacity;
      for (let j = 0; j < i; j++) v[j] -= factor[row + j] * value;
    }
  }
}
