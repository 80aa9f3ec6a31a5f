import type { Prepared } from './prepared.ts';
import { standing, type WorkingSet } from './quadratic-program.ts';

const tolerance = 1e-11;

/**
 * Carries the working set of a similar program over: held variables move to their present bounds.
 * Null when the point does not lie within all limits or the held rows may depend on each other;
 * the caller then starts from a vertex.
 */
export function warmStart(p: Prepared, warm: WorkingSet): WorkingSet | null {
  const { n, m } = p;
  if (warm.x.length !== n || warm.rows.length !== m) return null;
  const x = new Float64Array(n);
  const variables = new Int8Array(n);
  let free = 0;
  for (let i = 0; i < n; i++) {
    const state = warm.variables[i];
    const kink = state === standing.kink && p.kinkSlope[i] > 0;
    const target = kink
      ? p.kinkAt[i]
      : state === standing.lower
        ? p.lower[i]
        : state === standing.upper
          ? p.upper[i]
          : warm.x[i];
    if (!(target >= p.lower[i] && target <= p.upper[i]) || !Number.isFinite(target)) return null;
    x[i] = target;
    variables[i] = state === standing.kink && !kink ? standing.free : state;
    if (variables[i] === standing.free) free++;
  }
  const rows = new Int8Array(m);
  let held = 0;
  for (let r = 0; r < m; r++) {
    let activity = 0;
    let touchesFree = false;
    for (let i = 0; i < n; i++) {
      activity += p.rows[r * n + i] * x[i];
      if (variables[i] === standing.free && p.rows[r * n + i] !== 0) touchesFree = true;
    }
    if (!(activity >= p.rowLower[r] - tolerance && activity <= p.rowUpper[r] + tolerance))
      return null;
    const side = warm.rows[r] === standing.upper ? p.rowUpper[r] : p.rowLower[r];
    const equality = p.rowLower[r] === p.rowUpper[r];
    const tight = warm.rows[r] !== standing.free && Math.abs(activity - side) <= tolerance;
    if (!tight && !equality) continue;
    if (!touchesFree) return null;
    rows[r] = equality ? standing.lower : warm.rows[r];
    held++;
  }
  return held <= free ? { x, variables, rows } : null;
}
