import type { QuadraticForm } from '../../linalg/quadratic-form.ts';

/**
 * Sum of share x form over the first variables of a program of `size`; variables beyond a form have no
 * part in it.
 */
export function summedForm(
  parts: readonly { readonly form: QuadraticForm; readonly share: number }[],
  size: number,
): QuadraticForm {
  const used = parts.filter(({ share }) => share !== 0);
  const diagonal = new Float64Array(size);
  for (const { form, share } of used)
    for (let i = 0; i < form.size; i++) diagonal[i] += share * form.diagonal[i];
  const entriesOf = new Float64Array(size);
  const inside = new Int32Array(size);
  const values = new Float64Array(size);
  const places = new Int32Array(size);
  return {
    size,
    diagonal,
    entries(index, members, count, into) {
      into.fill(0, 0, count);
      for (const { form, share } of used) {
        if (index >= form.size) continue;
        let own = 0;
        for (let k = 0; k < count; k++) {
          if (members[k] >= form.size) continue;
          inside[own] = members[k];
          places[own++] = k;
        }
        form.entries(index, inside, own, entriesOf);
        for (let k = 0; k < own; k++) into[places[k]] += share * entriesOf[k];
      }
    },
    addProduct(members, given, count, amount, into) {
      for (const { form, share } of used) {
        let own = 0;
        for (let k = 0; k < count; k++) {
          if (members[k] >= form.size) continue;
          inside[own] = members[k];
          values[own++] = given[k];
        }
        form.addProduct(inside, values, own, share * amount, into);
      }
    },
  };
}
