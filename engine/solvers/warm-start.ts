import { dot } from '../linalg/multiply.ts';
import { activityOf, type Prepared } from './prepared.ts';
import { standing, type WorkingSet } from './quadratic-program.ts';

const tolerance = 1e-11;

/**
 * Carries the working set of a similar program over: held variables move to their present bounds.
 * Null when the point does not lie within all limits or an equality depends on other held limits;
 * the caller then starts from a vertex.
 */
export function warmStart(p: Prepared, warm: WorkingSet): WorkingSet | null {
  const { n, m } = p;
  if (warm.x.length !== n || warm.rows.length !== m) return null;
  const x = new Float64Array(n);
  const variables = new Int8Array(n);
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
  }
  const rows = new Int8Array(m);
  const basis: Float64Array[] = [];
  for (let r = 0; r < m; r++) {
    const row = p.rows.subarray(r * n, r * n + n);
    const activity = activityOf(p, r, x);
    const equality = p.rowLower[r] === p.rowUpper[r];
    if (!(activity >= p.rowLower[r] - tolerance && activity <= p.rowUpper[r] + tolerance))
      return null;
    const side = warm.rows[r] === standing.upper ? p.rowUpper[r] : p.rowLower[r];
    const tight = warm.rows[r] !== standing.free && Math.abs(activity - side) <= tolerance;
    if (!tight && !equality) continue;
    if (adds(basis, row, variables)) rows[r] = equality ? standing.lower : warm.rows[r];
    else if (equality) return null;
  }
  return { x, variables, rows };
}

/** Whether a row, over the free variables, is independent of those before it; joins them if so. */
function adds(basis: Float64Array[], row: Float64Array, variables: Int8Array): boolean {
  const rest = row.map((a, i) => (variables[i] === standing.free ? a : 0));
  const whole = Math.sqrt(dot(rest, rest));
  for (let pass = 0; pass < 2; pass++) {
    for (const one of basis) {
      const overlap = dot(one, rest);
      for (let i = 0; i < rest.length; i++) rest[i] -= overlap * one[i];
    }
  }
  const length = Math.sqrt(dot(rest, rest));
  if (!(length > 1e-8 * whole)) return false;
  for (let i = 0; i < rest.length; i++) rest[i] /= length;
  basis.push(rest);
  return true;
}
