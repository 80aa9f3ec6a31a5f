import type { NamedRow } from '../../solvers/quadratic-program.ts';
import type { Problem } from '../problem.ts';
import type { ConvexFunction, ConvexProgram, ConvexSolution } from './convex-program.ts';
import { isFloor, type Requirement } from './requirement.ts';
import { solveConvex } from './solve-convex.ts';

/** How far each requirement has to give way. */
export interface GivenWay {
  /** Per requirement: how far it gives way; 0 for those that were not allowed to. */
  readonly ways: Float64Array;
  /** Per requirement: by how much the total would fall if it gave way by one unit more. */
  readonly prices: Float64Array;
  readonly total: number;
}

/** Somebody waits for this explanation: one that takes longer is none. */
const enough = 80;

/** Giving way by less is rounding. */
export const nothing = 1e-9;

/**
 * The smallest weighted total by which some requirements have to give way so that all can be met.
 *
 * @param weights per requirement: what one unit of giving way counts; Infinity for one that must not
 * @throws {Infeasible} when those that must not give way conflict by themselves
 */
export function giveWay(
  problem: Problem,
  requirements: readonly Requirement[],
  weights: readonly number[],
): GivenWay {
  const n = problem.assets.length;
  const soft = requirements.map((_, r) => r).filter((r) => weights[r] < Infinity);
  const size = n + soft.length;
  const variableOf = new Map(soft.map((r, s) => [r, n + s]));
  const lower = new Float64Array(size).fill(-Infinity).fill(0, n);
  const upper = new Float64Array(size).fill(Infinity);
  const linear = new Float64Array(size);
  for (const r of soft) linear[variableOf.get(r)!] = weights[r];
  const wide = (values: ArrayLike<number>, r?: number, sign = 0): Float64Array => {
    const row = new Float64Array(size);
    row.set(values);
    const variable = r === undefined ? undefined : variableOf.get(r);
    if (variable !== undefined) row[variable] = sign;
    return row;
  };
  const budget = { name: 'weights sum to 100 %', lower: 1, upper: 1 };
  const rows: NamedRow[] = [{ ...budget, coefficients: wide(new Float64Array(n).fill(1)) }];
  const limits: ConvexProgram['limits'][number][] = [];
  let turnover: ConvexProgram['turnover'];
  /** Where each requirement's multiplier is found. */
  const priceOf: ((solution: ConvexSolution) => number)[] = [];
  requirements.forEach((one, r) => {
    const variable = variableOf.get(r);
    const way = variable === undefined ? {} : { giveWay: variable };
    if (one.further?.key === 'turnover') {
      turnover = { from: problem.current!, most: one.bound, ...way };
      priceOf.push((solution) => solution.turnoverMultiplier);
    } else if (one.further !== undefined) {
      const j = limits.length;
      const measure = widened(one.further.measure, n, size);
      limits.push({ name: one.further.name, most: one.bound, measure, ...way });
      priceOf.push((solution) => solution.limitMultipliers[j]);
    } else if (variable === undefined && (one.kind === 'lower' || one.kind === 'upper')) {
      const sign = one.kind === 'lower' ? 1 : -1;
      (one.kind === 'lower' ? lower : upper)[one.index] = one.bound;
      priceOf.push((solution) => Math.max(0, sign * solution.boundMultipliers[one.index]));
    } else {
      const at = rows.length;
      const sign = isFloor(one) ? 1 : -1;
      const coefficients = wide(lineOf(problem, one), r, sign);
      const named = { name: one.limit, lowerName: one.limit, upperName: one.limit, coefficients };
      rows.push(
        sign > 0
          ? { ...named, lower: one.bound, upper: Infinity }
          : { ...named, lower: -Infinity, upper: one.bound },
      );
      priceOf.push((solution) => Math.max(0, sign * solution.rowMultipliers[at]));
    }
  });
  const program = (roundness: number): ConvexProgram => {
    const quadratic = new Float64Array(size * size);
    for (let i = 0; i < n; i++) quadratic[i * size + i] = roundness;
    const names = Array.from({ length: size }, (_, i) => problem.assets[i] ?? `way ${i - n}`);
    const base = { names, quadratic, linear, lower, upper, rows, limits };
    return turnover === undefined ? base : { ...base, turnover };
  };
  const read = (solution: ConvexSolution): GivenWay => {
    const ways = new Float64Array(requirements.length);
    let total = 0;
    for (const r of soft) {
      ways[r] = Math.max(0, solution.x[variableOf.get(r)!]);
      total += weights[r] * ways[r];
    }
    return { ways, total, prices: Float64Array.from(priceOf, (price) => price(solution)) };
  };
  // Where nothing has to give way, every allowed portfolio is as good as another, and nothing guides a
  // search among them; a slight preference for even weights does, and moves no limit.
  const guided = solveConvex(program(1e-4), undefined, enough);
  const found = read(guided);
  return found.total > nothing ? read(solveConvex(program(0), guided.x, enough)) : found;
}

function lineOf(problem: Problem, { kind, index }: Requirement): Float64Array {
  if (kind === 'target-return') return problem.expectedReturns;
  if (kind === 'row-lower' || kind === 'row-upper')
    return problem.limits.linear[index].coefficients;
  const unit = new Float64Array(problem.assets.length);
  unit[index] = 1;
  return unit;
}

/** A function of n weights as one of more variables. */
function widened(measure: ConvexFunction, n: number, size: number): ConvexFunction {
  if (size === n) return measure;
  const { addCurvature } = measure;
  const at = (x: Float64Array) => {
    const { value, gradient } = measure.at(x.subarray(0, n));
    const wide = new Float64Array(size);
    wide.set(gradient);
    return { value, gradient: wide };
  };
  if (addCurvature === undefined) return { at };
  return {
    at,
    addCurvature: (x, weight, into) => {
      const small = new Float64Array(n * n);
      addCurvature(x.subarray(0, n), weight, small);
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) into[i * size + j] += small[i * n + j];
    },
  };
}
