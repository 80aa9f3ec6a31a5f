import { EngineError } from '../../errors.ts';
import type { Solution, WorkingSet } from '../../solvers/quadratic-program.ts';
import { solveQuadraticProgram } from '../../solvers/solve.ts';
import {
  answerOf,
  broken,
  markTurned,
  modelChange,
  pricesOf,
  residualOf,
  searched,
  slopeScale,
} from './convergence.ts';
import type { ConvexProgram, ConvexSolution } from './convex-program.ts';
import {
  curvatureAt,
  modelAt,
  type Place,
  placeAt,
  type Tangent,
  tangentAt,
} from './local-model.ts';
import { rescaled } from './tiny-trades.ts';
import { pointInSpace, type TradeSpace, tradeSpace } from './trade-space.ts';

/** Residual at which an answer counts as proved, and the one that is worked for. */
const optimality = 1e-8;
const wanted = 1e-11;
const mostRounds = 200;

/**
 * Solves a convex program exactly by a sequence of quadratic ones (Newton on the optimality
 * conditions): each has the true slopes and curvatures at the last point and the tangents of the
 * convex limits, which never cut off an allowed point. Limits of flat pieces keep all their tangents.
 *
 * @param start n numbers within bounds and rows, to begin from
 * @param rounds how many programs may be solved
 * @throws {Infeasible} when bounds, rows and tangents conflict: then so do the limits
 * @throws {EngineError} 'not-converged' when the residual does not fall below 1e-8
 * @source Nocedal and Wright (2006), chapter 18; Kelley (1960) for flat pieces
 */
export function solveConvex(
  program: ConvexProgram,
  start?: Float64Array,
  rounds = mostRounds,
): ConvexSolution {
  const space = tradeSpace(program);
  const begun = begin(program, space, start);
  let { place, iterations } = begun;
  const slopes = slopeScale(program, place);
  const kept: Tangent[] = [];
  let multipliers = firstMultipliers(program, place, slopes);
  const turned = new Uint8Array(space.size);
  let best: ConvexSolution | null = null;
  let idle = 0;
  let penalty = 0;
  let warm: WorkingSet | undefined;
  keepTangents(program, space, place, kept);
  for (let round = 1; round <= rounds; round++) {
    const tangents = [...kept, ...smoothTangents(program, space, place)];
    const { matrix, bend } = curvatureAt(program, space, place, multipliers, turned, round < 3);
    const scale = bend > 0 ? bend : slopes;
    const { solution, workingSet } = solved(program, space, place, matrix, tangents, scale, warm);
    iterations += solution.iterations;
    warm = program.powers === undefined ? workingSet : undefined;
    const next = placeAt(program, space, solution.x);
    const prices = pricesOf(program, space, solution, tangents);
    const residual = residualOf(program, space, {
      place,
      next,
      curvature: matrix,
      solution,
      prices,
      slopes,
    });
    const halved = best === null || residual <= best.residual / 2;
    idle = halved ? 0 : idle + 1;
    if (best === null || residual < best.residual) {
      const step = { next, solution, prices, residual, iterations, rounds: round };
      best = answerOf(program, space, step);
    }
    if (best.residual <= wanted || (best.residual < optimality && idle >= 4)) return best;
    keepTangents(program, space, next, kept, idle > 2);
    const sharp = markTurned(space, place, next, turned);
    penalty = Math.max(penalty, 2 * Math.max(0, ...prices.limits));
    // A multiplier that comes and goes takes its curvature with it: then it goes slowly.
    const lasting = multipliers.map((v, j) => Math.max(prices.limits[j], halved ? 0 : v / 2));
    multipliers = withoutDust(lasting, place, slopes);
    const fall = penalty * broken(place) - modelChange(space, place, next, matrix);
    place = halved && !sharp ? next : searched(program, space, place, next, penalty, fall);
  }
  if (best !== null && best.residual < optimality) return best;
  throw new EngineError(
    'not-converged',
    `The limits were met only to ${best?.residual.toExponential(1)}; loosen the tightest of them slightly.`,
    { residual: best?.residual },
  );
}

function begin(
  program: ConvexProgram,
  space: TradeSpace,
  start: Float64Array | undefined,
): { place: Place; iterations: number } {
  const n = program.names.length;
  if (start !== undefined)
    return { place: placeAt(program, space, pointInSpace(space, n, start)), iterations: 0 };
  const bend = slopeScale(program);
  const { size } = space;
  const round = new Float64Array(size * size);
  for (let a = 0; a < size; a++) round[a * size + a] = bend;
  const origin = placeAt(program, space, new Float64Array(size));
  // The slopes at 0 of a norm are those of a ball: any will do to begin with.
  const model = modelAt(program, space, origin, round, []);
  const { x, iterations } = solveQuadraticProgram(model);
  return { place: placeAt(program, space, x), iterations };
}

/** A limit that is broken bends the first model; so does any limit on a straight objective. */
function firstMultipliers(program: ConvexProgram, place: Place, slopes: number): Float64Array {
  const straight = program.quadratic.every((v) => v === 0) && program.terms === undefined;
  return Float64Array.from(program.limits, (_, j) => {
    const steep = place.gradients[j].reduce((most, v) => Math.max(most, Math.abs(v)), 0);
    return (straight || place.excess[j] > 0) && steep > 0 ? slopes / steep : 0;
  });
}

/** A multiplier that bends the model by less than rounding would only spoil its scales. */
function withoutDust(multipliers: Float64Array, place: Place, slopes: number): Float64Array {
  return multipliers.map((price, j) => {
    const steep = place.gradients[j].reduce((most, v) => Math.max(most, Math.abs(v)), 0);
    return price * steep > 1e-7 * slopes ? price : 0;
  });
}

function smoothTangents(program: ConvexProgram, space: TradeSpace, place: Place): Tangent[] {
  const tangents: Tangent[] = [];
  program.limits.forEach(({ measure }, j) => {
    if (measure.addCurvature === undefined) return;
    if (place.gradients[j].some((v) => v !== 0)) tangents.push(tangentAt(program, space, place, j));
  });
  return tangents;
}

/** Flat pieces that a place breaks stay known; so do tangents of all limits when progress stalls. */
function keepTangents(
  program: ConvexProgram,
  space: TradeSpace,
  place: Place,
  kept: Tangent[],
  all = false,
): void {
  program.limits.forEach(({ measure }, j) => {
    if ((all || measure.addCurvature === undefined) && place.excess[j] > 0)
      kept.push(tangentAt(program, space, place, j));
  });
}

/** The model's answer; where rounding defeats it, that of one that bends a little more. */
function solved(
  program: ConvexProgram,
  space: TradeSpace,
  place: Place,
  matrix: Float64Array,
  tangents: readonly Tangent[],
  bend: number,
  warm: WorkingSet | undefined,
): { solution: Solution; workingSet: WorkingSet } {
  const { size } = space;
  for (let more = 1e-6; ; more *= 100) {
    try {
      const exact = modelAt(program, space, place, matrix, tangents);
      const model = rescaled(exact, matrix, space, bend);
      const begun = more > 1e-6 || warm === undefined ? {} : { warm };
      const found = solveQuadraticProgram(model.program, begun);
      return { solution: model.back(found), workingSet: found.workingSet };
    } catch (error) {
      const tired = error instanceof EngineError && error.code === 'not-converged' && more < 1;
      if (!tired) throw error;
      for (let a = 0; a < size; a++) matrix[a * size + a] += more * bend;
    }
  }
}
