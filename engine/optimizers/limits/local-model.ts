import { dot, multiply } from '../../linalg/multiply.ts';
import type { NamedRow, QuadraticProgram } from '../../solvers/quadratic-program.ts';
import type { ConvexProgram } from './convex-program.ts';
import { inWords } from './further-limits.ts';
import { fromSpace, intoSpace, matrixInSpace, type TradeSpace } from './trade-space.ts';

/** Trades below this have the slope of none at all. */
const smallestTrade = 1e-18;

/** A tangent of a limit: below the limit everywhere, equal to it where it was drawn. */
export interface Tangent {
  readonly limit: number;
  readonly row: NamedRow;
}

/** What is known of the program at a point. */
export interface Place {
  readonly y: Float64Array;
  readonly x: Float64Array;
  /** Objective there, in full. */
  readonly objective: number;
  /** Slope of the smooth part of the objective over the space. */
  readonly slope: Float64Array;
  /** Per convex limit: its gradient over the program's variables, and by how much it is broken. */
  readonly gradients: readonly Float64Array[];
  readonly excess: Float64Array;
}

/** Evaluates the program at a point of its space. */
export function placeAt(program: ConvexProgram, space: TradeSpace, y: Float64Array): Place {
  const n = program.names.length;
  const x = fromSpace(space, n, y);
  const slopeX = multiply(program.quadratic, x);
  let objective = dot(slopeX, x) / 2 + dot(program.linear, x);
  for (let i = 0; i < n; i++) slopeX[i] += program.linear[i];
  for (const { weight, measure } of program.terms ?? []) {
    const { value, gradient } = measure.at(x);
    objective += weight * value;
    for (let i = 0; i < n; i++) slopeX[i] += weight * gradient[i];
  }
  const slope = intoSpace(space, n, slopeX).slice();
  for (let a = 0; a < space.size; a++) {
    objective += space.costs[a] * y[a];
    slope[a] += space.costs[a];
    const away = y[a] - space.powerAt[a];
    const root = Math.sqrt(Math.abs(away));
    objective += space.powerScale[a] * Math.abs(away) * root;
    slope[a] += 1.5 * space.powerScale[a] * Math.sign(away) * root;
    if (space.kinks !== undefined)
      objective += space.kinks.slope[a] * Math.abs(y[a] - space.kinks.at[a]);
  }
  const excess = new Float64Array(program.limits.length);
  const gradients = program.limits.map((limit, j) => {
    const { value, gradient } = limit.measure.at(x);
    const room = limit.giveWay === undefined ? 0 : x[limit.giveWay];
    excess[j] = value - limit.most - room;
    if (limit.giveWay !== undefined) gradient[limit.giveWay] -= 1;
    return gradient;
  });
  return { y, x, objective, slope, gradients, excess };
}

/** The tangent of a limit at a place. */
export function tangentAt(
  program: ConvexProgram,
  space: TradeSpace,
  place: Place,
  j: number,
): Tangent {
  const { name, most } = program.limits[j];
  const gradient = place.gradients[j];
  const upper = dot(gradient, place.x) - place.excess[j];
  const coefficients = intoSpace(space, program.names.length, gradient);
  const upperName = inWords({ name, most });
  return { limit: j, row: { name, coefficients, lower: -Infinity, upper, upperName } };
}

/**
 * Second derivatives over the space, with limits weighed by their multipliers; and the largest of
 * them before the powers are added.
 */
export function curvatureAt(
  program: ConvexProgram,
  space: TradeSpace,
  place: Place,
  multipliers: Float64Array,
  careful: Uint8Array,
  early: boolean,
): { matrix: Float64Array; bend: number } {
  const n = program.names.length;
  const full = program.quadratic.slice();
  for (const { weight, measure } of program.terms ?? [])
    measure.addCurvature?.(place.x, weight, full);
  program.limits.forEach(({ measure }, j) => {
    if (multipliers[j] > 0) measure.addCurvature?.(place.x, multipliers[j], full);
  });
  const matrix = matrixInSpace(space, n, full);
  let bend = 0;
  for (let a = 0; a < space.size; a++) bend = Math.max(bend, matrix[a * space.size + a]);
  for (let a = 0; a < space.size; a++) {
    if (!(space.powerScale[a] > 0)) continue;
    const away = Math.abs(place.y[a] - space.powerAt[a]);
    const root = Math.sqrt(Math.max(away, early ? 1e-6 : smallestTrade));
    // Twice the curvature lies above the power everywhere, so a step by it does not cross over.
    matrix[a * space.size + a] += ((careful[a] ? 1.5 : 0.75) * space.powerScale[a]) / root;
  }
  return { matrix, bend };
}

/** The quadratic program that agrees with the program at a place. */
export function modelAt(
  program: ConvexProgram,
  space: TradeSpace,
  place: Place,
  curvature: Float64Array,
  tangents: readonly Tangent[],
): QuadraticProgram {
  const n = program.names.length;
  const linear = place.slope.slice();
  for (let a = 0; a < space.size; a++) {
    let sum = 0;
    for (let b = 0; b < space.size; b++) sum += curvature[a * space.size + b] * place.y[b];
    linear[a] -= sum;
  }
  const rows: NamedRow[] = program.rows.map((row) => ({
    ...row,
    coefficients: intoSpace(space, n, row.coefficients),
  }));
  if (space.turnover !== undefined && program.turnover !== undefined) {
    const { most } = program.turnover;
    rows.push({
      name: 'turnover',
      coefficients: space.turnover.row,
      lower: -Infinity,
      upper: most + space.turnover.offset,
      upperName: inWords({ name: 'turnover', most }),
    });
  }
  for (const { row } of tangents) rows.push(row);
  return {
    names: Array.from({ length: space.size }, (_, a) =>
      a < n ? program.names[a] : `sale of ${program.names[space.sold[a - n]]}`,
    ),
    quadratic: curvature,
    linear,
    lower: space.lower,
    upper: space.upper,
    rows,
    ...(space.kinks === undefined ? {} : { kinks: space.kinks }),
  };
}
