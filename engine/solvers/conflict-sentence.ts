import type { Conflict, Relaxation } from '../errors.ts';
import { instead } from '../percent.ts';
import type { Limit, Limited } from './limit.ts';

/** Says which limits conflict and what to do, most plainly when single weights break the budget. */
export function conflictSentence(
  program: Limited,
  limits: readonly Limit[],
  conflicts: readonly Conflict[],
  relaxation: readonly Relaxation[],
): string {
  const budget = limits.find((limit) => limit.kind === 'row-equal');
  const others = limits.filter((limit) => limit !== budget);
  const isBudget =
    budget !== undefined && program.rows[budget.index].coefficients.every((a) => a === 1);
  if (isBudget && others.length > 0) {
    const sum = number(others.reduce((total, limit) => total + limit.bound, 0));
    if (others.every((limit) => limit.kind === 'lower'))
      return `Infeasible: minimum weights sum to ${sum}; lower a minimum or drop an asset.`;
    if (others.every((limit) => limit.kind === 'upper'))
      return `Infeasible: maximum weights sum to ${sum}; raise a maximum or add an asset.`;
  }
  // That nothing may be sold short goes without saying when other limits are named.
  const spoken = limits.filter((limit) => limit.kind !== 'lower' || limit.bound !== 0);
  const names = (spoken.length > 0 ? spoken : limits).map((limit) => limit.name);
  const list =
    names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  const smallest = smallestRelaxation(limits, conflicts);
  const cure =
    smallest === null
      ? together(relaxation)
      : `it would work with ${instead(smallest.limit, smallest.bound, smallest.wouldWork!)}`;
  return names.length === 1
    ? `Infeasible: ${list} cannot be met; ${cure}.`
    : `Infeasible: ${list} cannot hold together; ${cure}.`;
}

/** The single limit that needs to give way least; the budget only when nothing else would do. */
function smallestRelaxation(
  limits: readonly Limit[],
  conflicts: readonly Conflict[],
): Conflict | null {
  let best: Conflict | null = null;
  let least = Infinity;
  conflicts.forEach((conflict, i) => {
    if (conflict.wouldWork === null) return;
    const firm =
      limits[i].kind === 'row-equal' || (limits[i].kind === 'lower' && conflict.bound === 0);
    const way = Math.abs(conflict.wouldWork - conflict.bound) + (firm ? 1e6 : 0);
    if (way < least) {
      least = way;
      best = conflict;
    }
  });
  return best;
}

/** What works when no single limit is enough. */
function together(relaxation: readonly Relaxation[]): string {
  if (relaxation.length === 0) return 'loosen more than one of them';
  const changes = relaxation.slice(0, 5).map(({ limit, bound, to }) => instead(limit, bound, to));
  const more = relaxation.length - changes.length;
  return `the least that works is ${changes.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function number(value: number): string {
  return String(Number(value.toFixed(4)));
}
