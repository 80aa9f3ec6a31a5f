import { dot } from '../../linalg/multiply.ts';
import { product, type QuadraticForm } from '../../linalg/quadratic-form.ts';
import type { Descent } from './coordinate-descent.ts';

const mostSteps = 60;
const mostInner = 200;

/**
 * Minimises x'Qx/2 - sum of b_i ln x_i by Newton's method; each step is solved by conjugate gradients
 * scaled by the diagonal, whose matrix Q + diag(b/x^2) stays well conditioned however Q is: for
 * correlations that are not negative its scaled eigenvalues lie between 1 and 2 at the solution.
 *
 * @param form Q, m x m
 * @param budgets m positive numbers that sum to 1
 * @param start m positive numbers, overwritten
 * @source Spinu (2013), "An algorithm for computing risk parity weights"; Nocedal and Wright (2006),
 *   algorithm 7.1
 */
export function newtonDescent(
  form: QuadraticForm,
  budgets: Float64Array,
  start: Float64Array,
): Descent {
  const m = budgets.length;
  const x = start;
  const curvature = new Float64Array(m);
  const scale = new Float64Array(m);
  let best = Infinity;
  let products = 0;
  let rest = 0;
  for (let step = 0; step < mostSteps; step++) {
    const slope = product(form, x);
    products++;
    let error = 0;
    for (let i = 0; i < m; i++) {
      error = Math.max(error, Math.abs((x[i] * slope[i]) / budgets[i] - 1));
      curvature[i] = budgets[i] / (x[i] * x[i]);
      scale[i] = 1 / (curvature[i] + form.diagonal[i]);
      slope[i] = budgets[i] / x[i] - slope[i];
    }
    if (error <= 1e-13) return { x, sweeps: products, settled: true };
    // At rounding the error no longer falls.
    rest = error < best / 2 ? 0 : rest + 1;
    best = Math.min(best, error);
    if (best < 1e-10 && rest > 0) return { x, sweeps: products, settled: true };
    if (rest > 20) break;
    const inner = gradients(form, curvature, scale, slope, Math.min(0.01, error * error));
    products += inner.products;
    let room = 1;
    for (let i = 0; i < m; i++)
      if (inner.x[i] < 0) room = Math.min(room, (-0.9 * x[i]) / inner.x[i]);
    for (let i = 0; i < m; i++) x[i] += room * inner.x[i];
    if (!Number.isFinite(x[0])) break;
  }
  return { x, sweeps: products, settled: false };
}

/** Solves (Q + diag(curvature)) x = right, to a relative accuracy; `right` is overwritten. */
function gradients(
  form: QuadraticForm,
  curvature: Float64Array,
  scale: Float64Array,
  right: Float64Array,
  accuracy: number,
): { x: Float64Array; products: number } {
  const m = right.length;
  const x = new Float64Array(m);
  const scaled = right.map((r, i) => r * scale[i]);
  const direction = scaled.slice();
  let size = dot(right, scaled);
  const enough = size * Math.max(accuracy * accuracy, 1e-28);
  let products = 0;
  while (products < mostInner && size > enough) {
    const image = product(form, direction);
    products++;
    for (let i = 0; i < m; i++) image[i] += curvature[i] * direction[i];
    const length = size / dot(direction, image);
    if (!Number.isFinite(length)) break;
    for (let i = 0; i < m; i++) {
      x[i] += length * direction[i];
      right[i] -= length * image[i];
      scaled[i] = right[i] * scale[i];
    }
    const next = dot(right, scaled);
    const share = next / size;
    size = next;
    for (let i = 0; i < m; i++) direction[i] = scaled[i] + share * direction[i];
  }
  return { x, products };
}
