import { EngineError, Infeasible } from '../errors.ts';
import { choleskyFactor, choleskySolve } from '../linalg/cholesky.ts';

/** A view on probabilities: the mean of one number a scenario is, is at most, or is at least a value. */
export interface ScenarioView {
  /** As a person would read it, for refusals. */
  readonly name: string;
  /** One number a scenario. */
  readonly numbers: Float64Array;
  readonly side: 'equal' | 'at-most' | 'at-least';
  readonly value: number;
}

export interface Pooled {
  /** One a scenario, summing to 1. */
  readonly probabilities: Float64Array;
  /** Of the new probabilities to the prior ones, in nats. */
  readonly relativeEntropy: number;
  /** exp of the entropy: how many equally likely scenarios carry as much. */
  readonly effectiveScenarios: number;
  /** Largest miss of a view or of its optimality condition, in standard deviations of its numbers. */
  readonly residual: number;
  readonly iterations: number;
}

const settled = 1e-10;
const mostIterations = 500;

/**
 * The probabilities nearest to the prior (in relative entropy) under which every view holds.
 *
 * Newton on the dual, whose unknowns are one price a view; the probabilities follow as prior x
 * exp(-prices'views). A dual value above the largest relative entropy that any probabilities can have
 * proves that no probabilities meet the views.
 *
 * @param prior one a scenario, not negative, any positive sum
 * @throws {Infeasible} naming the views that no probabilities meet together
 * @throws {EngineError} 'bad-input' for sizes and numbers, 'not-converged' for views that hold only in
 *   the limit
 * @source Meucci (2008), Fully flexible views
 */
export function entropyPooling(prior: Float64Array, views: readonly ScenarioView[]): Pooled {
  const p = normalised(prior);
  const k = views.length;
  // Scenarios that cannot happen have no say in what is extreme.
  const least = p.reduce((low, value) => (value > 0 && value < low ? value : low), 1);
  const bound = -Math.log(least);
  const rows = views.map((view) => standardised(view, p));
  const signs = views.map(({ side }) => (side === 'equal' ? 0 : side === 'at-most' ? 1 : -1));
  let prices = new Float64Array(k);
  let state = evaluate(p, rows, prices);
  for (let iterations = 0; ; iterations++) {
    const residual = missOf(state.means, prices, signs);
    if (residual <= settled) {
      return {
        probabilities: state.q,
        relativeEntropy: relativeEntropy(state.q, p),
        effectiveScenarios: effectiveScenarios(state.q),
        residual,
        iterations,
      };
    }
    if (-state.value > bound + 1e-9) throw impossible(views, prices);
    const next = iterations < mostIterations ? descend(p, rows, prices, signs, state) : null;
    if (next === null) {
      throw new EngineError(
        'not-converged',
        `The views hold only in the limit of impossible scenarios (missed by ${residual.toExponential(1)}); make them less extreme.`,
        { residual, iterations },
      );
    }
    prices = next.prices;
    state = next.state;
  }
}

interface State {
  readonly q: Float64Array;
  /** log sum p exp(-prices'rows): the dual objective, to be made small. */
  readonly value: number;
  /** Mean of each row under q. */
  readonly means: Float64Array;
  readonly rows: readonly Float64Array[];
  readonly count: number;
}

function evaluate(p: Float64Array, rows: readonly Float64Array[], prices: Float64Array): State {
  const count = p.length;
  const q = new Float64Array(count);
  let top = Number.NEGATIVE_INFINITY;
  for (let t = 0; t < count; t++) {
    let sum = 0;
    for (let v = 0; v < rows.length; v++) sum -= prices[v] * rows[v][t];
    q[t] = sum;
    if (p[t] > 0 && sum > top) top = sum;
  }
  let total = 0;
  for (let t = 0; t < count; t++) {
    q[t] = p[t] === 0 ? 0 : p[t] * Math.exp(q[t] - top);
    total += q[t];
  }
  for (let t = 0; t < count; t++) q[t] /= total;
  const means = Float64Array.from(rows, (row) => {
    let sum = 0;
    for (let t = 0; t < count; t++) sum += q[t] * row[t];
    return sum;
  });
  return { q, value: top + Math.log(total), means, rows, count };
}

/** One Newton step on the prices that may move, shortened until the dual falls; null when none falls. */
function descend(
  p: Float64Array,
  rows: readonly Float64Array[],
  prices: Float64Array,
  signs: readonly number[],
  state: State,
) {
  const k = prices.length;
  const free = [...prices.keys()].filter(
    // A price of an inequality stays at 0 while its slope would take it to the wrong side.
    (v) => signs[v] === 0 || prices[v] !== 0 || signs[v] * state.means[v] > 0,
  );
  const size = free.length;
  const hessian = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) {
      const [x, y] = [rows[free[a]], rows[free[b]]];
      let sum = 0;
      for (let t = 0; t < state.count; t++) sum += state.q[t] * x[t] * y[t];
      sum -= state.means[free[a]] * state.means[free[b]];
      hessian[a * size + b] = sum;
      hessian[b * size + a] = sum;
    }
  }
  const slope = Float64Array.from(free, (v) => state.means[v]);
  const direction = solved(hessian, size, slope);
  const full = new Float64Array(k);
  free.forEach((v, a) => {
    full[v] = direction[a];
  });
  const miss = missOf(state.means, prices, signs);
  for (let length = 1; length > 1e-12; length /= 2) {
    const tried = prices.map((price, v) => {
      const moved = price + length * full[v];
      return signs[v] !== 0 && signs[v] * moved < 0 ? 0 : moved;
    });
    const next = evaluate(p, rows, tried);
    let expected = 0;
    for (let v = 0; v < k; v++) expected -= state.means[v] * (tried[v] - prices[v]);
    const falls = next.value <= state.value + 1e-4 * expected;
    // Near the end the dual moves less than rounding; then the optimality conditions decide.
    const nearer =
      Math.abs(next.value - state.value) <= 1e-13 && missOf(next.means, tried, signs) < miss;
    if (falls || nearer) return { prices: tried, state: next };
  }
  return null;
}

/** Newton direction; where views repeat each other the nearest one. */
function solved(hessian: Float64Array, size: number, slope: Float64Array): Float64Array {
  let trace = 0;
  // A number that is the same in every scenario has no variance, or by rounding less than none.
  for (let a = 0; a < size; a++) trace += Math.max(0, hessian[a * size + a]);
  for (let shift = 1e-14; ; shift *= 100) {
    const raised = hessian.slice();
    for (let a = 0; a < size; a++) raised[a * size + a] += shift * (trace || 1);
    const factored = choleskyFactor(raised, size);
    if ('factor' in factored) return choleskySolve(factored.factor, size, slope);
  }
}

function missOf(means: Float64Array, prices: Float64Array, signs: readonly number[]): number {
  let worst = 0;
  means.forEach((mean, v) => {
    const miss = signs[v] === 0 || prices[v] !== 0 ? Math.abs(mean) : Math.max(0, signs[v] * mean);
    worst = Math.max(worst, miss);
  });
  return worst;
}

/** Distances from the view's value, in standard deviations under the prior. */
function standardised(view: ScenarioView, p: Float64Array): Float64Array {
  const { numbers, value, name } = view;
  if (numbers.length !== p.length || !Number.isFinite(value) || !numbers.every(Number.isFinite)) {
    throw new EngineError(
      'bad-input',
      `The view "${name}" needs one finite number a scenario and a finite value.`,
      { numbers: numbers.length, scenarios: p.length, value },
    );
  }
  let [mean, square] = [0, 0];
  for (let t = 0; t < p.length; t++) {
    mean += p[t] * numbers[t];
    square += p[t] * numbers[t] * numbers[t];
  }
  const scale = Math.sqrt(Math.max(0, square - mean * mean)) || Math.abs(mean) || 1;
  return numbers.map((x) => (x - value) / scale);
}

function normalised(prior: Float64Array): Float64Array {
  const total = prior.reduce((sum, value) => sum + value, 0);
  if (!(total > 0 && total < Infinity) || prior.some((value) => !(value >= 0))) {
    throw new EngineError(
      'bad-input',
      'Prior probabilities must not be negative and must not all be zero.',
      { total },
    );
  }
  return prior.map((value) => value / total);
}

function impossible(views: readonly ScenarioView[], prices: Float64Array): Infeasible {
  const largest = prices.reduce((most, price) => Math.max(most, Math.abs(price)), 0);
  const blamed = views.filter((_, v) => Math.abs(prices[v]) > 1e-6 * largest);
  return new Infeasible(
    `No probabilities meet ${blamed.map(({ name }) => `"${name}"`).join(' and ')}; make ${blamed.length === 1 ? 'it' : 'them'} less extreme.`,
    blamed.map(({ name, value }) => ({ limit: name, bound: value, wouldWork: null })),
  );
}

/** Sum of q log(q/p), in nats. */
export function relativeEntropy(q: Float64Array, p: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < q.length; t++) if (q[t] > 0) sum += q[t] * Math.log(q[t] / p[t]);
  return sum;
}

/** exp of -sum q log q. */
export function effectiveScenarios(q: Float64Array): number {
  let sum = 0;
  for (const value of q) if (value > 0) sum -= value * Math.log(value);
  return Math.exp(sum);
}
