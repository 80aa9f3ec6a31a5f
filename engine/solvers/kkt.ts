import { product } from '../linalg/quadratic-form.ts';
import { formOf } from '../linalg/symmetric-matrix.ts';
import type { QuadraticProgram, Solution } from './quadratic-program.ts';

type Point = Pick<Solution, 'x' | 'boundMultipliers' | 'rowMultipliers' | 'costMultipliers'>;

/**
 * Largest relative violation of the optimality (KKT) conditions: stationarity, limits, signs and
 * complementarity, computed from the problem's own data and nothing the solver kept.
 *
 * Slopes are measured against the largest one in the problem (linear terms, costs, and the
 * largest element of Q times the largest weight), lengths against the largest weight or 1.
 *
 * @source Nocedal and Wright (2006), theorem 12.1 and section 16.1
 */
export function kktResidual(program: QuadraticProgram, point: Point): number {
  const { x, boundMultipliers, rowMultipliers, costMultipliers } = point;
  const n = x.length;
  let length = 1;
  let slope = 0;
  for (let i = 0; i < n; i++) {
    length = Math.max(length, Math.abs(x[i]));
    slope = Math.max(slope, Math.abs(program.linear[i]), program.kinks?.slope[i] ?? 0);
  }
  const form = formOf(program.quadratic, n);
  const stationarity = product(form, x);
  for (let i = 0; i < n; i++) {
    slope = Math.max(slope, form.diagonal[i] * length);
    stationarity[i] += program.linear[i] + costMultipliers[i] - boundMultipliers[i];
  }
  if (slope === 0) slope = 1;
  let worst = 0;
  const note = (violation: number) => {
    // A NaN must never look like a small violation.
    if (Number.isNaN(violation)) worst = Infinity;
    else if (violation > worst) worst = violation;
  };
  program.rows.forEach((row, r) => {
    let activity = 0;
    let size = 0;
    for (let i = 0; i < n; i++) {
      activity += row.coefficients[i] * x[i];
      size = Math.max(size, Math.abs(row.coefficients[i]));
      stationarity[i] -= rowMultipliers[r] * row.coefficients[i];
    }
    const scale = (size || 1) * length;
    note((row.lower - activity) / scale);
    note((activity - row.upper) / scale);
    const price = (rowMultipliers[r] * size) / slope;
    note(Math.min(price, (activity - row.lower) / scale));
    note(Math.min(-price, (row.upper - activity) / scale));
  });
  for (let i = 0; i < n; i++) {
    note(Math.abs(stationarity[i]) / slope);
    note((program.lower[i] - x[i]) / length);
    note((x[i] - program.upper[i]) / length);
    const price = boundMultipliers[i] / slope;
    note(Math.min(price, (x[i] - program.lower[i]) / length));
    note(Math.min(-price, (program.upper[i] - x[i]) / length));
    const cost = program.kinks?.slope[i] ?? 0;
    const away = program.kinks === undefined ? 0 : x[i] - program.kinks.at[i];
    note((Math.abs(costMultipliers[i]) - cost) / slope);
    note(Math.min((cost - costMultipliers[i]) / slope, away / length));
    note(Math.min((cost + costMultipliers[i]) / slope, -away / length));
  }
  return worst;
}
