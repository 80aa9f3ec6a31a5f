import type { Shape } from './measure.ts';

/**
 * A shape as the interior-point method sees it. Its dual shares q belong to levels u by
 *
 *   tail          u - alpha = z - v,  z (cap - q) = 0,  v q = 0,  sum q = 1
 *   mean-excess   the same with alpha = 0 and no sum
 *   worst         u - alpha = -v,     v q = 0,          sum q = 1
 *   square        u = q / p - v,      v q = 0           (half the mean square)
 *   entropic      u - alpha = zeta log(q / p) - v,  v q = 0,  sum q = 1,
 *                 relative entropy of q + slack = its bound,  zeta slack = 0
 *
 * and every Newton step reads du - C dsigma = E dq + residual with a diagonal E.
 */
export class ShapeBarrier {
  readonly shape: Shape;
  readonly count: number;
  /** Unknown numbers beside the levels: alpha, zeta. */
  readonly scalars: Float64Array;
  readonly size: number;
  /** C: size x count. */
  readonly columns: Float64Array;
  readonly q: Float64Array;
  readonly z: Float64Array;
  readonly v: Float64Array;
  readonly dq: Float64Array;
  readonly dz: Float64Array;
  readonly dv: Float64Array;
  private readonly goalZ: Float64Array;
  private readonly goalV: Float64Array;
  readonly compliance: Float64Array;
  readonly residual: Float64Array;
  /** What sum C q misses, per scalar. */
  readonly missing: Float64Array;
  /** Most of q, the tail's cap. */
  readonly cap: Float64Array;
  readonly p: Float64Array;
  readonly radius: number;
  readonly hasZ: boolean;
  readonly hasV: boolean;
  /** How far the relative entropy stays below its bound, with its direction. */
  slack = 0;
  dslack = 0;
  dzeta = 0;
  private goalSlack = 0;

  constructor(shape: Shape, p: Float64Array, tail: number, levelsHaveFloor: boolean) {
    const count = p.length;
    this.shape = shape;
    this.count = count;
    this.p = p;
    this.size = shape === 'entropic' ? 2 : shape === 'tail' || shape === 'worst' ? 1 : 0;
    this.scalars = new Float64Array(this.size);
    this.columns = new Float64Array(this.size * count).fill(1);
    this.missing = new Float64Array(this.size);
    this.hasZ = shape === 'tail' || shape === 'mean-excess';
    // Levels that are kept from falling below 0 have a barrier of their own.
    this.hasV = shape !== 'root-mean-square' || !levelsHaveFloor;
    this.radius = -Math.log(tail);
    this.cap = shape === 'tail' ? p.map((one) => one / tail) : p;
    this.q = new Float64Array(count);
    this.z = new Float64Array(count);
    this.v = new Float64Array(count);
    this.dq = new Float64Array(count);
    this.dz = new Float64Array(count);
    this.dv = new Float64Array(count);
    this.goalZ = new Float64Array(count);
    this.goalV = new Float64Array(count);
    this.compliance = new Float64Array(count);
    this.residual = new Float64Array(count);
  }

  /** A start with room on every side. */
  start(u: Float64Array): void {
    const { count, q, z, v, p, shape, scalars } = this;
    let alpha = 0;
    let spread = 0;
    for (let t = 0; t < count; t++) spread += p[t] * Math.abs(u[t]);
    if (this.size > 0) {
      const sorted = u.slice().sort();
      const share = shape === 'tail' ? Math.exp(-this.radius) : 0;
      alpha = sorted[Math.floor((1 - share) * (count - 1))];
      scalars[0] = alpha;
    }
    const room = Math.max(spread, 1e-3);
    if (shape === 'entropic') alpha = scalars[0] += room;
    let mass = 0;
    for (let t = 0; t < count; t++) mass += p[t];
    for (let t = 0; t < count; t++) {
      const above = u[t] - alpha;
      z[t] = Math.max(above, 0) + room;
      v[t] = shape === 'entropic' ? -above : Math.max(-above, 0) + room;
      if (shape === 'worst' || shape === 'entropic') {
        q[t] = p[t] / mass;
        z[t] = 0;
      } else if (shape === 'root-mean-square') {
        if (!this.hasV) z[t] = u[t];
        q[t] = p[t] * z[t];
      } else q[t] = shape === 'tail' ? p[t] / mass : p[t] / 2;
    }
    if (shape !== 'entropic') return;
    this.slack = this.radius;
    let products = 0;
    for (let t = 0; t < count; t++) products += v[t] * q[t];
    scalars[1] = products / count / this.slack;
  }

  /** Sum of the products that shall vanish, and how many they are. */
  products(): { sum: number; pairs: number } {
    const { count, q, z, v, cap, hasV, hasZ } = this;
    let sum = 0;
    if (hasV) for (let t = 0; t < count; t++) sum += v[t] * q[t];
    if (hasZ) for (let t = 0; t < count; t++) sum += z[t] * (cap[t] - q[t]);
    if (this.shape !== 'entropic') return { sum, pairs: (hasV ? count : 0) + (hasZ ? count : 0) };
    return { sum: sum + this.scalars[1] * this.slack, pairs: count + 1 };
  }

  /**
   * How far levels and entropic shares are from belonging to each other, in the measure's unit. Their
   * equations are curved, so a Newton step does not meet them even at its full length.
   */
  unmet(u: Float64Array): number {
    if (this.shape !== 'entropic') return 0;
    const { count, q, v, p, scalars, radius, slack } = this;
    const [alpha, zeta] = scalars;
    let missed = 0;
    let entropy = 0;
    for (let t = 0; t < count; t++) {
      const exponent = Math.log(q[t] / p[t]);
      entropy += q[t] * exponent;
      missed += q[t] * Math.abs(u[t] - alpha - zeta * exponent + v[t]);
    }
    return missed + zeta * Math.abs(entropy + slack - radius);
  }

  /**
   * Lays out the next Newton step towards products of `target`.
   *
   * @param corrected whether the last direction's second-order term counts
   */
  prepare(u: Float64Array, target: number, corrected: boolean): void {
    const { count, q, z, v, dq, dz, dv, p, cap, compliance, residual, hasV, hasZ } = this;
    const { columns } = this;
    const alpha = this.size > 0 ? this.scalars[0] : 0;
    const zeta = this.size > 1 ? this.scalars[1] : 0;
    const square = this.shape === 'root-mean-square';
    if (this.shape === 'entropic') this.prepareEntropy(target, corrected);
    for (let t = 0; t < count; t++) {
      let e = square ? 1 / p[t] : zeta / q[t];
      let r = alpha - u[t] + (square ? q[t] / p[t] : zeta === 0 ? 0 : zeta * columns[count + t]);
      if (hasZ) {
        const room = cap[t] - q[t];
        this.goalZ[t] = corrected ? target + dz[t] * dq[t] : target;
        e += z[t] / room;
        // The present z and v stand on both sides of the equation and cancel.
        r += this.goalZ[t] / room;
      }
      if (hasV) {
        this.goalV[t] = corrected ? target - dv[t] * dq[t] : target;
        e += v[t] / q[t];
        r -= this.goalV[t] / q[t];
      }
      compliance[t] = e;
      residual[t] = r;
    }
    if (this.size === 0) return;
    let sum = 0;
    for (let t = 0; t < count; t++) sum += q[t];
    this.missing[0] = 1 - sum;
  }

  /** The entropy's part: its column, what it misses, and the weight of its slack. */
  private prepareEntropy(target: number, corrected: boolean): void {
    const { count, q, p, columns, scalars, missing, radius } = this;
    let entropy = 0;
    let whole = 0;
    for (let t = 0; t < count; t++) {
      const exponent = Math.log(q[t] / p[t]);
      columns[count + t] = exponent;
      entropy += q[t] * exponent;
      whole += q[t];
    }
    this.goalSlack = corrected ? target - this.dzeta * this.dslack : target;
    // The entropy's slope is exponent + 1; the 1 belongs to the sum of q.
    missing[1] = radius - entropy - this.goalSlack / scalars[1] - (1 - whole);
  }

  /** What the slack of the entropy adds to the matrix of zeta. */
  get slackWeight(): number {
    return this.slack / this.scalars[1];
  }

  /**
   * The directions of z, v and the slack that belong to dq and to the scalars' step.
   */
  complete(step: Float64Array): void {
    const { count, q, z, v, cap, dq, dz, dv, goalZ, goalV, hasV, hasZ } = this;
    for (let t = 0; t < count; t++) {
      if (hasZ) dz[t] = (goalZ[t] + z[t] * dq[t]) / (cap[t] - q[t]) - z[t];
      if (hasV) dv[t] = (goalV[t] - v[t] * dq[t]) / q[t] - v[t];
    }
    if (this.shape !== 'entropic') return;
    const zeta = this.scalars[1];
    this.dzeta = step[1];
    this.dslack = (this.goalSlack - this.slack * this.dzeta) / zeta - this.slack;
  }
}
