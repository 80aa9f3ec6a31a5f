import { EngineError, Infeasible } from '../../errors.ts';
import type { Allocation, Optimizer, Problem } from '../problem.ts';
import { explainLimits, underAllLimits } from './explain-limits.ts';
import { solveFamily } from './family.ts';
import { inFamily } from './family-program.ts';
import {
  asksForMore,
  type FurtherLimit,
  furtherLimits,
  withLinearLimitsOnly,
} from './further-limits.ts';
import { chooseHoldings } from './holdings.ts';
import { nearestTo } from './nearest.ts';
import { byOuterCuts, missed } from './outer-cuts.ts';
import { riskOutOfReach } from './risk-reach.ts';
import type { Score } from './score.ts';

export interface LimitOptions {
  /** The method's name, for one that has no answer without its further limits. */
  readonly method?: string;
  /** What the method makes least, for a limit on holdings; known for the mean-variance family. */
  readonly score?: Score;
  /** Most portfolios tried for a limit on holdings, 20,000 when absent. */
  readonly mostNodes?: number;
}

/**
 * Gives a method that obeys bounds and linear limits all limits of a problem: turnover, volatility,
 * tracking error, conditional value at risk, number and size of holdings, and the cost of market
 * impact. A problem without them gets the method's own answer, bit for bit; so does one whose limits
 * that answer keeps.
 *
 * - The mean-variance family is solved exactly, with every limit in one convex program.
 * - A rule (equal weight, hierarchical) moves to the nearest portfolio within the limits, and says so.
 * - Any other method is solved again with tangents of the limits it breaks, to 1e-9.
 *
 * @throws {Infeasible} naming the limits that conflict and the nearest that work
 * @throws {EngineError} 'unsupported-limit' for market impact or holdings beyond the family,
 *   'missing-parameter' without what a limit is measured against
 * @source Nocedal and Wright (2006), chapter 18; Kelley (1960)
 */
export function withLimits(optimizer: Optimizer, options: LimitOptions = {}): Optimizer {
  return (problem) => {
    const { limits } = problem;
    if (limits.holdings !== undefined || limits.smallestHolding !== undefined)
      return chooseHoldings((part) => convex(optimizer, part, options.method), problem, options);
    try {
      return convex(optimizer, problem, options.method);
    } catch (error) {
      if (!(error instanceof Infeasible)) throw error;
      // A target that is not named has not been looked at yet.
      const unnamed = !error.conflicts.some(({ limit }) => limit.startsWith('target '));
      const aimed = options.method?.startsWith('target-') === true;
      if (!asksForMore(limits) && !(aimed && unnamed)) throw error;
      throw underAllLimits(problem, error, options.method);
    }
  };
}

/** All limits but those on holdings. */
function convex(optimizer: Optimizer, problem: Problem, method?: string): Allocation {
  const impact = problem.marketImpact?.some((k) => k !== 0) === true;
  if (impact) checkImpact(problem);
  if (!asksForMore(problem.limits) && !impact) return optimizer(problem);
  const limits = furtherLimits(problem);
  const plain = withLinearLimitsOnly(problem);
  const free = answerTo(plain, optimizer, method);
  if (free === null) return explainedBy(problem, method!, () => solveFamily(method!, problem));
  if (!impact && meets(limits, free.weights)) return free;
  return explainedBy(problem, free.method, () =>
    limited(optimizer, { problem, plain, free, limits, impact }),
  );
}

/** The method's answer without further limits; null where the family has one only with them. */
function answerTo(plain: Problem, optimizer: Optimizer, method?: string): Allocation | null {
  try {
    return optimizer(plain);
  } catch (error) {
    const endless = error instanceof EngineError && error.code === 'unbounded';
    if (endless && method !== undefined && inFamily(method)) return null;
    throw error;
  }
}

/** A failure whose cause is that limits conflict is told as that. */
function explainedBy(problem: Problem, method: string, solve: () => Allocation): Allocation {
  try {
    return solve();
  } catch (error) {
    if (!(error instanceof EngineError) || !explained.has(error.code)) throw error;
    const plain = withLinearLimitsOnly(problem);
    throw (
      explanation(problem, method, error) ??
      riskOutOfReach(method, plain, furtherLimits(problem)) ??
      error
    );
  }
}

/** That the limits conflict stays known where the nearest that work are not found. */
function explanation(problem: Problem, method: string, cause: EngineError): Infeasible | null {
  try {
    return explainLimits(problem, method);
  } catch (error) {
    const tired = error instanceof EngineError && error.code === 'not-converged';
    if (tired && cause.code === 'infeasible') return null;
    throw error;
  }
}

/** Failures whose cause may be that the limits conflict. */
const explained: ReadonlySet<string> = new Set(['infeasible', 'not-converged', 'no-excess-return']);

interface Case {
  readonly problem: Problem;
  /** With bounds and linear limits only. */
  readonly plain: Problem;
  /** The method's answer to that. */
  readonly free: Allocation;
  readonly limits: readonly FurtherLimit[];
  readonly impact: boolean;
}

function limited(optimizer: Optimizer, { problem, plain, free, limits, impact }: Case): Allocation {
  const { method } = free;
  const tails = limits.every(({ key }) => key === 'conditionalValueAtRisk');
  // Trial ratios would learn the flat pieces of a tail again each time; tangents learn them once.
  if (inFamily(method) && (impact || !tails || method !== 'maximum-sharpe'))
    return solveFamily(method, problem, impact ? undefined : free.weights);
  if (impact) {
    throw new EngineError(
      'unsupported-limit',
      `${method} cannot weigh market impact; use mean-variance utility, or leave marketImpact out.`,
      { method },
    );
  }
  return free.certificate === 'rule'
    ? nearestTo(free, problem)
    : byOuterCuts(optimizer, plain, limits, free);
}

function meets(limits: readonly FurtherLimit[], weights: Float64Array): boolean {
  return limits.every(
    ({ measure, most }) =>
      measure.at(weights).value <= most + missed * Math.max(Math.abs(most), 1e-6),
  );
}

function checkImpact({ marketImpact, current, assets }: Problem): void {
  if (current === undefined) {
    throw new EngineError(
      'missing-parameter',
      'Market impact needs the present weights; set current.',
      {
        parameter: 'current',
      },
    );
  }
  const wrong = marketImpact!.findIndex((k) => !(k >= 0 && k < Infinity));
  if (wrong >= 0 || marketImpact!.length !== assets.length) {
    throw new EngineError(
      'bad-input',
      'Market impact is one number from 0 up for each asset; correct marketImpact.',
      { asset: assets[wrong], value: marketImpact![wrong], count: marketImpact!.length },
    );
  }
}
