import { type Conflict, EngineError, type InfeasibilityProof, Infeasible } from '../errors.ts';
import { percent } from '../percent.ts';
import { findCertificate } from '../solvers/farkas.ts';
import { portfolioProgram } from './portfolio-program.ts';
import type { Binding, Limits, Problem } from './problem.ts';

/** A target that the limits put out of reach. */
export interface Target {
  readonly name: 'target return' | 'target volatility';
  readonly bound: number;
  /** How near the limits let it come. */
  readonly reachable: number;
  /** How near it comes under other limits. */
  readonly reach: (problem: Problem) => number;
}

/**
 * Says which limits keep a target out of reach: of those with a price at the nearest point a set of which
 * none can be left out, and for each the nearest bound that would bring the target within reach alone.
 */
export function targetConflict(
  problem: Problem,
  target: Target,
  binding: readonly Binding[],
): Infeasible {
  const named = needed(problem, target, binding);
  const conflicts: Conflict[] = [
    { limit: target.name, bound: target.bound, wouldWork: target.reachable },
    ...named.map(
      (one): Conflict => ({
        limit: one.asset === undefined ? sideName(one) : one.limit,
        bound: one.bound,
        wouldWork: nearestBound(problem, target, one),
      }),
    ),
  ];
  const others = conflicts.slice(1);
  const because =
    others.length === 0 ? '' : `, held there by ${list(others.map((one) => one.limit))}`;
  const nearest = percent(target.reachable);
  const message =
    target.name === 'target return'
      ? `Infeasible: a ${target.name} of ${percent(target.bound)} is out of reach; the highest is ${nearest}${because}; lower the target or loosen a limit.`
      : `Infeasible: a ${target.name} of ${percent(target.bound)} is out of reach; the lowest is ${nearest}${because}; raise the target or loosen a limit.`;
  return new Infeasible(message, conflicts, proofOf(problem, target));
}

/** The Farkas proof that a return is out of reach; a volatility's is no linear one. */
function proofOf(problem: Problem, target: Target): InfeasibilityProof | undefined {
  if (target.name !== 'target return') return undefined;
  const program = portfolioProgram(problem);
  const reached = {
    name: target.name,
    coefficients: problem.expectedReturns,
    lower: target.bound,
    upper: Infinity,
  };
  const certificate = findCertificate({ ...program, rows: [...program.rows, reached] });
  if (certificate === null) return undefined;
  const { name, bound, reachable } = target;
  return { certificate, relaxation: [{ limit: name, bound, to: reachable }] };
}

function sideName(binding: Binding): string {
  return `${binding.kind === 'at-least' ? 'at least' : 'at most'} ${percent(binding.bound)} ${binding.limit}`;
}

function list(names: readonly string[]): string {
  return names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/**
 * The limits without which the target would be reached. One that can be left out while the target stays
 * out of reach has no part in the conflict. That nothing is sold short goes without saying, and stays.
 */
function needed(problem: Problem, target: Target, binding: readonly Binding[]): Binding[] {
  let rest = problem;
  return binding
    .filter((one) => !(one.kind === 'lower' && one.bound === 0))
    .filter((one) => {
      const floor = one.kind === 'lower' && one.bound > 0 ? 0 : -Infinity;
      const open = one.kind === 'upper' || one.kind === 'at-most' ? Infinity : floor;
      const without = { ...rest, limits: withBound(rest, one, open) };
      if (isReached(without, target)) return true;
      rest = without;
      return false;
    });
}

function isReached(problem: Problem, target: Target): boolean {
  try {
    const value = target.reach(problem);
    return target.name === 'target return'
      ? value >= target.bound - 1e-12
      : value <= target.bound + 1e-12;
  } catch (error) {
    // Without the limit the return may grow without end: then the target is reached.
    if (error instanceof EngineError && error.code === 'unbounded') return true;
    throw error;
  }
}

/** The bound nearest to the present one at which the target is reached; null when none is. */
function nearestBound(problem: Problem, target: Target, binding: Binding): number | null {
  const reached = (bound: number): boolean =>
    isReached({ ...problem, limits: withBound(problem, binding, bound) }, target);
  const direction = binding.kind === 'upper' || binding.kind === 'at-most' ? 1 : -1;
  let short = binding.bound;
  let far = binding.bound + direction;
  // A weight needs no more room than ten times the whole portfolio.
  while (!reached(far)) {
    if (Math.abs(far - binding.bound) > 10) return null;
    short = far;
    far = binding.bound + 2 * (far - binding.bound);
  }
  for (let step = 0; step < 45; step++) {
    const middle = (short + far) / 2;
    if (reached(middle)) far = middle;
    else short = middle;
  }
  return far;
}

function withBound(problem: Problem, binding: Binding, bound: number): Limits {
  const { limits, assets } = problem;
  if (binding.asset !== undefined) {
    const at = assets.indexOf(binding.asset);
    const side = binding.kind === 'lower' ? 'lower' : 'upper';
    return { ...limits, [side]: limits[side].map((value, i) => (i === at ? bound : value)) };
  }
  const side = binding.kind === 'at-least' ? 'lower' : 'upper';
  const linear = limits.linear.map((limit) =>
    limit.name === binding.limit && limit[side] === binding.bound
      ? { ...limit, [side]: bound }
      : limit,
  );
  return { ...limits, linear };
}
