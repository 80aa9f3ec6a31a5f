import { choleskyFactor } from './cholesky.ts';
import { partialDot } from './multiply.ts';
import type { QuadraticForm } from './quadratic-form.ts';

/** From this many members on, a factor made anew is made by the kernels. */
const many = 24;

/**
 * Cholesky factor L L' of a principal submatrix that gains and loses members one at a time, in
 * O(k^2) each. Rows of L follow `members`, and are packed: its memory grows with the members and not
 * with the matrix they come from.
 */
export class GrowingCholesky {
  /** Order of the submatrix. */
  size = 0;
  /** Indices into the full matrix, in the order of L's rows. */
  readonly members: Int32Array;
  /** Lower triangle: row i begins at i (i + 1) / 2. */
  private factor = new Float64Array(136);
  /** Room for the elements of the next member. */
  readonly entries: Float64Array;
  private carried = new Float64Array(16);
  private cosines = new Float64Array(16);
  private sines = new Float64Array(16);

  constructor(capacity: number) {
    this.members = new Int32Array(capacity);
    this.entries = new Float64Array(capacity);
  }

  /**
   * Adds a member of a matrix: one forward substitution.
   *
   * @param matrix capacity x capacity, row-major, positive semidefinite
   * @param shift added to every diagonal element of the matrix; positive
   * @returns as {@link appendEntries}
   */
  append(matrix: Float64Array, shift: number, index: number): number {
    const { size, members, entries } = this;
    const from = index * members.length;
    for (let i = 0; i < size; i++) entries[i] = matrix[from + members[i]];
    return this.appendEntries(entries, matrix[from + index] + shift, shift, index);
  }

  /**
   * Adds a member by its elements alone.
   *
   * @param entries the full matrix's elements between the new member and each present one
   * @param diagonal its own element, with any shift added
   * @param floor what the squared pivot is kept from falling below; positive
   * @returns the squared pivot before that; clearly negative when the matrix is not positive semidefinite
   */
  appendEntries(entries: Float64Array, diagonal: number, floor: number, index: number): number {
    const { size } = this;
    this.reserve(size + 1);
    const { factor } = this;
    const row = (size * (size + 1)) / 2;
    let pivot = diagonal;
    let left = 0;
    for (let i = 0; i < size; i++) {
      const value = (entries[i] - partialDot(factor, left, factor, row, i)) / factor[left + i];
      factor[row + i] = value;
      pivot -= value * value;
      left += i + 1;
    }
    // In exact arithmetic the pivot is at least the shift; rounding must not take it below.
    factor[row + size] = Math.sqrt(Math.max(pivot, floor));
    this.members[size] = index;
    this.size = size + 1;
    return pivot;
  }

  /**
   * Adds a member of a form.
   *
   * @returns as {@link appendEntries}
   */
  appendFrom(form: QuadraticForm, shift: number, index: number): number {
    form.entries(index, this.members, this.size, this.entries);
    return this.appendEntries(this.entries, form.diagonal[index] + shift, shift, index);
  }

  /**
   * Begins anew with several members of a form at once.
   *
   * @returns the member with the most negative pivot relative to its own element, as
   *   {@link appendEntries} tells it, or null when none is negative
   */
  refill(
    form: QuadraticForm,
    shift: number,
    indices: Int32Array,
  ): { readonly index: number; readonly pivot: number } | null {
    this.size = 0;
    if (indices.length >= many && this.refillByKernels(form, shift, indices)) return null;
    let worst: { index: number; pivot: number } | null = null;
    let least = 0;
    for (const index of indices) {
      const pivot = this.appendFrom(form, shift, index);
      const part = pivot / (form.diagonal[index] + shift);
      if (part < least) {
        least = part;
        worst = { index, pivot };
      }
    }
    return worst;
  }

  /** False when the submatrix is not positive definite enough for that. */
  private refillByKernels(form: QuadraticForm, shift: number, indices: Int32Array): boolean {
    const count = indices.length;
    const { members, entries } = this;
    const matrix = new Float64Array(count * count);
    for (let i = 0; i < count; i++) {
      members[i] = indices[i];
      form.entries(indices[i], members, i, entries);
      for (let j = 0; j < i; j++) matrix[i * count + j] = entries[j];
      matrix[i * count + i] = form.diagonal[indices[i]] + shift;
    }
    const made = choleskyFactor(matrix, count);
    if ('failedAt' in made) return false;
    this.reserve(count);
    for (let i = 0; i < count; i++)
      this.factor.set(made.factor.subarray(i * count, i * count + i + 1), (i * (i + 1)) / 2);
    this.size = count;
    return true;
  }

  /** Removes the member at a position: the rows below it take its column back in by rotations. */
  removeAt(position: number): void {
    const { members, factor, carried, cosines, sines } = this;
    const last = this.size - 1;
    for (let i = position; i < last; i++) {
      members[i] = members[i + 1];
      const from = ((i + 1) * (i + 2)) / 2;
      const to = (i * (i + 1)) / 2;
      carried[i] = factor[from + position];
      factor.copyWithin(to, from, from + position);
      factor.copyWithin(to + position, from + position + 1, from + i + 2);
    }
    this.size = last;
    for (let i = position; i < last; i++) {
      const row = (i * (i + 1)) / 2;
      let rest = carried[i];
      for (let j = position; j < i; j++) {
        const value = factor[row + j];
        factor[row + j] = cosines[j] * value + sines[j] * rest;
        rest = cosines[j] * rest - sines[j] * value;
      }
      const value = factor[row + i];
      const length = Math.sqrt(value * value + rest * rest);
      cosines[i] = value / length;
      sines[i] = rest / length;
      factor[row + i] = length;
    }
  }

  /** Solves L v = v in place on the first `size` numbers from `offset`. */
  forward(v: Float64Array, offset = 0): void {
    const { size, factor } = this;
    let row = 0;
    for (let i = 0; i < size; i++) {
      const at = offset + i;
      v[at] = (v[at] - partialDot(factor, row, v, offset, i)) / factor[row + i];
      row += i + 1;
    }
  }

  /** Solves L' v = v in place on the first `size` numbers. */
  backward(v: Float64Array): void {
    const { size, factor } = this;
    for (let i = size - 1; i >= 0; i--) {
      const row = (i * (i + 1)) / 2;
      const value = v[i] / factor[row + i];
      v[i] = value;
      for (let j = 0; j < i; j++) v[j] -= factor[row + j] * value;
    }
  }

  private reserve(size: number): void {
    const room = this.carried.length;
    if (size <= room) return;
    const next = Math.max(size, Math.min(2 * room, this.members.length));
    const factor = new Float64Array((next * (next + 1)) / 2);
    factor.set(this.factor);
    this.factor = factor;
    this.carried = new Float64Array(next);
    this.cosines = new Float64Array(next);
    this.sines = new Float64Array(next);
  }
}
