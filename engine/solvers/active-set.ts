import { EngineError } from '../errors.ts';
import { GrowingCholesky } from '../linalg/growing-cholesky.ts';
import { product } from '../linalg/quadratic-form.ts';
import { type ActiveSetState, firstBlocking, rounding, wrongSign } from './active-set-choices.ts';
import { closeRows } from './close-rows.ts';
import { Face } from './face.ts';
import { feasibility } from './feasible-point.ts';
import { activityOf, type Prepared, subtractRow } from './prepared.ts';
import { proximalShift, smallest } from './proximal-shift.ts';
import { standing, type WorkingSet } from './quadratic-program.ts';
import { goesOnForever } from './recession.ts';

const { free, lower: atLower, upper: atUpper, kink: atKink } = standing;

/** Rounds after which the proximal term is what slows the approach, and how much weaker it then becomes. */
const patientRounds = 6;
const softer = 1 / 30;

/** A round that moves a weight this far may be on its way without end. */
const far = 1e3;

/**
 * Primal active set for convex quadratic programs with bounds, rows and kinks. Only the free
 * variables are factorised, and the factor is updated as they come and go.
 *
 * Variables without variance make Q singular. Each round therefore minimises the program plus a
 * small d/2 |x - z|^2 and moves z to its answer: the proximal point method, which ends at an exact
 * minimum of the program itself, and of several the one near the first z.
 *
 * @source Nocedal and Wright (2006), algorithm 16.3; Rockafellar (1976)
 */
export class ActiveSet implements ActiveSetState {
  readonly x: Float64Array;
  /** Multipliers of the prepared rows. */
  readonly prices: Float64Array;
  readonly variables: Int8Array;
  readonly rowStates: Int8Array;
  /** Side of its kink that a free variable is on; 0 without one. */
  readonly side: Int8Array;
  iterations = 0;

  readonly p: Prepared;
  readonly factor: GrowingCholesky;
  readonly face: Face;
  readonly step: Float64Array;
  readonly slope: Float64Array;
  private readonly gradient: Float64Array;
  private readonly direction: Float64Array;
  readonly activity: Float64Array;
  readonly rate: Float64Array;
  readonly active: Int32Array;
  private readonly center: Float64Array;
  private shift: number;
  count = 0;
  tolerance = 1e-12;
  stalls = 0;
  private released = -1;
  length = 1;

  constructor(p: Prepared, start: WorkingSet, center: Float64Array) {
    const { n, m } = p;
    this.p = p;
    this.x = start.x.slice();
    this.variables = start.variables.slice();
    this.rowStates = start.rows.slice();
    this.prices = new Float64Array(m);
    this.side = new Int8Array(n);
    this.factor = new GrowingCholesky(n);
    this.face = new Face(n, m);
    this.step = this.face.step;
    this.slope = new Float64Array(n);
    this.gradient = new Float64Array(n);
    this.direction = new Float64Array(n);
    this.activity = new Float64Array(m);
    this.rate = new Float64Array(m);
    this.active = new Int32Array(m);
    this.center = center.slice();
    this.shift = proximalShift(p);
    const inside: number[] = [];
    for (let i = 0; i < n; i++) {
      if (this.variables[i] !== free) continue;
      this.side[i] = p.kinkSlope[i] > 0 ? (this.x[i] >= p.kinkAt[i] ? 1 : -1) : 0;
      inside.push(i);
    }
    this.refill(Int32Array.from(inside));
    for (let r = 0; r < m; r++) if (this.rowStates[r] !== free) this.active[this.count++] = r;
  }

  /**
   * Runs to the minimum, or until so many variables are free; run again, it goes on from there.
   *
   * @returns whether it is at the minimum
   * @throws {EngineError} 'not-converged', 'unbounded' or 'not-psd'
   */
  run(mostFree = Infinity): boolean {
    const { p, x, center } = this;
    const limit = 200 + 20 * (p.n + p.m);
    for (let round = 0; round < 60; round++) {
      if (round === patientRounds || round === 2 * patientRounds) this.soften();
      const scale = this.refresh();
      this.stalls = 0;
      this.released = -1;
      this.tolerance = 1e-12 * scale;
      for (;;) {
        if (this.iterations++ > limit) throw this.stuck();
        if (!this.advance()) continue;
        if (!this.release()) break;
        if (this.factor.size > mostFree) return false;
      }
      let moved = 0;
      let length = 1;
      for (let i = 0; i < p.n; i++) {
        length = Math.max(length, Math.abs(x[i]));
        moved = Math.max(moved, Math.abs(x[i] - center[i]));
        // The way this round went, until the next one begins.
        center[i] = x[i] - center[i];
      }
      if (!(moved < far) && goesOnForever(p, center, moved)) {
        throw new EngineError(
          'unbounded',
          'The objective improves without end; give every weight a limit.',
          { direction: center.map((d) => d / moved) },
        );
      }
      center.set(x);
      // Tolerances taken far out are too wide for a point near by.
      if (moved * this.shift <= 1e-14 * scale && this.length <= 2 * length) break;
    }
    closeRows(this);
    return true;
  }

  /** Makes the proximal term weaker: nearly flat directions then come to an end in fewer rounds. */
  private soften(): void {
    const { factor } = this;
    this.shift = Math.max(this.shift * softer, smallest);
    this.refill(factor.members.slice(0, factor.size));
  }

  private refill(members: Int32Array): void {
    const worst = this.factor.refill(this.p.form, this.shift, members);
    if (worst !== null) this.checkPivot(worst.index, worst.pivot);
  }

  /** Recomputes gradient and activities from scratch; returns the size of slopes. */
  private refresh(): number {
    const { p, x, gradient, activity, center, shift } = this;
    const { n, form } = p;
    let scale = 0;
    this.length = 1;
    for (let i = 0; i < n; i++) this.length = Math.max(this.length, Math.abs(x[i]));
    const quadratic = product(form, x);
    for (let i = 0; i < n; i++) {
      // A semidefinite matrix has its largest element on the diagonal.
      scale = Math.max(
        scale,
        Math.abs(p.linear[i]),
        p.kinkSlope[i],
        form.diagonal[i] * this.length,
      );
      gradient[i] = quadratic[i] + p.linear[i] + shift * (x[i] - center[i]);
    }
    for (let r = 0; r < p.m; r++) activity[r] = activityOf(p, r, x);
    return Math.max(scale, smallest);
  }

  /** One step towards the minimum of the present face; true when it was reached. */
  private advance(): boolean {
    const { p, x, factor, face, direction, activity, rate, gradient, active } = this;
    const { size, members } = factor;
    for (let k = 0; k < size; k++) {
      const i = members[k];
      face.step[k] = gradient[i] + this.side[i] * p.kinkSlope[i];
    }
    for (let a = 0; a < this.count; a++) {
      const r = active[a];
      const goal = this.rowStates[r] === atUpper ? p.rowUpper[r] : p.rowLower[r];
      const gap = goal - activity[r];
      // Where limits only just meet, closing the last bits of one would push another aside for ever.
      face.multipliers[a] = Math.abs(gap) > 2 * feasibility * Math.max(1, Math.abs(goal)) ? gap : 0;
    }
    face.solve(factor, p.rows, active, this.count);
    let length = 0;
    for (let k = 0; k < size; k++) {
      direction[members[k]] = face.step[k];
      length = Math.max(length, Math.abs(face.step[k]));
    }
    for (let r = 0; r < p.m; r++) rate[r] = this.rateOf(r);
    // A step of rounding size must not hold a limit: the held limits would depend on each other.
    const { step, blocking } =
      length <= rounding * this.length ? { step: 1, blocking: -1 } : firstBlocking(this, length);
    for (let k = 0; k < size; k++) {
      const i = members[k];
      x[i] += step * face.step[k];
      gradient[i] += step * this.shift * face.step[k];
      direction[i] = 0;
    }
    for (let r = 0; r < p.m; r++) activity[r] += step * rate[r];
    p.form.addProduct(members, face.step, size, step, gradient);
    const stalled = step * length <= rounding * this.length;
    this.stalls = stalled ? this.stalls + 1 : 0;
    if (blocking < 0) return true;
    // What was just let go and holds at once was let go by rounding alone.
    if (blocking === this.released && stalled) this.tolerance *= 10;
    this.hold(blocking);
    return false;
  }

  /** How fast a row's activity changes along the direction. */
  private rateOf(r: number): number {
    const { p, factor, step } = this;
    const places = p.places[r];
    if (places !== null && places.length < factor.size) return activityOf(p, r, this.direction);
    let sum = 0;
    for (let k = 0; k < factor.size; k++) sum += p.rows[r * p.n + factor.members[k]] * step[k];
    return sum;
  }

  /** Holds a limit that the step has met. */
  private hold(index: number): void {
    const { p, x, variables, side, factor } = this;
    if (index >= p.n) {
      const r = index - p.n;
      this.rowStates[r] = this.rate[r] > 0 ? atUpper : atLower;
      this.active[this.count++] = r;
      return;
    }
    let position = 0;
    while (factor.members[position] !== index) position++;
    const up = this.step[position] > 0;
    if (side[index] !== 0 && up === side[index] < 0) variables[index] = atKink;
    else variables[index] = up ? atUpper : atLower;
    x[index] = up
      ? variables[index] === atKink
        ? p.kinkAt[index]
        : p.upper[index]
      : variables[index] === atKink
        ? p.kinkAt[index]
        : p.lower[index];
    factor.removeAt(position);
  }

  /** Lets go of the limit whose multiplier has the wrong sign; false when all are right. */
  private release(): boolean {
    const { variables, prices, face, active, rowStates } = this;
    const { n } = this.p;
    prices.fill(0);
    this.slope.set(this.gradient);
    for (let a = 0; a < this.count; a++) {
      prices[active[a]] = face.multipliers[a];
      subtractRow(this.p, active[a], face.multipliers[a], this.slope);
    }
    const { chosen, upward } = wrongSign(this);
    this.released = chosen;
    if (chosen < 0) return false;
    if (chosen < n) {
      // From a bound the cost slope still points to the kink; from the kink it is left behind.
      this.enter(chosen, variables[chosen] === atKink ? upward : -upward);
      return true;
    }
    rowStates[chosen - n] = free;
    let a = 0;
    while (active[a] !== chosen - n) a++;
    active.copyWithin(a, a + 1, this.count);
    this.count--;
    return true;
  }

  private enter(index: number, side: number): void {
    this.variables[index] = free;
    this.side[index] = this.p.kinkSlope[index] > 0 ? side : 0;
    this.checkPivot(index, this.factor.appendFrom(this.p.form, this.shift, index));
  }

  private checkPivot(index: number, pivot: number): void {
    if (!(pivot < -1e-8 * Math.abs(this.p.form.diagonal[index]) - this.shift)) return;
    throw new EngineError(
      'not-psd',
      'The covariance is not positive semidefinite; estimate it from one common window.',
      { index, pivot },
    );
  }

  private stuck(): EngineError {
    return new EngineError(
      'not-converged',
      `The solver stopped after ${this.iterations} iterations without an optimum; check the scales.`,
      { iterations: this.iterations },
    );
  }
}
