import { GrowingCholesky } from '../linalg/growing-cholesky.ts';
import { product } from '../linalg/quadratic-form.ts';
import { Face } from './face.ts';
import { activityOf, type Prepared, subtractRow } from './prepared.ts';
import { proximalShift } from './proximal-shift.ts';
import { standing, type WorkingSet } from './quadratic-program.ts';

const { free, lower: atLower, upper: atUpper } = standing;

/** Fewer variables are as quickly released one by one. */
const worthwhile = 40;

/** A factor is made anew in the time that one of its members in this many takes to come or go. */
const cheapChanges = 30;

/** Guesses after which it will not settle. */
const patience = 25;

/**
 * A guess at the whole working set at once, for programs whose solution leaves most variables free:
 * where 0 lies strictly within the bounds of most, as in portfolios that may be short. All limits are
 * guessed from the signs of the last guess's multipliers and violations, until nothing changes.
 *
 * @param from the working set of a similar program's solution, to guess first
 * @param halfway whether `from` is where the active set stands, with more free variables than usual
 * @returns null where it is no use or does not settle; the active set then begins at a vertex
 * @source Bergounioux, Ito and Kunisch (1999); Hintermuller, Ito and Kunisch (2003)
 */
export function leap(
  p: Prepared,
  center: Float64Array,
  from?: WorkingSet,
  halfway = false,
): WorkingSet | null {
  if (!suits(p, center, halfway)) return null;
  const { n, m } = p;
  const { x, variables, rows } = firstGuess(p, center, from);
  const shift = proximalShift(p);
  const factor = new GrowingCholesky(n);
  const face = new Face(n, m);
  const active = new Int32Array(m);
  const place = new Int32Array(n).fill(-1);
  for (let guess = 0; guess < patience; guess++) {
    follow(p, factor, variables, shift, place);
    const slope = product(p.form, x);
    for (let i = 0; i < n; i++) slope[i] += p.linear[i];
    for (let k = 0; k < factor.size; k++) face.step[k] = slope[factor.members[k]];
    let count = 0;
    for (let r = 0; r < m; r++) {
      if (rows[r] === free) continue;
      const goal = rows[r] === atUpper ? p.rowUpper[r] : p.rowLower[r];
      face.multipliers[count] = goal - activityOf(p, r, x);
      active[count++] = r;
    }
    face.solve(factor, p.rows, active, count);
    for (let k = 0; k < factor.size; k++) x[factor.members[k]] += face.step[k];
    const after = product(p.form, x);
    for (let i = 0; i < n; i++) after[i] += p.linear[i];
    for (let a = 0; a < count; a++) subtractRow(p, active[a], face.multipliers[a], after);
    const changed = guessAgain(p, x, variables, rows, after, face.multipliers);
    if (changed === 0) return { x, variables, rows };
  }
  return null;
}

function firstGuess(p: Prepared, center: Float64Array, from: WorkingSet | undefined): WorkingSet {
  const { n, m } = p;
  const fits = from !== undefined && from.x.length === n && from.rows.length === m;
  const x = fits ? from.x.slice() : center.slice();
  const variables = fits ? from.variables.slice() : new Int8Array(n);
  const rows = fits ? from.rows.slice() : new Int8Array(m);
  for (let i = 0; i < n; i++) {
    if (p.lower[i] === p.upper[i]) variables[i] = atLower;
    const state = variables[i];
    const at = state === atLower ? p.lower[i] : state === atUpper ? p.upper[i] : x[i];
    if (state === standing.kink || !Number.isFinite(at)) {
      variables[i] = free;
      x[i] = center[i];
    } else x[i] = at;
  }
  for (let r = 0; r < m; r++) {
    if (p.rowLower[r] === p.rowUpper[r]) rows[r] = atLower;
    else if (!Number.isFinite(rows[r] === atUpper ? p.rowUpper[r] : p.rowLower[r])) rows[r] = free;
  }
  return { x, variables, rows };
}

function suits(p: Prepared, center: Float64Array, halfway: boolean): boolean {
  if (p.n < worthwhile) return false;
  let within = 0;
  for (let i = 0; i < p.n; i++) {
    if (p.kinkSlope[i] > 0) return false;
    if (p.form.diagonal[i] > 0 && center[i] > p.lower[i] && center[i] < p.upper[i]) within++;
  }
  return halfway || 2 * within > p.n;
}

/** Brings the factor to the free variables: member by member, or anew where that is less work. */
function follow(
  p: Prepared,
  factor: GrowingCholesky,
  variables: Int8Array,
  shift: number,
  place: Int32Array,
): void {
  const { members } = factor;
  let changes = 0;
  for (let i = 0; i < p.n; i++) if ((variables[i] === free) !== place[i] >= 0) changes++;
  if (cheapChanges * changes > factor.size) {
    for (let k = 0; k < factor.size; k++) place[members[k]] = -1;
    factor.size = 0;
  }
  for (let k = factor.size - 1; k >= 0; k--) {
    if (variables[members[k]] === free) continue;
    place[members[k]] = -1;
    factor.removeAt(k);
  }
  const entering: number[] = [];
  for (let i = 0; i < p.n; i++) {
    if (variables[i] !== free || place[i] >= 0) continue;
    entering.push(i);
    place[i] = 1;
  }
  if (factor.size === 0) factor.refill(p.form, shift, Int32Array.from(entering));
  else for (const i of entering) factor.appendFrom(p.form, shift, i);
}

/** Moves every limit to where the last guess's signs put it; returns how many moved. */
function guessAgain(
  p: Prepared,
  x: Float64Array,
  variables: Int8Array,
  rows: Int8Array,
  slope: Float64Array,
  multipliers: Float64Array,
): number {
  let changed = 0;
  for (let i = 0; i < p.n; i++) {
    if (p.lower[i] === p.upper[i]) continue;
    const before = variables[i];
    if (before === free && x[i] < p.lower[i]) variables[i] = atLower;
    else if (before === free && x[i] > p.upper[i]) variables[i] = atUpper;
    else if (before === atLower && slope[i] < 0) variables[i] = free;
    else if (before === atUpper && slope[i] > 0) variables[i] = free;
    if (variables[i] === before) continue;
    changed++;
    if (variables[i] === atLower) x[i] = p.lower[i];
    else if (variables[i] === atUpper) x[i] = p.upper[i];
  }
  let a = 0;
  for (let r = 0; r < p.m; r++) {
    const before = rows[r];
    const price = before === free ? 0 : multipliers[a++];
    if (p.rowLower[r] === p.rowUpper[r]) continue;
    if (before === free) {
      const activity = activityOf(p, r, x);
      if (activity < p.rowLower[r]) rows[r] = atLower;
      else if (activity > p.rowUpper[r]) rows[r] = atUpper;
    } else if (before === atLower ? price < 0 : price > 0) rows[r] = free;
    if (rows[r] !== before) changed++;
  }
  return changed;
}
