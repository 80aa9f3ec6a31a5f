import { EngineError } from '../errors.ts';
import { percent } from '../percent.ts';
import type { NamedRow, QuadraticProgram } from '../solvers/quadratic-program.ts';
import { checkProblem } from './check-problem.ts';
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
 * @throws {EngineError} as {@link checkProblem}
 */
export function portfolioProgram(problem: Problem): PortfolioProgram {
  const n = problem.assets.length;
  const { limits, current, tradingCosts } = problem;
  checkProblem(problem);
  refuseFurther(problem);
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
  return { ...base, kinks: { at: current, slope: tradingCosts } };
}

const further = [
  'turnover',
  'volatility',
  'trackingError',
  'conditionalValueAtRisk',
  'holdings',
  'smallestHolding',
] as const;

/** What a method alone would overlook takes `optimize`, or `withLimits`. */
function refuseFurther({ limits, marketImpact }: Problem): void {
  const limit = further.find((key) => limits[key] !== undefined);
  const impact = marketImpact?.some((k) => k !== 0) === true ? 'marketImpact' : undefined;
  const overlooked = limit ?? impact;
  if (overlooked === undefined) return;
  throw new EngineError(
    'unsupported-limit',
    `A method alone keeps bounds and linear limits, not ${overlooked}; call it by optimize, which adds the others.`,
    { limit: overlooked },
  );
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
