/**
 * A symmetric matrix as a solver needs it: single elements and products with sparse vectors. It need
 * never exist as n x n numbers.
 */
export interface QuadraticForm {
  readonly size: number;
  /** n numbers. */
  readonly diagonal: Float64Array;
  /** into[k] = element (index, members[k]) for the first `count` members. */
  entries(index: number, members: Int32Array, count: number, into: Float64Array): void;
  /** into += amount x M v, where v holds the first `count` values at their members and 0 elsewhere. */
  addProduct(
    members: Int32Array,
    values: Float64Array,
    count: number,
    amount: number,
    into: Float64Array,
  ): void;
}

/** @param matrix n x n, row-major, symmetric; read, never copied */
export function denseForm(matrix: Float64Array, n: number): QuadraticForm {
  const diagonal = new Float64Array(n);
  for (let i = 0; i < n; i++) diagonal[i] = matrix[i * n + i];
  return {
    size: n,
    diagonal,
    entries(index, members, count, into) {
      const row = index * n;
      for (let k = 0; k < count; k++) into[k] = matrix[row + members[k]];
    },
    addProduct(members, values, count, amount, into) {
      let k = 0;
      for (; k + 3 < count; k += 4) {
        const a = amount * values[k];
        const b = amount * values[k + 1];
        const c = amount * values[k + 2];
        const d = amount * values[k + 3];
        const p = members[k] * n;
        const q = members[k + 1] * n;
        const r = members[k + 2] * n;
        const s = members[k + 3] * n;
        for (let i = 0; i < n; i++)
          into[i] +=
            a * matrix[p + i] + b * matrix[q + i] + (c * matrix[r + i] + d * matrix[s + i]);
      }
      for (; k < count; k++) {
        const value = amount * values[k];
        if (value === 0) continue;
        const row = members[k] * n;
        for (let i = 0; i < n; i++) into[i] += value * matrix[row + i];
      }
    },
  };
}

/** Nothing but zeros: the objective of a linear program. */
export function zeroForm(n: number): QuadraticForm {
  return {
    size: n,
    diagonal: new Float64Array(n),
    entries: (_index, _members, count, into) => {
      into.fill(0, 0, count);
    },
    addProduct: () => undefined,
  };
}

/** A form times a number. */
export function scaledForm(form: QuadraticForm, scale: number): QuadraticForm {
  return {
    size: form.size,
    diagonal: form.diagonal.map((value) => scale * value),
    entries(index, members, count, into) {
      form.entries(index, members, count, into);
      for (let k = 0; k < count; k++) into[k] *= scale;
    },
    addProduct: (members, values, count, amount, into) =>
      form.addProduct(members, values, count, scale * amount, into),
  };
}

/** M v for a vector of n numbers; zeros of the vector cost nothing. */
export function product(form: QuadraticForm, vector: Float64Array): Float64Array {
  const n = vector.length;
  const members = new Int32Array(n);
  const values = new Float64Array(n);
  let count = 0;
  for (let i = 0; i < n; i++) {
    if (vector[i] === 0) continue;
    members[count] = i;
    values[count++] = vector[i];
  }
  const result = new Float64Array(n);
  form.addProduct(members, values, count, 1, result);
  return result;
}
