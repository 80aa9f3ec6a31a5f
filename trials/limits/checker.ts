import type { Allocation, Problem } from '../../engine/index.ts';

export interface Judgement {
  /** Largest relative violation of any limit. */
  readonly infeasibility: number;
  /** Largest price of a limit that is not tight, times the room it has. */
  readonly complementarity: number;
  /** How far the assets disagree on what a unit of the budget is worth, relative to slopes. */
  readonly stationarity: number;
}

/**
 * Judges an answer from the problem and the prices it published, by code that shares nothing with the
 * engine: at an optimum no limit is broken, only tight limits have a price, and after all prices every
 * asset that may be bought or sold gains the same from one unit more.
 */
export function judge(problem: Problem, answer: Allocation): Judgement {
  const { limits, current, benchmark } = problem;
  const w = answer.weights;
  const n = w.length;
  const price = (limit: string) =>
    answer.binding.find((one) => one.limit === limit)?.shadowPrice ?? 0;
  const away = w.map((v, i) => v - benchmark![i]);
  const volatility = Math.sqrt(form(problem, w));
  const error = Math.sqrt(form(problem, away));
  const turnover = w.reduce((sum, v, i) => sum + Math.abs(v - current![i]), 0);
  const aim = aims[answer.method](problem, w);
  const gain = aim.gradient;
  let infeasibility = Math.abs(w.reduce((sum, v) => sum + v, 0) - 1);
  let complementarity = 0;
  const note = (value: number, most: number, cost: number) => {
    infeasibility = Math.max(infeasibility, (value - most) / Math.max(Math.abs(most), 1));
    complementarity = Math.max(complementarity, cost * Math.max(0, most - value));
  };
  const push = (slopes: Float64Array, amount: number) => {
    for (let i = 0; i < n; i++) gain[i] -= amount * slopes[i];
  };
  if (limits.volatility !== undefined) {
    note(volatility, limits.volatility, price('volatility'));
    push(times(problem, w), price('volatility') / volatility);
  }
  if (limits.trackingError !== undefined) {
    note(error, limits.trackingError, price('tracking error'));
    push(times(problem, away), price('tracking error') / error);
  }
  if (limits.turnover !== undefined) note(turnover, limits.turnover, price('turnover'));
  for (const one of answer.binding) {
    const line = limits.linear.find(({ name }) => name === one.limit);
    if (line !== undefined)
      push(line.coefficients, one.kind === 'at-most' ? one.shadowPrice : -one.shadowPrice);
    if (one.kind === 'target-return') push(problem.expectedReturns, -one.shadowPrice);
    if (one.kind === 'target-volatility') push(times(problem, w), one.shadowPrice / volatility);
  }
  for (const { name, coefficients, lower, upper } of limits.linear) {
    const sum = w.reduce((all, v, i) => all + v * coefficients[i], 0);
    const side = answer.binding.find((one) => one.limit === name);
    note(sum, upper, side?.kind === 'at-most' ? side.shadowPrice : 0);
    note(-sum, -lower, side?.kind === 'at-least' ? side.shadowPrice : 0);
  }
  let [most, least, steepest] = [-Infinity, Infinity, aim.steepest];
  for (let i = 0; i < n; i++) {
    const below = price(`minimum of A${i}`);
    const above = price(`maximum of A${i}`);
    note(w[i], limits.upper[i], above);
    note(-w[i], -limits.lower[i], below);
    const way = w[i] - current![i];
    const kink = aim.costs * (problem.tradingCosts?.[i] ?? 0) + price('turnover');
    const impact = aim.costs * 1.5 * (problem.marketImpact?.[i] ?? 0);
    const slope = gain[i] + below - above - impact * Math.sqrt(Math.abs(way)) * Math.sign(way);
    steepest = Math.max(steepest, kink, impact);
    const still = Math.abs(way) < 1e-12;
    // One unit more of the asset, less its costs, is worth the budget's price: not more, not less.
    most = Math.max(most, slope - (still ? kink : kink * Math.sign(way)));
    least = Math.min(least, slope + (still ? kink : -kink * Math.sign(way)));
  }
  const stationarity = Math.max(0, most - least) / steepest;
  return { infeasibility, complementarity: complementarity / steepest, stationarity };
}

interface Aim {
  readonly gradient: Float64Array;
  /** What a unit of trading cost weighs. */
  readonly costs: number;
  readonly steepest: number;
}

const calm = (problem: Problem, w: Float64Array): Aim => ({
  gradient: times(problem, w).map((v) => -2 * v),
  costs: 2 / problem.riskAversion!,
  steepest: 2 * Math.max(...diagonal(problem)),
});

const reward = (problem: Problem, w: Float64Array, aversion: number): Aim => {
  const slopes = times(problem, w);
  return {
    gradient: problem.expectedReturns.map((r, i) => r - aversion * slopes[i]),
    costs: 1,
    steepest: Math.max(...problem.expectedReturns, aversion * Math.max(...diagonal(problem))),
  };
};

const aims: Readonly<Record<string, (problem: Problem, w: Float64Array) => Aim>> = {
  'minimum-variance': calm,
  'target-return': calm,
  'target-volatility': (problem, w) => reward(problem, w, 0),
  'mean-variance-utility': (problem, w) => reward(problem, w, problem.riskAversion!),
  'minimum-tracking-error': (problem, w) =>
    calm(
      problem,
      w.map((v, i) => v - problem.benchmark![i]),
    ),
};

function times({ covariance }: Problem, v: Float64Array): Float64Array {
  return v.map((_, i) => v.reduce((sum, x, j) => sum + covariance[i * v.length + j] * x, 0));
}

function form(problem: Problem, v: Float64Array): number {
  return times(problem, v).reduce((sum, x, i) => sum + x * v[i], 0);
}

function diagonal({ covariance, assets }: Problem): number[] {
  return assets.map((_, i) => covariance[i * assets.length + i]);
}
