import { EngineError } from '../../errors.ts';
import { percent } from '../../percent.ts';
import { multipliedOut } from '../multiplied-out.ts';
import type { Limits, Problem } from '../problem.ts';
import { cvarCut } from '../scenario/risk.ts';
import { confidenceOf, scenariosOf } from '../scenario/scenarios.ts';
import type { ConvexFunction, ConvexLimit } from './convex-program.ts';
import { norm } from './norm.ts';

/** A limit that is no line: its name as a person says it, and its measure of weights. */
export interface FurtherLimit {
  readonly key: 'turnover' | 'volatility' | 'trackingError' | 'conditionalValueAtRisk';
  readonly name: string;
  readonly most: number;
  readonly measure: ConvexFunction;
}

const names: Readonly<Record<FurtherLimit['key'], string>> = {
  turnover: 'turnover',
  volatility: 'volatility',
  trackingError: 'tracking error',
  conditionalValueAtRisk: 'conditional value at risk',
};

const keys = Object.keys(names) as FurtherLimit['key'][];

/**
 * The convex limits of a problem beyond its linear ones, checked.
 *
 * @throws {EngineError} 'bad-input' for a limit below 0 or not a number, or for numbers that it cannot be
 *   measured against; 'missing-parameter' when there are none
 */
export function furtherLimits(problem: Problem): FurtherLimit[] {
  const found: FurtherLimit[] = [];
  for (const key of keys) {
    const most = problem.limits[key];
    if (most === undefined || most === Infinity) continue;
    const name = names[key];
    // A tail may be asked to gain; nothing else is below 0.
    const least = key === 'conditionalValueAtRisk' ? -1 : key === 'turnover' ? 0 : Number.MIN_VALUE;
    if (!(most >= least)) {
      throw new EngineError(
        'bad-input',
        `The limit on ${name} is ${most}; give a fraction above 0, e.g. 0.1.`,
        { limit: key, most },
      );
    }
    found.push({ key, name, most, measure: measureOf(problem, key) });
  }
  return found;
}

/** In words: "volatility at most 10.0 %". */
export function inWords({ name, most }: { readonly name: string; readonly most: number }): string {
  return `${name} at most ${percent(most)}`;
}

/** The same problem with only what every method obeys: bounds and linear limits. */
export function withLinearLimitsOnly(problem: Problem): Problem {
  const { lower, upper, linear } = problem.limits;
  const { marketImpact: _, ...rest } = problem;
  return { ...rest, limits: { lower, upper, linear } };
}

/** Whether a problem asks for more than bounds and linear limits. */
export function asksForMore(limits: Limits): boolean {
  return (
    keys.some((key) => limits[key] !== undefined) ||
    limits.holdings !== undefined ||
    limits.smallestHolding !== undefined
  );
}

/** As convex limits of a program; turnover is not among them, it has variables of its own. */
export function convexLimits(limits: readonly FurtherLimit[]): ConvexLimit[] {
  return limits
    .filter(({ key }) => key !== 'turnover')
    .map(({ name, most, measure }) => ({ name, most, measure }));
}

function measureOf(problem: Problem, key: FurtherLimit['key']): ConvexFunction {
  const { assets, current, benchmark } = problem;
  switch (key) {
    case 'volatility':
      return norm(multipliedOut(problem));
    case 'trackingError':
      return norm(multipliedOut(problem), needed('benchmark', 'tracking error', benchmark, assets));
    case 'turnover':
      return distanceFrom(needed('current', 'turnover', current, assets));
    case 'conditionalValueAtRisk': {
      if (problem.scenarios === undefined) throw missing('scenarios', names[key]);
      // A tail of wrong numbers would keep no limit, or one that nobody gave.
      const scenarios = scenariosOf(problem);
      const confidence = confidenceOf(problem);
      return { at: (x) => cvarCut(scenarios, confidence, x) };
    }
  }
}

/** Sum of |x - from|, with the slope of standing still where nothing moves. */
function distanceFrom(from: Float64Array): ConvexFunction {
  return {
    at: (x) => {
      let value = 0;
      const gradient = new Float64Array(x.length);
      for (let i = 0; i < from.length; i++) {
        const way = x[i] - from[i];
        value += Math.abs(way);
        gradient[i] = Math.abs(way) > 1e-12 ? Math.sign(way) : 0;
      }
      return { value, gradient };
    },
  };
}

function needed(
  parameter: string,
  name: string,
  values: Float64Array | undefined,
  assets: readonly string[],
): Float64Array {
  if (values === undefined) throw missing(parameter, name);
  if (values.length !== assets.length) {
    throw new EngineError(
      'bad-input',
      `${values.length} weights in ${parameter} where ${assets.length} are needed; give one for each asset.`,
      { parameter },
    );
  }
  const wrong = values.findIndex((weight) => !Number.isFinite(weight));
  if (wrong >= 0) {
    throw new EngineError(
      'bad-input',
      `The weight of ${assets[wrong]} in ${parameter} is ${values[wrong]}; give a number.`,
      { parameter, asset: assets[wrong], value: values[wrong] },
    );
  }
  return values;
}

function missing(parameter: string, name: string): EngineError {
  return new EngineError(
    'missing-parameter',
    `A limit on ${name} needs ${parameter}; set ${parameter}.`,
    { parameter },
  );
}
