import type { Allocation, Problem } from '../problem.ts';
import { type Aim, marginal, moves, variance, volatility } from './aim.fixture.ts';

/** How far weights are from being multiples of `shares`, cut to their bounds; cash apart. */
function unevenness(p: Problem, answer: Allocation, shares: (i: number) => number): number {
  if (answer.repairs?.some((one) => one.includes('nearest portfolio'))) return 0;
  const { lower, upper } = p.limits;
  const risky = p.assets.map((_, i) => i).filter((i) => Number.isFinite(shares(i)));
  const multiple = (i: number) => answer.weights[i] / shares(i);
  const above = risky.filter((i) => answer.weights[i] > lower[i] + 1e-12).map(multiple);
  const below = risky.filter((i) => answer.weights[i] < upper[i] - 1e-12).map(multiple);
  // Whoever could give has no more than whoever could take.
  return Math.max(0, Math.max(...above) / Math.min(...below) - 1);
}

/** How far contributions of assets that no limit holds are from their budgets, all the same. */
function unequalShares(p: Problem, { weights, binding }: Allocation): number {
  const slope = marginal(p, weights);
  const n = weights.length;
  const bound = p.limits.linear.filter((limit) =>
    binding.some((one) => one.limit === limit.name && one.asset === undefined),
  );
  const held = (i: number) =>
    binding.some((one) => one.asset === p.assets[i]) ||
    bound.some((limit) => limit.coefficients[i] !== 0) ||
    weights[i] === p.limits.lower[i] ||
    volatility(p, i) === 0;
  const free = p.assets.map((_, i) => i).filter((i) => !held(i));
  const shares = free.map((i) => weights[i] * slope[i] * n);
  if (free.length === 0) return 0;
  const most = Math.max(...shares);
  const unequal = most / Math.min(...shares) - 1;
  // Who is held at a maximum carries less than the others, who is held at a minimum more.
  const strained = binding.flatMap((one) => {
    if (one.asset === undefined) return [];
    const i = p.assets.indexOf(one.asset);
    if (bound.some((limit) => limit.coefficients[i] !== 0)) return [];
    const excess = (weights[i] * slope[i] * n) / most - 1;
    return [one.kind === 'lower' ? -excess : excess];
  });
  return Math.max(unequal, ...strained);
}

/** The correlations' own variance; a weight in cash counts dearly, because it must be the least. */
const correlationScore = (p: Problem, w: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < w.length; i++) {
    if (volatility(p, i) === 0) {
      sum += 100 * w[i];
      continue;
    }
    for (let j = 0; j < w.length; j++) {
      if (volatility(p, j) > 0)
        sum +=
          (w[i] * w[j] * p.covariance[i * w.length + j]) / (volatility(p, i) * volatility(p, j));
    }
  }
  return -sum;
};

type SeriesRisk = (returns: readonly number[]) => number;

/** How much a small move of weights could gain where no limit holds: risk less R ln w, R the risk. */
function unsharedRisk(risk: SeriesRisk) {
  return (p: Problem, { weights, binding, repairs }: Allocation): number => {
    if (binding.length > 0 || repairs !== undefined) return 0;
    const { returns, count } = p.scenarios!;
    const n = weights.length;
    const of = (w: Float64Array) =>
      risk(
        Array.from({ length: count }, (_, t) =>
          w.reduce((sum, v, i) => sum + v * returns[t * n + i], 0),
        ),
      );
    const here = of(weights);
    const value = (w: Float64Array) =>
      of(w) - w.reduce((sum, v) => sum + (here * Math.log(v)) / n, 0);
    const base = value(weights);
    const others = moves(p, weights, [1e-5, 1e-3]).filter((w) => w.every((v) => v > 0));
    return Math.max(0, ...others.map((w) => (base - value(w)) / here));
  };
}

const mean = (values: readonly number[]) => values.reduce((s, v) => s + v, 0) / values.length;

const worstMean: SeriesRisk = (returns) => {
  const sorted = [...returns].sort((a, b) => a - b);
  const mass = 0.05 * returns.length;
  const whole = Math.floor(mass + 1e-9);
  const sum = sorted.slice(0, whole).reduce((s, v) => s + v, 0);
  return -(sum + (mass - whole) * (mass - whole > 1e-9 ? sorted[whole] : 0)) / mass;
};

const belowMean: SeriesRisk = (returns) => {
  const m = mean(returns);
  const squares = returns.reduce((s, r) => s + Math.min(r - m, 0) ** 2, 0);
  return Math.sqrt(squares / (returns.length - 1));
};

const meanDeviation: SeriesRisk = (returns) => {
  const m = mean(returns);
  return mean(returns.map((r) => Math.abs(r - m)));
};

const ulcerIndex: SeriesRisk = (returns) => {
  let sum = 0;
  let peak = 0;
  return Math.sqrt(
    mean(
      returns.map((r) => {
        sum += r;
        peak = Math.max(peak, sum);
        return (peak - sum) ** 2;
      }),
    ),
  );
};

/** Methods that share risk or spread it. */
export const riskAims = {
  'equal-weight': { misses: (p, answer) => unevenness(p, answer, () => 1) },
  'inverse-volatility': {
    misses: (p, answer) => unevenness(p, answer, (i) => 1 / volatility(p, i)),
  },
  'maximum-diversification': {
    score: (p, w) =>
      w.reduce((sum, v, i) => sum + v * volatility(p, i), 0) / Math.sqrt(variance(p, w)),
    // With cash many portfolios are equally good, and a short position is worth more beside much of it.
    priced: (p) => p.assets.every((_, i) => volatility(p, i) > 0),
  },
  'maximum-decorrelation': {
    score: correlationScore,
    priced: (p) => p.assets.every((_, i) => volatility(p, i) > 0),
  },
  'risk-parity': { misses: unequalShares, refusals: ['zero-variance'] },
  'risk-parity-cvar': { misses: unsharedRisk(worstMean), refusals: ['zero-variance'] },
  'risk-parity-mad': { misses: unsharedRisk(meanDeviation), refusals: ['zero-variance'] },
  'risk-parity-semideviation': { misses: unsharedRisk(belowMean), refusals: ['zero-variance'] },
  'risk-parity-ulcer': { misses: unsharedRisk(ulcerIndex), refusals: ['zero-variance'] },
} as const satisfies Record<string, Aim>;
