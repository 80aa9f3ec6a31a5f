import { advance, BoxBarrier, roomAboveZero } from '../scenario/box-barrier.ts';
import { factorise, solve } from '../scenario/dense-cholesky.ts';
import { Border } from './border.ts';
import type { BudgetPoint } from './budget-point.ts';
import type { BudgetProblem } from './budget-problem.ts';
import type { RiskTerm } from './risk-term.ts';

const mostIterations = 150;

/**
 * Finds weights that minimise risk - strength x sum of b_i ln x_i within bounds and rows by a
 * primal-dual interior-point method. Without a given strength it is one more unknown, set so that the
 * weights sum to the share: all assets that no limit holds then carry risk in proportion to their
 * budgets.
 *
 * @param fixed a strength to keep to; the weights then sum to what they may
 * @source Richard and Roncalli (2019), "Constrained risk budgeting portfolios"; Mehrotra (1992)
 */
export function budgetInteriorPoint(
  problem: BudgetProblem,
  term: RiskTerm,
  start: Float64Array,
  fixed?: number,
): BudgetPoint {
  return new InteriorPoint(problem, term, start, fixed).run();
}

class InteriorPoint {
  private readonly p: BudgetProblem;
  private readonly term: RiskTerm;
  private readonly m: number;
  private readonly size: number;
  private readonly box: BoxBarrier;
  /** Activities of rows with two sides that differ. */
  private readonly rows: BoxBarrier;
  private readonly slack: readonly number[];
  private readonly equal: readonly number[];
  /** Prices of the equal rows. */
  private readonly price: Float64Array;
  /** Multipliers of x > 0: v x = strength x budget. */
  private readonly v: Float64Array;
  private readonly dv: Float64Array;
  private readonly fixed: number | undefined;
  private strength = 0;
  private dstrength = 0;
  private readonly slope: Float64Array;
  private readonly matrix: Float64Array;
  private readonly step: Float64Array;
  /** The unknowns beside the weights: the strength, then the equal rows' prices. */
  private readonly border: Border;
  private readonly gain: Float64Array;

  constructor(p: BudgetProblem, term: RiskTerm, start: Float64Array, fixed: number | undefined) {
    const m = p.budgets.length;
    this.p = p;
    this.term = term;
    this.m = m;
    this.size = m + term.extra;
    const positions = p.rows.map((_, r) => r);
    this.slack = positions.filter((r) => p.rows[r].lower < p.rows[r].upper);
    this.equal = positions.filter((r) => p.rows[r].lower === p.rows[r].upper);
    // A lower bound of 0 is kept by the logarithm.
    this.box = new BoxBarrier(
      p.lower.map((low) => (low > 0 ? low : -Infinity)),
      p.upper,
    );
    this.rows = new BoxBarrier(
      Float64Array.from(this.slack, (r) => p.rows[r].lower),
      Float64Array.from(this.slack, (r) => p.rows[r].upper),
    );
    this.price = new Float64Array(this.equal.length);
    this.v = new Float64Array(m);
    this.dv = new Float64Array(m);
    this.slope = new Float64Array(m);
    this.matrix = new Float64Array(this.size * this.size);
    this.step = new Float64Array(this.size);
    this.border = new Border(
      this.equal.map((r) => p.rows[r].coefficients),
      m,
      this.size,
    );
    this.gain = new Float64Array(m);
    this.fixed = fixed;
    this.begin(start);
  }

  private begin(start: Float64Array): void {
    const { p, m, box, rows, term, slope, slack } = this;
    box.start((i) => start[i], 0.25 / m, 1);
    for (let i = 0; i < m; i++)
      if (p.lower[i] === 0) box.x[i] = Math.min(Math.max(start[i], 1e-9), 0.9 * p.upper[i]);
    term.start(box.x);
    term.slope(box.x, slope);
    let risk = 0;
    for (let i = 0; i < m; i++) risk += slope[i] * box.x[i];
    // A tail starts from plain means, whose risk may be nothing: its products tell the scale.
    this.strength = this.fixed ?? Math.max(risk, term.products() / 2, 1e-300);
    const logarithms = (0.1 * this.strength) / m;
    // A strength far beyond the risk leaves the limits to hold the weights: their prices start as large.
    const least = this.fixed === undefined ? 1e-300 : logarithms;
    const target = term.pairs > 0 ? Math.max(term.products() / term.pairs, least) : logarithms;
    const x = box.x.slice();
    box.start((i) => x[i], 0, target);
    rows.start((k) => this.activity(slack[k]), 0.05, target);
    for (let i = 0; i < m; i++) this.v[i] = (this.strength * p.budgets[i]) / x[i];
  }

  run(): BudgetPoint {
    let best = this.point(0, Infinity);
    let waiting = 0;
    for (let iteration = 0; iteration < mostIterations; iteration++) {
      const error = this.measure();
      if (!Number.isFinite(error)) break;
      if (error < best.error) {
        if (error < 0.9 * best.error) waiting = 0;
        best = this.point(iteration, error);
      }
      if (best.error <= 1e-15 || waiting++ > 10) break;
      if (!this.iterate()) break;
    }
    return best;
  }

  private point(iterations: number, error: number): BudgetPoint {
    const { box, rows, slack, equal, price, p, strength } = this;
    const rowPrices = new Float64Array(p.rows.length);
    slack.forEach((r, k) => {
      rowPrices[r] = rows.low[k] - rows.high[k];
    });
    equal.forEach((r, k) => {
      rowPrices[r] = price[k];
    });
    const boundPrices = box.low.map((low, i) => low - box.high[i]);
    const multipliers = this.term.multipliers();
    const x = box.x.slice();
    return { x, strength, boundPrices, rowPrices, multipliers, iterations, error };
  }

  private activity(r: number, of: Float64Array = this.box.x): number {
    const { coefficients } = this.p.rows[r];
    let sum = 0;
    for (let i = 0; i < this.m; i++) sum += coefficients[i] * of[i];
    return sum;
  }

  /** What the sum of the weights misses. */
  private missingShare(): number {
    let sum = 0;
    for (const w of this.box.x) sum += w;
    return this.p.share - sum;
  }

  /** Puts the residual of the slope into `slope` and says how far all conditions are from holding. */
  private measure(): number {
    const { p, m, term, box, rows, v, slope, slack, equal, price, strength } = this;
    term.slope(box.x, slope);
    const missing = this.fixed === undefined ? Math.abs(this.missingShare()) : 0;
    let error = Math.max(missing, term.missing());
    for (let i = 0; i < m; i++) slope[i] -= v[i] + box.low[i] - box.high[i];
    slack.forEach((r, k) => {
      const y = rows.low[k] - rows.high[k];
      for (let i = 0; i < m; i++) slope[i] -= y * p.rows[r].coefficients[i];
      error = Math.max(error, Math.abs(this.activity(r) - rows.x[k]));
    });
    equal.forEach((r, k) => {
      for (let i = 0; i < m; i++) slope[i] -= price[k] * p.rows[r].coefficients[i];
      error = Math.max(error, Math.abs(this.activity(r) - p.rows[r].lower));
    });
    for (let i = 0; i < m; i++) {
      const product = strength * p.budgets[i];
      error = Math.max(error, Math.abs(v[i] * box.x[i] - product) / product);
      error = Math.max(error, (Math.abs(slope[i]) * box.x[i]) / strength);
    }
    return Math.max(error, (term.products() + box.products() + rows.products()) / strength);
  }

  /** One step; false when the system gives none. */
  private iterate(): boolean {
    const { term, box, rows } = this;
    const pairs = term.pairs + box.pairs + rows.pairs;
    const products = term.products() + box.products() + rows.products();
    this.factor();
    this.direction(0);
    const affine = Math.min(1, this.room());
    const shrink = (1 - affine) ** 2;
    // Products that fall to nothing before the rest has settled leave the system without a hold.
    const floor = (1e-16 * this.strength) / pairs;
    const target = pairs > 0 ? Math.max((products / pairs) * Math.max(shrink, 1e-4), floor) : 0;
    if (pairs > 0) this.direction(target);
    const room = this.room();
    const length = Math.min(1, (affine > 0.99 ? 0.9995 : 0.99) * room);
    if (!(length > 1e-12)) return false;
    this.move(length);
    return true;
  }

  private factor(): void {
    const { p, m, size, term, box, rows, v, matrix, slack, border, gain } = this;
    matrix.fill(0);
    term.addCurvature(matrix, size);
    box.prepare(0, false);
    rows.prepare(0, false);
    for (let i = 0; i < m; i++) matrix[i * size + i] += box.weight[i] + v[i] / box.x[i];
    slack.forEach((r, k) => {
      const { coefficients } = p.rows[r];
      for (let i = 0; i < m; i++) {
        const a = rows.weight[k] * coefficients[i];
        if (a === 0) continue;
        for (let j = 0; j <= i; j++) matrix[i * size + j] += a * coefficients[j];
      }
    });
    factorise(matrix, size);
    for (let i = 0; i < m; i++) gain[i] = p.budgets[i] / box.x[i];
    border.factor(matrix, gain);
  }

  /** The Newton direction towards products of `target`. */
  private direction(target: number): void {
    const { p, m, term, box, rows, v, dv, slope, step, matrix, size, slack } = this;
    const { strength } = this;
    box.prepare(target, false);
    rows.prepare(target, false);
    step.fill(0);
    for (let i = 0; i < m; i++)
      step[i] = -slope[i] + box.pull[i] + (strength * p.budgets[i]) / box.x[i] - v[i];
    slack.forEach((r, k) => {
      const pull = rows.pull[k] - rows.weight[k] * (this.activity(r) - rows.x[k]);
      for (let i = 0; i < m; i++) step[i] += pull * p.rows[r].coefficients[i];
    });
    term.addRight(target, step);
    solve(matrix, size, step);
    const sum = this.fixed === undefined ? this.missingShare() : null;
    const missing = this.equal.map((r) => p.rows[r].lower - this.activity(r));
    this.border.close(step, sum, missing, strength / 2);
    this.dstrength = this.border.moves[0];
    for (let i = 0; i < m; i++) {
      box.dx[i] = step[i];
      const product = (strength + this.dstrength) * p.budgets[i];
      dv[i] = (product - v[i] * step[i]) / box.x[i] - v[i];
    }
    slack.forEach((r, k) => {
      rows.dx[k] = this.activity(r) - rows.x[k] + this.activity(r, step);
    });
    box.complete();
    rows.complete();
    term.complete(step);
  }

  private room(): number {
    const { box, rows, v, dv, term, strength, dstrength } = this;
    const room = Math.min(
      box.room(),
      box.priceRoom(),
      rows.room(),
      rows.priceRoom(),
      roomAboveZero(box.x, box.dx),
      roomAboveZero(v, dv),
      term.room(),
    );
    return dstrength < 0 ? Math.min(room, -strength / dstrength) : room;
  }

  private move(length: number): void {
    const { box, rows, v, dv, term, price, border } = this;
    for (const one of [box, rows]) {
      advance(one.x, one.dx, length);
      advance(one.low, one.dlow, length);
      advance(one.high, one.dhigh, length);
    }
    advance(v, dv, length);
    this.strength += length * this.dstrength;
    for (let k = 0; k < price.length; k++) price[k] += length * border.moves[k + 1];
    term.move(length);
  }
}
