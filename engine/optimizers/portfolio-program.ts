import { EngineError } from '../errors.ts';
import type { NamedRow, QuadraticProgram } from '../solvers/quadratic-program.ts';
import { checkCovariance } from './covariance-form.ts';
import type { Problem } from './problem.ts';

/** The limits and trading costs of a problem as a program; each method adds its own objective. */
export type PortfolioProgram = Pick<
  QuadraticProgram,
  'names' | 'lower' | 'upper' | 'rows' | 'kinks'
>;

/**
 * Lays the limits of a problem out as a program: weights sum to 1, single bounds, named limits on
 * groups, and the cost of moving away from the present weights.
 *
 * @throws {EngineError} 'bad-input' when sizes disagree or a number is not finite
 */
export function portfolioProgram(problem: Problem): PortfolioProgram {
  const n = problem.assets.length;
  const { limits, current, tradingCosts } = problem;
  if (n === 0) throw bad('there are no assets; give at least one');
  checkNames(problem.assets);
  checkSize('expected returns', problem.expectedReturns, n);
  checkCovariance(problem);
  checkSize('lower limits', limits.lower, n);
  checkSize('upper limits', limits.upper, n);
  if (!Number.isFinite(problem.riskFree)) throw bad('the risk-free rate is not a number');
  if (tradingCosts !== undefined && current === undefined)
    throw bad('trading costs need the present weights; give current');
  const budget: NamedRow = {
    name: 'weights sum to 100 %',
    coefficients: new Float64Array(n).fill(1),
    lower: 1,
    upper: 1,
  };
  const rows = limits.linear.map((limit): NamedRow => {
    const named = { name: limit.name, coefficients: limit.coefficients };
    const { lower, upper } = limit;
    const lowerName = `${lower === upper ? 'exactly' : 'at least'} ${percent(lower)} ${limit.name}`;
    return {
      ...named,
      lower,
      upper,
      lowerName,
      upperName: `at most ${percent(upper)} ${limit.name}`,
    };
  });
  const base = {
    names: problem.assets,
    lower: limits.lower,
    upper: limits.upper,
    rows: [budget, ...rows],
  };
  if (current === undefined || tradingCosts === undefined) return base;
  checkSize('present weights', current, n);
  checkSize('trading costs', tradingCosts, n);
  return { ...base, kinks: { at: current, slope: tradingCosts } };
}

/** A fraction as people read it: 12.3 %. */
export function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(1)} %`;
}

/** The program's costs of moving, scaled to the unit of an objective. */
export function scaledKinks(
  program: PortfolioProgram,
  scale: number,
): Pick<QuadraticProgram, 'kinks'> {
  const { kinks } = program;
  if (kinks === undefined) return {};
  return { kinks: { at: kinks.at, slope: kinks.slope.map((k) => scale * k) } };
}

function checkNames(assets: readonly string[]): void {
  const first = new Map<string, number>();
  assets.forEach((asset, i) => {
    const before = first.get(asset);
    if (before !== undefined) {
      throw new EngineError(
        'duplicate-asset',
        `${asset} stands twice among the assets, at ${before + 1} and ${i + 1}; keep one.`,
        { asset, positions: [before, i] },
      );
    }
    first.set(asset, i);
  });
}

function bad(what: string): EngineError {
  return new EngineError('bad-input', `Cannot choose a portfolio: ${what}.`, {});
}

function checkSize(name: string, values: Float64Array, size: number): void {
  if (values.length !== size)
    throw bad(`${values.length} ${name} where ${size} are needed; give one for each`);
}
