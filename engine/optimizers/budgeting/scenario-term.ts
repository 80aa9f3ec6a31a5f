import { advance, roomAboveZero } from '../scenario/box-barrier.ts';
import type { RiskTerm } from './risk-term.ts';
import { Whitened } from './whitened.ts';

/** Losses of each period as a function of weights, and how they become one number. */
export interface ScenarioLosses {
  /**
   * 'tail': mean of the worst; 'mean-excess': of what is above 0; 'square': half the mean square above 0;
   * 'square-drawdown': half the mean square of the running sum's distance from its highest point.
   */
  readonly kind: 'tail' | 'mean-excess' | 'square' | 'square-drawdown';
  /** T x m, row-major: loss of a period per unit of weight. */
  readonly losses: Float64Array;
  /** T losses of what is held aside. */
  readonly offset: Float64Array;
  /** T weights of the periods: the most a share can be ('tail', 'mean-excess'), or that of its square. */
  readonly mass: Float64Array;
}

/**
 * The risk of scenarios by multipliers q, one a period: its slope is the sum of q_t times the losses of
 * period t. With levels l = losses x + offset and slack s:
 *
 *   tail             s = w - l + alpha, q s = 0, w (mass - q) = 0, sum of q = 1
 *   mean-excess      s = w - l, the rest alike
 *   square           s = q / mass - l, q s = 0
 *   square-drawdown  s_t = d_t - d_(t-1) - l_t, q s = 0, d p = 0, mass d = q_t - q_(t+1) + p
 *
 * Each Newton step reads M dq = losses dx - dalpha + rho; M is diagonal, for drawdowns tridiagonal.
 */
export class ScenarioTerm implements RiskTerm {
  readonly extra: number;
  readonly pairs: number;
  private readonly p: ScenarioLosses;
  private readonly count: number;
  private readonly m: number;
  /** T multipliers of the losses, not negative. */
  private readonly q: Float64Array;
  private readonly dq: Float64Array;
  private readonly s: Float64Array;
  private readonly ds: Float64Array;
  /** w of a tail or excess, d of drawdowns. */
  private readonly w: Float64Array;
  private readonly dw: Float64Array;
  /** The multiplier of w: mass - q, or p of drawdowns. */
  private readonly v: Float64Array;
  private readonly dv: Float64Array;
  private alpha = 0;
  private dalpha = 0;
  private target = 0;
  private readonly white: Whitened;
  private readonly rho: Float64Array;
  private readonly moved: Float64Array;

  constructor(p: ScenarioLosses) {
    const count = p.offset.length;
    this.p = p;
    this.count = count;
    this.m = p.losses.length / count;
    this.extra = p.kind === 'tail' ? 1 : 0;
    this.pairs = p.kind === 'square' ? count : 2 * count;
    this.q = new Float64Array(count);
    this.dq = new Float64Array(count);
    this.s = new Float64Array(count);
    this.ds = new Float64Array(count);
    this.w = new Float64Array(count);
    this.dw = new Float64Array(count);
    this.v = new Float64Array(count);
    this.dv = new Float64Array(count);
    this.white = new Whitened(p.losses, count, this.m, this.extra, p.kind === 'square-drawdown');
    this.rho = new Float64Array(count);
    this.moved = new Float64Array(count);
  }

  start(x: Float64Array): void {
    const { p, count, q, s, w, v } = this;
    const levels = p.offset.slice();
    let size = 0;
    for (let t = 0; t < count; t++) {
      for (let i = 0; i < x.length; i++) levels[t] += p.losses[t * this.m + i] * x[i];
      size += Math.abs(levels[t]) / count;
    }
    const margin = Math.max(size / 2, 1e-12);
    let total = 0;
    for (const mass of p.mass) total += mass;
    let below = 0;
    for (let t = 0; t < count; t++) {
      if (p.kind === 'square') {
        const u = Math.max(levels[t], 0) + margin;
        q[t] = p.mass[t] * u;
        s[t] = u - levels[t];
      } else if (p.kind === 'square-drawdown') {
        w[t] = Math.max(0, below + levels[t]) + margin / 10;
        s[t] = w[t] - below - levels[t];
        v[t] = (p.mass[t] * w[t]) / 2;
        below = w[t];
      } else {
        w[t] = Math.max(levels[t], 0) + margin;
        s[t] = w[t] - levels[t];
        q[t] = p.kind === 'tail' ? p.mass[t] / total : p.mass[t] / 2;
        v[t] = p.mass[t] - q[t];
      }
    }
    if (p.kind !== 'square-drawdown') return;
    let later = 0;
    for (let t = count - 1; t >= 0; t--) {
      later += v[t];
      q[t] = later;
    }
  }

  slope(_: Float64Array, into: Float64Array): void {
    const { p, q, m } = this;
    into.fill(0);
    for (let t = 0; t < this.count; t++) {
      const share = q[t];
      const row = t * m;
      for (let i = 0; i < m; i++) into[i] += share * p.losses[row + i];
    }
  }

  multipliers(): Float64Array {
    return this.q.slice();
  }

  addCurvature(matrix: Float64Array, size: number): void {
    const { p, count, q, s, w, v } = this;
    const { own, link } = this.white;
    for (let t = 0; t < count; t++) {
      own[t] = s[t] / q[t];
      if (p.kind === 'square') own[t] += 1 / p.mass[t];
      else if (p.kind === 'square-drawdown') link[t] = 1 / (p.mass[t] + v[t] / w[t]);
      else own[t] += w[t] / v[t];
    }
    this.white.prepare();
    this.white.addSquare(matrix, size);
  }

  addRight(target: number, right: Float64Array): void {
    const { p, count, q, s, w, v, rho, m } = this;
    this.target = target;
    let last = 0;
    let sum = 0;
    for (let t = 0; t < count; t++) {
      sum += q[t];
      rho[t] = target / q[t] - s[t];
      if (p.kind === 'square') continue;
      if (p.kind === 'square-drawdown') {
        const here = (target / w[t] - v[t] - this.unbalanced(t)) / (p.mass[t] + v[t] / w[t]);
        rho[t] -= here - last;
        last = here;
      } else rho[t] -= target / v[t] - w[t];
    }
    this.white.whiten(rho);
    this.white.subtractFrom(rho, right);
    if (this.extra === 1) right[m] -= 1 - sum;
  }

  /** What the balance of a drawdown misses. */
  private unbalanced(t: number): number {
    const { p, q, w, v, count } = this;
    return p.mass[t] * w[t] - q[t] + (t + 1 < count ? q[t + 1] : 0) - v[t];
  }

  complete(step: Float64Array): void {
    const { p, count, q, dq, s, ds, w, dw, v, dv, rho, moved, target, m } = this;
    this.dalpha = this.extra === 1 ? step[m] : 0;
    this.white.times(step, moved);
    for (let t = 0; t < count; t++) dq[t] = moved[t] + rho[t];
    this.white.unwhiten(dq);
    for (let t = 0; t < count; t++) {
      ds[t] = target / q[t] - s[t] - (s[t] / q[t]) * dq[t];
      if (p.kind === 'square') continue;
      if (p.kind === 'square-drawdown') {
        const chain = dq[t] - (t + 1 < count ? dq[t + 1] : 0);
        const pull = target / w[t] - v[t];
        dw[t] = (chain + pull - this.unbalanced(t)) / (p.mass[t] + v[t] / w[t]);
        dv[t] = pull - (v[t] / w[t]) * dw[t];
      } else {
        dw[t] = target / v[t] - w[t] + (w[t] / v[t]) * dq[t];
        dv[t] = -dq[t];
      }
    }
  }

  room(): number {
    const { q, dq, s, ds, w, dw, v, dv } = this;
    return Math.min(
      roomAboveZero(q, dq),
      roomAboveZero(s, ds),
      roomAboveZero(w, dw),
      roomAboveZero(v, dv),
    );
  }

  move(length: number): void {
    const { q, dq, s, ds, w, dw, v, dv } = this;
    advance(q, dq, length);
    advance(s, ds, length);
    advance(w, dw, length);
    advance(v, dv, length);
    this.alpha += length * this.dalpha;
  }

  products(): number {
    const { q, s, w, v, count } = this;
    let sum = 0;
    for (let t = 0; t < count; t++) sum += q[t] * s[t] + w[t] * v[t];
    return sum;
  }

  missing(): number {
    if (this.extra === 0) return 0;
    let sum = 0;
    for (const share of this.q) sum += share;
    return Math.abs(1 - sum);
  }
}
