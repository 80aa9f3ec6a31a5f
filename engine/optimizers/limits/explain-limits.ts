import { type Conflict, EngineError, Infeasible } from '../../errors.ts';
import type { Problem } from '../problem.ts';
import { giveWay, nothing } from './give-way.ts';
import { relax } from './relax.ts';
import { loosened, type Requirement, requirementsOf } from './requirement.ts';

/**
 * Says which limits of a problem conflict, in the names of the limits themselves: a set of which none
 * can be left out, and for each the nearest bound that works when it alone gives way.
 *
 * @returns null when the limits can all be met
 * @throws {Infeasible} when bounds and linear limits conflict by themselves
 */
export function explainLimits(problem: Problem, method: string): Infeasible | null {
  const all = requirementsOf(problem, method);
  const soft = (one: Requirement) => one.kind === 'further' || one.kind === 'target-return';
  const weigh = (ones: readonly Requirement[]) => ones.map((one) => (soft(one) ? 1 : Infinity));
  const { total, ways, prices } = giveWay(problem, all, weigh(all));
  if (!(total > nothing)) return null;
  const steep = Math.max(...prices);
  let core = all.filter((_, r) => ways[r] > nothing || prices[r] > 1e-7 * steep);
  for (const one of core) {
    const without = core.filter((other) => other !== one);
    if (without.some(soft) && giveWay(problem, without, weigh(without)).total > nothing)
      core = without;
  }
  const conflicts = core.map(
    (one): Conflict => ({
      limit: one.limit,
      bound: one.bound,
      wouldWork: wouldWork(problem, all, one),
    }),
  );
  return new Infeasible(
    sentence(core, conflicts, () => together(problem, method)),
    conflicts,
  );
}

/** What several limits must move to, where none is enough alone. */
function together(problem: Problem, method: string): string[] {
  try {
    const { changes } = relax(problem, undefined, method);
    return changes.map(({ limit, bound, to }) => instead(limit, bound, to));
  } catch (error) {
    if (error instanceof EngineError) return [];
    throw error;
  }
}

/** The nearest bound of one limit that all others allow; null when they conflict without it. */
function wouldWork(problem: Problem, all: readonly Requirement[], one: Requirement): number | null {
  try {
    const weights = all.map((other) => (other === one ? 1 : Infinity));
    const { ways } = giveWay(problem, all, weights);
    return loosened(one, ways[all.indexOf(one)]);
  } catch (error) {
    if (error instanceof Infeasible) return null;
    throw error;
  }
}

function sentence(
  core: readonly Requirement[],
  conflicts: readonly Conflict[],
  together: () => readonly string[],
): string {
  // That nothing may be sold short goes without saying when other limits are named.
  const spoken = core.filter((one) => one.kind !== 'lower' || one.bound !== 0);
  const names = (spoken.length > 0 ? spoken : core).map(({ limit }) => limit);
  const list =
    names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  const cures = core
    .map((one, c) => ({ one, to: conflicts[c].wouldWork }))
    .filter(({ one, to }) => to !== null && spoken.includes(one))
    .map(({ one, to }) => instead(one.limit, one.bound, to!));
  const all = cures.length > 0 ? cures.join(', or ') : together().join(' and ');
  const cure = all === '' ? 'loosen more than one of them' : `it would work with ${all}`;
  const cannot = names.length === 1 ? 'cannot be met' : 'cannot hold together';
  return `Infeasible: ${list} ${cannot}; ${cure}.`;
}

/** "10.2 % instead of 9.93 % for volatility at most 9.93 %", rounded to the side that works. */
function instead(limit: string, bound: number, to: number): string {
  const points = 1e4 * to;
  const rounded = to > bound ? Math.ceil(points - 1e-6) : Math.floor(points + 1e-6);
  return `${plain(rounded / 1e4)} instead of ${plain(bound)} for ${limit}`;
}

function plain(fraction: number): string {
  return `${Number((100 * fraction).toFixed(2))} %`;
}
