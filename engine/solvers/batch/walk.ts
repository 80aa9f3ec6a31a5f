import { standing } from '../quadratic-program.ts';
import type { Workspace } from './workspace.ts';

const { free, lower: atLower, upper: atUpper, kink: atKink } = standing;

/** A multiplier of the wrong sign below this part of the largest slope is rounding. */
const signTolerance = 1e-12;

/** Steps and gaps below this are rounding. */
const tiny = 1e-14;

/** The shift may distort slopes by this part of the largest one. */
const settled = 1e-14;

/**
 * Primal active set for one budget, bounds and kinks, made for very many small programs: only the
 * free weights are factorised, and with few of them free a step reads little more than the columns of
 * those that move.
 *
 * @source Nocedal and Wright (2006), algorithm 16.3
 */
export class Walk {
  iterations = 0;
  private readonly w: Workspace;
  /** By position in the factor: the step, and L^-1 1. */
  private readonly step: Float64Array;
  private readonly ones: Float64Array;
  private readonly limit: number;
  /** What the weights lack to a sum of 1. */
  private gap = 0;
  private tolerance = 0;
  /** Position in the factor of the weight that ends the step; -1 when nothing does. */
  private blocking = -1;

  constructor(w: Workspace) {
    this.w = w;
    this.step = new Float64Array(w.n);
    this.ones = new Float64Array(w.n);
    this.limit = 50 + 10 * w.n;
  }

  /** From the workspace's standings to the minimum; false when it does not end. */
  run(): boolean {
    const { w } = this;
    const { factor, states } = w;
    factor.size = 0;
    for (let i = 0; i < w.n; i++) if (states[i] === free) factor.append(w.covariance, w.shift, i);
    this.gap = w.refresh();
    this.tolerance = signTolerance * w.slope;
    let released = -1;
    for (this.iterations = 1; this.iterations <= this.limit; this.iterations++) {
      if (factor.size > 0) {
        this.aim();
        const part = this.reach();
        this.move(part);
        if (this.blocking >= 0) {
          // What was just let go and holds at once was let go by rounding alone.
          if (factor.members[this.blocking] === released && part === 0) this.tolerance *= 10;
          this.hold(this.blocking);
          released = -1;
          if (factor.size > 0) continue;
        }
      }
      released = factor.size > 0 ? this.releaseWorst() : this.releaseFirst();
      if (released < 0 && this.settle()) return true;
    }
    return false;
  }

  /** The step to the minimum over the free weights, budget kept, and the budget's price. */
  private aim(): void {
    const { step, ones, w } = this;
    const { factor, gradient, side, kinkSlope } = w;
    const { size, members } = factor;
    for (let k = 0; k < size; k++) {
      const i = members[k];
      step[k] = -gradient[i] - side[i] * kinkSlope[i];
      ones[k] = 1;
    }
    factor.forward(step);
    factor.forward(ones);
    let length = 0;
    for (let k = 0; k < size; k++) length += ones[k] * ones[k];
    const closing = this.gap / length;
    w.price = closing;
    // Twice, so that a free weight without variance costs the budget no accuracy.
    for (let pass = 0; pass < 2; pass++) {
      let overlap = 0;
      for (let k = 0; k < size; k++) overlap += ones[k] * step[k];
      overlap /= length;
      w.price -= overlap;
      const add = pass === 0 ? -overlap : closing - overlap;
      for (let k = 0; k < size; k++) step[k] += add * ones[k];
    }
    factor.backward(step);
  }

  /** The part of the step that stays within bounds and on each kink's side; notes what ends it. */
  private reach(): number {
    const { step, w } = this;
    const { factor, x, lower, upper, side, kinkAt } = w;
    const { size, members } = factor;
    let part = 1;
    this.blocking = -1;
    for (let k = 0; k < size; k++) {
      const d = step[k];
      if (Math.abs(d) < tiny) continue;
      const i = members[k];
      const limit =
        d < 0 ? (side[i] > 0 ? kinkAt[i] : lower[i]) : side[i] < 0 ? kinkAt[i] : upper[i];
      const room = (limit - x[i]) / d;
      if (room < part) {
        part = room > 0 ? room : 0;
        this.blocking = k;
      }
    }
    return part;
  }

  private move(part: number): void {
    const { step, w } = this;
    const { n, factor, covariance, x, gradient } = w;
    const { size, members } = factor;
    this.gap -= part * this.gap;
    if (part === 0) return;
    for (let k = 0; k < size; k++) {
      const d = part * step[k];
      const i = members[k];
      const row = i * n;
      x[i] += d;
      for (let j = 0; j < n; j++) gradient[j] += covariance[row + j] * d;
    }
  }

  /** Holds the weight that ended the step where it now stands. */
  private hold(position: number): void {
    const { w } = this;
    const i = w.factor.members[position];
    const up = this.step[position] > 0;
    if (w.side[i] !== 0 && up === w.side[i] < 0) {
      w.states[i] = atKink;
      w.x[i] = w.kinkAt[i];
    } else {
      w.states[i] = up ? atUpper : atLower;
      w.x[i] = up ? w.upper[i] : w.lower[i];
    }
    w.factor.removeAt(position);
  }

  /** Lets the weight go that promises most, by its own curvature; -1 when every multiplier is right. */
  private releaseWorst(): number {
    const { n, states, gradient, kinkSlope, lower, upper, steps, price } = this.w;
    let chosen = -1;
    let upward = false;
    let best = 0;
    for (let i = 0; i < n; i++) {
      const state = states[i];
      if (state === free || lower[i] === upper[i]) continue;
      const slope = gradient[i] - price;
      const cost = kinkSlope[i];
      // Towards its kink a weight saves the cost; away from it, it pays.
      let gain = state === atLower ? cost - slope : state === atUpper ? cost + slope : -1;
      if (state === atKink) gain = Math.abs(slope) - cost;
      if (!(gain > this.tolerance)) continue;
      const worth = gain * gain * steps[i];
      if (worth > best) {
        best = worth;
        chosen = i;
        upward = state === atLower || (state === atKink && slope < 0);
      }
    }
    if (chosen >= 0) this.release(chosen, upward);
    return chosen;
  }

  /**
   * With nothing free: lets go of the pair that gains most by trading one against the other, or, while
   * the budget is not met, of the weight that closes the gap at the least cost.
   */
  private releaseFirst(): number {
    const { n, states, gradient, kinkSlope, lower, upper } = this.w;
    let riser = -1;
    let faller = -1;
    let rise = Infinity;
    let fall = -Infinity;
    for (let i = 0; i < n; i++) {
      if (lower[i] === upper[i]) continue;
      const state = states[i];
      const up = gradient[i] + (state === atLower ? -kinkSlope[i] : kinkSlope[i]);
      const down = gradient[i] + (state === atUpper ? kinkSlope[i] : -kinkSlope[i]);
      if (state !== atUpper && up < rise) {
        rise = up;
        riser = i;
      }
      if (state !== atLower && down > fall) {
        fall = down;
        faller = i;
      }
    }
    const short = this.gap > tiny;
    const over = this.gap < -tiny;
    if (short || over) {
      const chosen = short ? riser : faller;
      if (chosen >= 0) this.release(chosen, short);
      return chosen;
    }
    if (rise < fall - this.tolerance) {
      this.release(faller, false);
      this.release(riser, true);
      return riser;
    }
    // Any price between the two proves the optimum.
    if (riser >= 0) this.w.price = faller >= 0 ? (rise + fall) / 2 : rise;
    else this.w.price = faller >= 0 ? fall : 0;
    return -1;
  }

  private release(i: number, upward: boolean): void {
    const { states, side, kinkSlope, factor, covariance, shift } = this.w;
    if (kinkSlope[i] === 0) side[i] = 0;
    // From a bound the weight moves towards its kink, from the kink away from it.
    else if (states[i] === atKink) side[i] = upward ? 1 : -1;
    else side[i] = upward ? -1 : 1;
    states[i] = free;
    factor.append(covariance, shift, i);
  }

  /**
   * One more step from a fresh gradient: takes rounding out, and the factor's shift, which is a
   * proximal term around where each step began. False when there was more than rounding to take out.
   *
   * @source Rockafellar (1976), the proximal point method
   */
  private settle(): boolean {
    const { w, step } = this;
    const { factor, x, lower, upper } = w;
    this.gap = w.refresh();
    if (factor.size === 0) return true;
    this.aim();
    const part = this.reach();
    this.move(part);
    let length = 0;
    for (let k = 0; k < factor.size; k++) {
      const i = factor.members[k];
      length = Math.max(length, Math.abs(step[k]));
      x[i] = Math.min(Math.max(x[i], lower[i]), upper[i]);
    }
    if (w.shift * length <= settled * w.slope) return true;
    if (this.blocking >= 0) this.hold(this.blocking);
    return false;
  }
}
