/**
 * Numbers kept between bounds by an interior-point method: a multiplier for each finite side, and the
 * Newton steps of both. Infinite sides cost nothing.
 */
export class BoxBarrier {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly x: Float64Array;
  readonly dx: Float64Array;
  /** Multipliers of the lower and upper sides; 0 where a side is infinite. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly dlow: Float64Array;
  readonly dhigh: Float64Array;
  private readonly goalLow: Float64Array;
  private readonly goalHigh: Float64Array;
  /** What the sides add to the diagonal of the Newton system. */
  readonly weight: Float64Array;
  /** What the sides add to its right-hand side: (goal - product) / room, lower less upper. */
  readonly pull: Float64Array;
  readonly pairs: number;

  constructor(lower: Float64Array, upper: Float64Array) {
    const n = lower.length;
    this.lower = lower;
    this.upper = upper;
    this.x = new Float64Array(n);
    this.dx = new Float64Array(n);
    this.low = new Float64Array(n);
    this.high = new Float64Array(n);
    this.dlow = new Float64Array(n);
    this.dhigh = new Float64Array(n);
    this.goalLow = new Float64Array(n);
    this.goalHigh = new Float64Array(n);
    this.weight = new Float64Array(n);
    this.pull = new Float64Array(n);
    let pairs = 0;
    for (let i = 0; i < n; i++) {
      if (lower[i] > -Infinity) pairs++;
      if (upper[i] < Infinity) pairs++;
    }
    this.pairs = pairs;
  }

  /** Starts near `at`, well inside the bounds, with every product equal to `target`. */
  start(at: (i: number) => number, margin: number, target: number): void {
    const { lower, upper, x, low, high } = this;
    for (let i = 0; i < x.length; i++) {
      const room = Math.min(margin, (upper[i] - lower[i]) / 4);
      x[i] = Math.min(Math.max(at(i), lower[i] + room), upper[i] - room);
      low[i] = lower[i] > -Infinity ? target / (x[i] - lower[i]) : 0;
      high[i] = upper[i] < Infinity ? target / (upper[i] - x[i]) : 0;
    }
  }

  products(): number {
    const { lower, upper, x, low, high } = this;
    let sum = 0;
    for (let i = 0; i < x.length; i++) {
      if (lower[i] > -Infinity) sum += low[i] * (x[i] - lower[i]);
      if (upper[i] < Infinity) sum += high[i] * (upper[i] - x[i]);
    }
    return sum;
  }

  prepare(target: number, corrected: boolean): void {
    const { lower, upper, x, dx, low, high, dlow, dhigh, goalLow, goalHigh, weight, pull } = this;
    for (let i = 0; i < x.length; i++) {
      let w = 0;
      let p = 0;
      if (lower[i] > -Infinity) {
        const room = x[i] - lower[i];
        goalLow[i] = corrected ? target - dx[i] * dlow[i] : target;
        w += low[i] / room;
        p += goalLow[i] / room - low[i];
      }
      if (upper[i] < Infinity) {
        const room = upper[i] - x[i];
        goalHigh[i] = corrected ? target + dx[i] * dhigh[i] : target;
        w += high[i] / room;
        p -= goalHigh[i] / room - high[i];
      }
      weight[i] = w;
      pull[i] = p;
    }
  }

  /** The directions of the multipliers that belong to dx. */
  complete(): void {
    const { lower, upper, x, dx, low, high, dlow, dhigh, goalLow, goalHigh } = this;
    for (let i = 0; i < x.length; i++) {
      if (lower[i] > -Infinity)
        dlow[i] = (goalLow[i] - low[i] * dx[i]) / (x[i] - lower[i]) - low[i];
      if (upper[i] < Infinity)
        dhigh[i] = (goalHigh[i] + high[i] * dx[i]) / (upper[i] - x[i]) - high[i];
    }
  }

  /** Longest step before a number meets a bound. */
  room(): number {
    const { lower, upper, x, dx } = this;
    let step = Infinity;
    for (let i = 0; i < x.length; i++) {
      if (dx[i] < 0) step = Math.min(step, (lower[i] - x[i]) / dx[i]);
      else if (dx[i] > 0) step = Math.min(step, (upper[i] - x[i]) / dx[i]);
    }
    return step;
  }

  /** Longest step before a multiplier meets 0. */
  priceRoom(): number {
    return Math.min(roomAboveZero(this.low, this.dlow), roomAboveZero(this.high, this.dhigh));
  }
}

/** Longest step before one of the numbers meets 0. */
export function roomAboveZero(a: Float64Array, da: Float64Array): number {
  let step = Infinity;
  for (let i = 0; i < a.length; i++) if (da[i] < 0) step = Math.min(step, -a[i] / da[i]);
  return step;
}

/** a += step x da. */
export function advance(a: Float64Array, da: Float64Array, step: number): void {
  for (let i = 0; i < a.length; i++) a[i] += step * da[i];
}
