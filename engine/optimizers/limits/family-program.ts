import { multiply } from '../../linalg/multiply.ts';
import type { NamedRow } from '../../solvers/quadratic-program.ts';
import { costPriceOf } from '../minimum-variance.ts';
import { multipliedOut } from '../multiplied-out.ts';
import { portfolioProgram } from '../portfolio-program.ts';
import type { Binding, Problem } from '../problem.ts';
import type { ConvexFunction, ConvexProgram } from './convex-program.ts';
import { convexLimits, furtherLimits, withLinearLimitsOnly } from './further-limits.ts';
import { norm } from './norm.ts';

/** A method's own aim as a convex program under all limits of a problem. */
export interface FamilyProgram {
  readonly program: ConvexProgram;
  /** Multiplier of the program to shadow price of the method. */
  readonly scale: number;
  readonly shadowUnit: Binding['shadowUnit'];
}

/** What a method minimises: variance weight, slopes, and what a unit of trading cost weighs. */
interface Aim {
  readonly variance: number;
  readonly linear: Float64Array;
  readonly costs: number;
  readonly rows?: readonly NamedRow[];
  /** A volatility limit of the method's own. */
  readonly target?: number;
  readonly scale: number;
  readonly shadowUnit: Binding['shadowUnit'];
}

const aims: Readonly<Record<string, (problem: Problem) => Aim>> = {
  'minimum-variance': (problem) => calm(problem),
  'target-return': (problem) => ({
    ...calm(problem),
    rows: [
      {
        name: 'target return',
        coefficients: problem.expectedReturns,
        lower: problem.targetReturn!,
        upper: Infinity,
      },
    ],
  }),
  'mean-variance-utility': (problem) => ({
    variance: problem.riskAversion!,
    linear: problem.expectedReturns.map((r) => -r),
    costs: 1,
    scale: 1,
    shadowUnit: 'utility',
  }),
  'target-volatility': (problem) => ({
    variance: 0,
    linear: problem.expectedReturns.map((r) => -r),
    costs: 1,
    target: problem.targetVolatility!,
    scale: 1,
    shadowUnit: 'return',
  }),
  'minimum-tracking-error': (problem) => ({
    ...calm(problem),
    linear: multiply(multipliedOut(problem), problem.benchmark!).map((v) => -v),
  }),
};

function calm(problem: Problem): Aim {
  const linear = new Float64Array(problem.assets.length);
  return { variance: 1, linear, costs: costPriceOf(problem), scale: 2, shadowUnit: 'variance' };
}

/** Whether a method of this name is solved here exactly, its own aim under all limits at once. */
export function inFamily(method: string): boolean {
  return Object.hasOwn(aims, method) || method === 'maximum-sharpe';
}

/** Another measure of risk in place of variance and volatility. */
export interface Risk {
  readonly square: ConvexFunction;
  readonly root: ConvexFunction;
}

/** The program of a method; null for one that is not in the table. */
export function familyProgram(method: string, problem: Problem, risk?: Risk): FamilyProgram | null {
  const aim = Object.hasOwn(aims, method) ? aims[method](problem) : null;
  if (aim === null) return null;
  const { variance, linear, costs, rows = [], target, scale, shadowUnit } = aim;
  const covariance = multipliedOut(problem);
  const base = limitedProgram(problem, costs);
  const own =
    target === undefined
      ? []
      : [{ name: 'target volatility', most: target, measure: risk?.root ?? norm(covariance) }];
  const zeros = new Float64Array(covariance.length);
  const objective =
    variance === 0
      ? { quadratic: zeros }
      : risk === undefined
        ? { quadratic: covariance.map((v) => variance * v) }
        : { quadratic: zeros, terms: [{ weight: variance / 2, measure: risk.square }] };
  const limits = [...own, ...base.limits];
  return {
    program: { ...base, ...objective, rows: [...base.rows, ...rows], linear, limits },
    scale,
    shadowUnit,
  };
}

/** All limits and costs of a problem, without an aim. */
export function limitedProgram(
  problem: Problem,
  costPrice: number,
): Omit<ConvexProgram, 'quadratic' | 'linear'> {
  const { current, marketImpact } = problem;
  const { kinks, ...base } = portfolioProgram(withLinearLimitsOnly(problem));
  const limits = furtherLimits(problem);
  const turnover = limits.find(({ key }) => key === 'turnover');
  const price = (costs: Float64Array) => costs.map((k) => costPrice * k);
  return {
    ...base,
    ...(kinks === undefined ? {} : { kinks: { at: kinks.at, slope: price(kinks.slope) } }),
    ...(marketImpact === undefined || current === undefined
      ? {}
      : { powers: { at: current, scale: price(marketImpact) } }),
    ...(turnover === undefined ? {} : { turnover: { from: current!, most: turnover.most } }),
    limits: convexLimits(limits),
  };
}
