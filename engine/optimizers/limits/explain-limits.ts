import { type Conflict, EngineError, Infeasible } from '../../errors.ts';
import { instead } from '../../percent.ts';
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
  // That nothing may be sold short goes without saying when other limits are named.
  const spoken = conflicts.filter((_, c) => core[c].kind !== 'lower' || core[c].bound !== 0);
  return new Infeasible(
    sentence(spoken.length > 0 ? spoken : conflicts, () => together(problem, method)),
    conflicts,
  );
}

/**
 * A conflict of bounds and linear limits told with what works under all limits: what is enough for
 * themselves may break one of the others.
 *
 * @param found the conflict without further limits
 */
export function underAllLimits(problem: Problem, found: Infeasible, method?: string): Infeasible {
  try {
    return retold(problem, found, method);
  } catch (error) {
    if (error instanceof EngineError) return found;
    throw error;
  }
}

function retold(problem: Problem, found: Infeasible, method?: string): Infeasible {
  const all = requirementsOf(problem, method);
  const conflicts = found.conflicts.map((conflict): Conflict => {
    const { limit, bound, wouldWork: before } = conflict;
    if (before === null) return conflict;
    // An exact share gives way on one side.
    const name = limit.replace(/^exactly/, before > bound ? 'at most' : 'at least');
    const one = all.find((other) => other.limit === name && other.bound === bound);
    return one === undefined ? conflict : { ...conflict, wouldWork: wouldWork(problem, all, one) };
  });
  const near = (a: number | null, b: number | null) =>
    a !== null && b !== null ? Math.abs(a - b) <= 1e-7 : a === b;
  if (conflicts.every(({ wouldWork }, c) => near(wouldWork, found.conflicts[c].wouldWork)))
    return found;
  const spoken = conflicts.filter(({ limit, bound }) => !(isMinimum(limit) && bound === 0));
  const said = sentence(spoken.length > 0 ? spoken : conflicts, () => together(problem, method));
  return new Infeasible(said, conflicts, found.proof);
}

function isMinimum(limit: string): boolean {
  return limit.startsWith('minimum of ');
}

/** What several limits must move to, where none is enough alone. */
function together(problem: Problem, method?: string): string[] {
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

function sentence(spoken: readonly Conflict[], together: () => readonly string[]): string {
  const names = spoken.map(({ limit }) => limit);
  const list =
    names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  const cures = spoken
    .filter(({ wouldWork }) => wouldWork !== null)
    .map(({ limit, bound, wouldWork }) => instead(limit, bound, wouldWork!));
  const all = cures.length > 0 ? cures.join(', or ') : together().join(' and ');
  const cure = all === '' ? 'loosen more than one of them' : `it would work with ${all}`;
  const cannot = names.length === 1 ? 'cannot be met' : 'cannot hold together';
  return `Infeasible: ${list} ${cannot}; ${cure}.`;
}
