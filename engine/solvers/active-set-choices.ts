import type { Prepared } from './prepared.ts';
import { standing } from './quadratic-program.ts';

const { free, lower: atLower, upper: atUpper, kink: atKink } = standing;

/** Steps below this part of the point's own length are rounding. */
export const rounding = 1e-13;

/** Zero-length steps after which choices follow Bland's rule, so that they cannot circle. */
const patience = 8;

/** What the active set's two choices look at. */
export interface ActiveSetState {
  readonly p: Prepared;
  readonly x: Float64Array;
  readonly factor: { readonly size: number; readonly members: Int32Array };
  readonly variables: Int8Array;
  readonly rowStates: Int8Array;
  readonly side: Int8Array;
  /** By position in the factor. */
  readonly step: Float64Array;
  readonly activity: Float64Array;
  readonly rate: Float64Array;
  /** Gradient less the priced rows. */
  readonly slope: Float64Array;
  readonly prices: Float64Array;
  readonly active: Int32Array;
  readonly count: number;
  readonly tolerance: number;
  readonly stalls: number;
  readonly length: number;
}

/** How far the step may go, and which limit stops it: variable i, or n + r; -1 when none does. */
export function firstBlocking(
  state: ActiveSetState,
  length: number,
): { step: number; blocking: number } {
  const { p, x, factor, activity, rate } = state;
  // A component of rounding size takes no limit, not even one that the point stands at.
  const small = Math.max(1e-12 * length, 0.1 * rounding * state.length);
  // Two limits met within rounding of the point are met together, however long the direction.
  const tie = (0.1 * rounding * state.length) / length;
  let step = 1;
  let blocking = -1;
  let strength = 0;
  const consider = (room: number, speed: number, index: number) => {
    const reach = Math.max(0, room) / speed;
    if (reach > step + tie || (blocking < 0 && reach >= step)) return;
    const better =
      reach < step - tie ||
      blocking < 0 ||
      (state.stalls > patience ? index < blocking : speed > strength);
    if (!better) return;
    step = Math.min(step, reach);
    blocking = index;
    strength = speed;
  };
  for (let k = 0; k < factor.size; k++) {
    const i = factor.members[k];
    const d = state.step[k];
    if (Math.abs(d) <= small) continue;
    if (d > 0) consider((state.side[i] < 0 ? p.kinkAt[i] : p.upper[i]) - x[i], d, i);
    else consider(x[i] - (state.side[i] > 0 ? p.kinkAt[i] : p.lower[i]), -d, i);
  }
  for (let r = 0; r < p.m; r++) {
    if (state.rowStates[r] !== free || Math.abs(rate[r]) <= small) continue;
    if (rate[r] > 0) consider(p.rowUpper[r] - activity[r], rate[r], p.n + r);
    else consider(activity[r] - p.rowLower[r], -rate[r], p.n + r);
  }
  return { step, blocking };
}

/** The held limit (variable i, or n + r) whose multiplier has the wrong sign; -1 when all are right. */
export function wrongSign(state: ActiveSetState): { chosen: number; upward: number } {
  const { p, variables, slope, prices, active, rowStates } = state;
  const { n } = p;
  const bland = state.stalls > patience;
  let worst = state.tolerance;
  let chosen = -1;
  let upward = 1;
  for (let i = 0; i < n; i++) {
    const stand = variables[i];
    if (stand === free || p.lower[i] === p.upper[i]) continue;
    const k = p.kinkSlope[i];
    // Gain of moving up and of moving down, where the standing allows it.
    const rise = stand === atUpper ? -Infinity : -slope[i] + (stand === atKink ? -k : k);
    const fall = stand === atLower ? -Infinity : slope[i] + (stand === atKink ? -k : k);
    const gain = Math.max(rise, fall);
    if (gain <= worst) continue;
    worst = bland ? Infinity : gain;
    chosen = i;
    upward = rise >= fall ? 1 : -1;
  }
  for (let a = 0; a < state.count; a++) {
    const r = active[a];
    if (p.rowLower[r] === p.rowUpper[r]) continue;
    const gain = rowStates[r] === atLower ? -prices[r] : prices[r];
    if (gain <= worst) continue;
    worst = bland ? Infinity : gain;
    chosen = n + r;
  }
  return { chosen, upward };
}
