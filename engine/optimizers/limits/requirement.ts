import { percent } from '../../percent.ts';
import type { Limits, Problem } from '../problem.ts';
import { type FurtherLimit, furtherLimits, inWords } from './further-limits.ts';

/** One side of one limit of a problem: what can conflict, and what can give way. */
export interface Requirement {
  /** In words: "maximum of SPY", "at most 60.0 % stocks", "volatility at most 10.0 %". */
  readonly limit: string;
  readonly bound: number;
  readonly kind: 'lower' | 'upper' | 'row-lower' | 'row-upper' | 'target-return' | 'further';
  /** Asset or linear limit that it is about; -1 for neither. */
  readonly index: number;
  readonly further?: FurtherLimit;
}

/**
 * Every limit of a problem, side by side. That weights sum to 1 is not among them: it cannot give way.
 *
 * @param method target return and target volatility count as limits of their methods
 */
export function requirementsOf(problem: Problem, method?: string): Requirement[] {
  const { assets, limits, targetReturn, targetVolatility } = problem;
  const found: Requirement[] = [];
  assets.forEach((asset, index) => {
    const [lower, upper] = [limits.lower[index], limits.upper[index]];
    if (lower > -Infinity)
      found.push({ limit: `minimum of ${asset}`, bound: lower, kind: 'lower', index });
    if (upper < Infinity)
      found.push({ limit: `maximum of ${asset}`, bound: upper, kind: 'upper', index });
  });
  limits.linear.forEach(({ name, lower, upper }, index) => {
    if (lower > -Infinity) {
      const limit = `at least ${percent(lower)} ${name}`;
      found.push({ limit, bound: lower, kind: 'row-lower', index });
    }
    if (upper < Infinity) {
      const limit = `at most ${percent(upper)} ${name}`;
      found.push({ limit, bound: upper, kind: 'row-upper', index });
    }
  });
  // On any measure of risk: target-return-cvar has the same target.
  if (method?.match(/^target-return(-|$)/) && targetReturn !== undefined) {
    const limit = 'target return';
    found.push({ limit, bound: targetReturn, kind: 'target-return', index: -1 });
  }
  const further = furtherLimits(problem).map((one) => asRequirement(inWords(one), one));
  if (method === 'target-volatility' && targetVolatility !== undefined) {
    const only = {
      ...problem,
      limits: { ...withoutFurther(limits), volatility: targetVolatility },
    };
    for (const one of furtherLimits(only)) further.push(asRequirement('target volatility', one));
  }
  return [...found, ...further];
}

function asRequirement(limit: string, further: FurtherLimit): Requirement {
  return { limit, bound: further.most, kind: 'further', index: -1, further };
}

function withoutFurther({ lower, upper, linear }: Limits): Limits {
  return { lower, upper, linear };
}

/** Whether it is a floor, which gives way downwards. */
export function isFloor({ kind }: Requirement): boolean {
  return kind === 'lower' || kind === 'row-lower' || kind === 'target-return';
}

/** The bound after giving way. */
export function loosened(one: Requirement, way: number): number {
  return isFloor(one) ? one.bound - way : one.bound + way;
}
