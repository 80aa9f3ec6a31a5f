import type { Relaxation } from '../../errors.ts';
import type { Limits, Problem } from '../problem.ts';
import { giveWay, nothing } from './give-way.ts';
import { loosened, type Requirement, requirementsOf } from './requirement.ts';

/** The nearest limits that can be met together. */
export interface RelaxedLimits {
  /** What gives way and to what; empty when the limits can be met as they are. */
  readonly changes: readonly Relaxation[];
  /** The weighted total of giving way. */
  readonly total: number;
  /** The problem with the new limits. */
  readonly problem: Problem;
}

/** What one unit of giving way counts unless told: a point of risk is worth five of weight. */
const price: Readonly<Record<string, number>> = {
  turnover: 0.5,
  volatility: 5,
  trackingError: 5,
  conditionalValueAtRisk: 5,
};

/**
 * The nearest limits that can be met together: the smallest weighted total of giving way. Limits on
 * single weights and groups, turnover, volatility, tracking error and CVaR may give way; that weights
 * sum to 1 and that nothing is sold short may not.
 *
 * @param weigh what one unit of giving way of a limit counts, from 0 up; Infinity keeps it as it is
 * @throws {Infeasible} when what may not give way conflicts by itself
 * @source Chinneck (2008), elastic programs
 */
export function relax(
  problem: Problem,
  weigh: (requirement: Requirement) => number = usual,
  method?: string,
): RelaxedLimits {
  const all = requirementsOf(problem, method);
  const weights = all.map((one) => (noShort(one) ? Infinity : weigh(one)));
  const { ways } = giveWay(problem, all, weights);
  const changes: (Relaxation & { requirement: Requirement })[] = [];
  let total = 0;
  all.forEach((requirement, r) => {
    if (!(ways[r] > nothing)) return;
    total += weights[r] * ways[r];
    const { limit, bound } = requirement;
    const to = outward(bound, loosened(requirement, ways[r]));
    changes.push({ limit, bound, to, requirement });
  });
  let next = problem;
  for (const { requirement, to } of changes) next = moved(next, requirement, to);
  return { changes: changes.map(({ requirement: _, ...one }) => one), total, problem: next };
}

/** To a ten-thousandth of a percent beyond, so that the new limits leave room for rounding. */
function outward(from: number, to: number): number {
  const parts = 1e6 * to;
  return (to > from ? Math.ceil(parts + 1e-3) : Math.floor(parts - 1e-3)) / 1e6;
}

function usual(one: Requirement): number {
  return one.further === undefined ? 1 : price[one.further.key];
}

function noShort({ kind, bound }: Requirement): boolean {
  return kind === 'lower' && bound === 0;
}

function moved(problem: Problem, one: Requirement, to: number): Problem {
  const { limits } = problem;
  const changed = (part: Partial<Limits>): Problem => ({
    ...problem,
    limits: { ...limits, ...part },
  });
  switch (one.kind) {
    case 'lower':
    case 'upper':
      return changed({ [one.kind]: limits[one.kind].map((v, i) => (i === one.index ? to : v)) });
    case 'row-lower':
    case 'row-upper': {
      const side = one.kind === 'row-lower' ? 'lower' : 'upper';
      return changed({
        linear: limits.linear.map((row, r) => (r === one.index ? { ...row, [side]: to } : row)),
      });
    }
    case 'target-return':
      return { ...problem, targetReturn: to };
    case 'further':
      return one.limit === 'target volatility'
        ? { ...problem, targetVolatility: to }
        : changed({ [one.further!.key]: to });
  }
}
