import { dot } from '../linalg/multiply.ts';
import { product, type QuadraticForm } from '../linalg/quadratic-form.ts';

/** What the variables of a program in multiples stand for. */
export interface MultipleSpace {
  /** Assets. */
  readonly n: number;
  /** Per asset: the variable of its sold multiple (its own is then the bought one); -1 for most. */
  readonly soldAt: Int32Array;
  /** The split assets, in the order of their sold variables, which follow the assets. */
  readonly split: Int32Array;
  /** n weights a split asset starts from, 0 for the others. */
  readonly start: Float64Array;
  /** Variables: n, the sold ones, and last the multiple itself. */
  readonly size: number;
}

/** A form over weights, as it stands over multiples of them: k x = y, for split assets k start + bought - sold. */
export function homogeneousForm(covariance: QuadraticForm, space: MultipleSpace): QuadraticForm {
  const { n, split, start, size } = space;
  const scale = size - 1;
  const atStart = product(covariance, start);
  const startVariance = dot(atStart, start);
  const asset = (variable: number) => (variable < n ? variable : split[variable - n]);
  const diagonal = new Float64Array(size);
  for (let a = 0; a < scale; a++) diagonal[a] = covariance.diagonal[asset(a)];
  diagonal[scale] = startVariance;
  const members = new Int32Array(size);
  const values = new Float64Array(size);
  const moved = new Float64Array(n);
  return {
    size,
    diagonal,
    entries(index, others, count, into) {
      for (let k = 0; k < count; k++) members[k] = others[k] === scale ? 0 : asset(others[k]);
      const sign = index < n ? 1 : -1;
      if (index !== scale) covariance.entries(asset(index), members, count, into);
      for (let k = 0; k < count; k++) {
        const other = others[k];
        const otherSign = other < n ? 1 : -1;
        if (index === scale)
          into[k] = other === scale ? startVariance : otherSign * atStart[members[k]];
        else into[k] = other === scale ? sign * atStart[asset(index)] : sign * otherSign * into[k];
      }
    },
    addProduct(others, amounts, count, amount, into) {
      let used = 0;
      let multiple = 0;
      for (let k = 0; k < count; k++) {
        if (others[k] === scale) multiple = amount * amounts[k];
        else {
          members[used] = asset(others[k]);
          values[used++] = others[k] < n ? amount * amounts[k] : -amount * amounts[k];
        }
      }
      moved.fill(0);
      covariance.addProduct(members, values, used, 1, moved);
      let along = multiple * startVariance;
      for (let k = 0; k < used; k++) along += values[k] * atStart[members[k]];
      into[scale] += along;
      for (let i = 0; i < n; i++) into[i] += moved[i] + multiple * atStart[i];
      for (let s = 0; s < split.length; s++)
        into[n + s] -= moved[split[s]] + multiple * atStart[split[s]];
    },
  };
}
