import { BoxBarrier } from './box-barrier.ts';
import { levelsOf } from './levels.ts';
import { NewtonSystem } from './newton-system.ts';
import type { RiskPoint, RiskProgram } from './risk-program.ts';
import { ShapeBarrier } from './shape-barrier.ts';

/** Where an interior-point method stands on a risk program: every number with its direction. */
export class InteriorState {
  readonly p: RiskProgram;
  readonly n: number;
  readonly m: number;
  readonly count: number;
  readonly shape: ShapeBarrier;
  readonly x: BoxBarrier;
  /** Activities of the rows. */
  readonly r: BoxBarrier;
  /** Levels above 0 and the slack of the chain that makes them drawdowns. */
  readonly u: BoxBarrier;
  readonly s: BoxBarrier;
  readonly y: Float64Array;
  readonly dy: Float64Array;
  readonly system: NewtonSystem;
  readonly step: Float64Array;
  readonly right: Float64Array;
  readonly slope: Float64Array;
  readonly returns: Float64Array;
  readonly tau: Float64Array;
  readonly rho: Float64Array;
  readonly damp: Float64Array;
  readonly corner: Float64Array;
  readonly rowMissing: Float64Array;
  readonly rowAdd: Float64Array;
  readonly equal: Uint8Array;
  /** Present shares of losses: q itself, or the chain's multipliers. */
  readonly shares: Float64Array;

  constructor(p: RiskProgram) {
    const n = p.lower.length;
    const m = p.rowLower.length;
    const count = p.probabilities.length;
    this.p = p;
    this.n = n;
    this.m = m;
    this.count = count;
    this.shape = new ShapeBarrier(p.shape, p.probabilities, p.tail, p.drawdown);
    this.equal = Uint8Array.from(p.rowLower, (low, r) => (low === p.rowUpper[r] ? 1 : 0));
    this.x = new BoxBarrier(p.lower, p.upper);
    this.r = new BoxBarrier(
      p.rowLower.map((low, r) => (this.equal[r] === 1 ? -Infinity : low)),
      p.rowUpper.map((high, r) => (this.equal[r] === 1 ? Infinity : high)),
    );
    const floor = new Float64Array(p.drawdown ? count : 0);
    const open = new Float64Array(p.drawdown ? count : 0).fill(Infinity);
    this.u = new BoxBarrier(floor, open);
    this.s = new BoxBarrier(floor, open);
    this.y = new Float64Array(m);
    this.dy = new Float64Array(m);
    const size = n + this.shape.size;
    this.system = new NewtonSystem(size, count, p.rows, this.equal);
    this.step = new Float64Array(size);
    this.right = new Float64Array(size);
    this.slope = new Float64Array(n);
    this.returns = new Float64Array(count);
    this.tau = new Float64Array(count);
    this.rho = new Float64Array(count);
    this.damp = new Float64Array(count).fill(1);
    this.corner = new Float64Array(this.shape.size ** 2);
    this.rowMissing = new Float64Array(m);
    this.rowAdd = new Float64Array(m);
    this.shares = p.drawdown ? this.s.low : this.shape.q;
  }

  /** The present point, to be kept. */
  point(iterations: number): RiskPoint {
    const { x, y, shares } = this;
    const threshold = this.shape.size > 0 ? this.shape.scalars[0] : 0;
    return { x: x.x.slice(), prices: y.slice(), shares: shares.slice(), threshold, iterations };
  }

  /** Starts with room on every side. */
  start(): void {
    const { p, n, m, x, r, u, s, shape, count } = this;
    x.start((i) => p.start[i], 0.5 / n, 1);
    this.measureReturns();
    const levels = new Float64Array(count);
    levelsOf(p.drawdown ? 'drawdown' : 'loss', this.returns, p.probabilities, levels);
    if (p.drawdown) {
      let mean = 0;
      for (let t = 0; t < count; t++) mean += levels[t] / count;
      const margin = Math.max(mean, 1e-2);
      u.x.set(levels.map((level) => level + margin));
      shape.start(u.x);
      let later = 0;
      for (let t = count - 1; t >= 0; t--) {
        later += shape.q[t] / 2;
        u.low[t] = shape.q[t] / 2;
        s.low[t] = later;
        s.x[t] =
          margin / 10 + Math.max(0, levels[t] - (t > 0 ? levels[t - 1] : 0) + this.returns[t]);
      }
    } else shape.start(levels);
    const inner = shape.products();
    let total = inner.sum;
    let pairs = inner.pairs;
    if (p.drawdown) {
      total += u.products() + s.products();
      pairs += u.pairs + s.pairs;
    }
    const target = total / pairs;
    x.start((i) => p.start[i], 0.5 / n, target);
    const activity = new Float64Array(m);
    for (let k = 0; k < m; k++)
      for (let i = 0; i < n; i++) activity[k] += p.rows[k * n + i] * x.x[i];
    r.start((k) => activity[k], 0.1, target);
    for (let k = 0; k < m; k++) if (this.equal[k] === 1) r.x[k] = p.rowLower[k];
  }

  measureReturns(): void {
    const { p, n, count, returns, x } = this;
    returns.set(p.offset);
    for (let i = 0; i < n; i++) {
      const weight = x.x[i];
      const from = i * count;
      for (let t = 0; t < count; t++) returns[t] += weight * p.series[from + t];
    }
  }

  /** Levels: losses as they are, or the chain's own numbers. */
  levels(): Float64Array {
    return this.p.drawdown ? this.u.x : this.rho;
  }

  /** Products and residuals of the present point. */
  measure(): { products: number; missing: number; size: number } {
    const { p, n, m, count, shape, x, r, u, s, y, slope, shares, rowMissing } = this;
    this.measureReturns();
    let missing = 0;
    for (let k = 0; k < m; k++) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += p.rows[k * n + i] * x.x[i];
      rowMissing[k] = r.x[k] - sum;
      missing = Math.max(missing, Math.abs(rowMissing[k]));
    }
    let size = 1e-6;
    for (let i = 0; i < n; i++) {
      let sum = p.cost[i] + x.high[i] - x.low[i];
      for (let k = 0; k < m; k++) sum -= p.rows[k * n + i] * y[k];
      let pull = 0;
      const from = i * count;
      for (let t = 0; t < count; t++) pull += p.series[from + t] * shares[t];
      slope[i] = sum - pull;
      missing = Math.max(missing, Math.abs(slope[i]));
    }
    if (shape.size > 0) {
      let whole = 0;
      for (let t = 0; t < count; t++) whole += shape.q[t];
      missing = Math.max(missing, Math.abs(1 - whole));
    }
    let value = 0;
    if (p.drawdown) for (let t = 0; t < count; t++) value += shape.q[t] * u.x[t];
    else for (let t = 0; t < count; t++) value -= shape.q[t] * this.returns[t];
    size = Math.max(size, Math.abs(value));
    if (!p.drawdown) for (let t = 0; t < count; t++) this.rho[t] = -this.returns[t];
    missing = Math.max(missing, shape.unmet(this.levels()));
    let products = shape.products().sum + x.products() + r.products();
    if (p.drawdown) products += u.products() + s.products();
    return { products, missing: missing / Math.max(size, 1e-3), size };
  }

  /** Mean of the products that shall vanish. */
  mean(): number {
    const { shape, x, r, u, s, p } = this;
    const inner = shape.products();
    const chain = p.drawdown ? u.products() + s.products() : 0;
    const pairs = inner.pairs + x.pairs + r.pairs + (p.drawdown ? u.pairs + s.pairs : 0);
    return (inner.sum + chain + x.products() + r.products()) / pairs;
  }
}
