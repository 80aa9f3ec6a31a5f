import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oracle, oraclesPresent } from '../../oracles/cases.ts';
import { Infeasible } from '../errors.ts';
import { dot, quadraticForm } from '../linalg/multiply.ts';
import { maximumSharpe } from '../optimizers/maximum-sharpe.ts';
import type { Problem } from '../optimizers/problem.ts';
import { targetReturn } from '../optimizers/target-return.ts';
import { randomSource } from '../random.ts';
import { criticalLine } from './critical-line.ts';
import { alongFrontier, atReturn, efficientFrontier } from './efficient-frontier.ts';

function randomProblem(seed: number): Problem {
  const random = randomSource(seed);
  const n = 2 + random.integer(14);
  const twins = n > 3 && random.uniform() < 0.2;
  const loadings = Array.from({ length: n * 3 }, () => random.normal() * 0.1);
  const own = Array.from({ length: n }, () => 0.02 + random.uniform() * 0.2);
  const returns = Float64Array.from({ length: n }, () => 0.02 + random.uniform() * 0.1);
  const withCash = random.uniform() < 0.4;
  // The second asset may be a copy of the first.
  const like = (i: number) => (twins && i === 1 ? 0 : i);
  const covariance = Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [like(Math.floor(at / n)), like(at % n)];
    if (withCash && (i === n - 1 || j === n - 1)) return 0;
    let sum = i === j ? own[i] ** 2 : 0;
    for (let k = 0; k < 3; k++) sum += loadings[i * 3 + k] * loadings[j * 3 + k];
    return sum;
  });
  if (twins) returns[1] = returns[0];
  const upper = Float64Array.from({ length: n }, () =>
    random.uniform() < 0.5 ? 1 : 1.2 / n + random.uniform() * 0.6,
  );
  const linear = Array.from({ length: random.integer(3) }, (_, g) => ({
    name: `class ${g}`,
    coefficients: Float64Array.from({ length: n }, (_, i) => (i % 3 === g ? 1 : 0)),
    lower: random.uniform() < 0.5 ? -Infinity : random.uniform() * 0.2,
    upper: 0.5 + random.uniform() * 0.5,
  }));
  return {
    assets: Array.from({ length: n }, (_, i) => `A${i}`),
    expectedReturns: returns,
    covariance,
    riskFree: 0.02,
    limits: { lower: new Float64Array(n), upper, linear },
  };
}

const feasible = (problem: Problem) => {
  try {
    criticalLine(problem);
    return true;
  } catch (error) {
    if (error instanceof Infeasible) return false;
    throw error;
  }
};

const problems = fc.integer({ min: 1, max: 1e6 }).map(randomProblem).filter(feasible);

describe('the critical line', () => {
  it('keeps every portfolio between corners within the limits and no worse than the program', () => {
    fc.assert(
      fc.property(problems, fc.double({ min: 0.001, max: 0.999, noNaN: true }), (problem, at) => {
        const frontier = efficientFrontier(problem);
        const [low, high] = [frontier.leastVolatility, frontier.highestReturn];
        const wanted = low.expectedReturn + at * (high.expectedReturn - low.expectedReturn);
        const found = atReturn(problem, frontier, wanted);
        expect(found.weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 9);
        found.weights.forEach((w, i) => {
          expect(w).toBeGreaterThan(problem.limits.lower[i] - 1e-9);
          expect(w).toBeLessThan(problem.limits.upper[i] + 1e-9);
        });
        for (const limit of problem.limits.linear) {
          expect(dot(limit.coefficients, found.weights)).toBeGreaterThan(limit.lower - 1e-9);
          expect(dot(limit.coefficients, found.weights)).toBeLessThan(limit.upper + 1e-9);
        }
        expect(dot(problem.expectedReturns, found.weights)).toBeCloseTo(found.expectedReturn, 10);
        const program = targetReturn({ ...problem, targetReturn: wanted });
        expect(quadraticForm(problem.covariance, found.weights)).toBeLessThan(
          program.volatility ** 2 * (1 + 1e-7) + 1e-12,
        );
      }),
      { numRuns: 150 },
    );
  });

  it('meets the portfolio of highest Sharpe ratio that the program finds', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const { tangency, leastVolatility } = efficientFrontier({ ...problem, riskFree: 0.01 });
        fc.pre(tangency !== null && leastVolatility.volatility > 1e-3);
        const sharpe = (one: { expectedReturn: number; volatility: number }) =>
          (one.expectedReturn - 0.01) / one.volatility;
        const direct = maximumSharpe({ ...problem, riskFree: 0.01 });
        expect(sharpe(tangency!) / sharpe(direct)).toBeCloseTo(1, 7);
      }),
      { numRuns: 100 },
    );
  });

  it('spaces portfolios evenly in volatility, each the best for its risk', () => {
    const problem = randomProblem(4);
    const frontier = efficientFrontier(problem);
    const points = alongFrontier(problem, frontier, 21);
    const step = (points[20].volatility - points[0].volatility) / 20;
    points.forEach((point, i) => {
      expect(point.volatility).toBeCloseTo(points[0].volatility + i * step, 9);
      if (i > 0) expect(point.expectedReturn).toBeGreaterThan(points[i - 1].expectedReturn);
    });
  });

  it('is the same bits for the same problem', () => {
    const problem = randomProblem(11);
    expect(criticalLine(problem)).toEqual(criticalLine(problem));
  });

  it('refuses a limit that is not linear, naming it', () => {
    const problem = randomProblem(4);
    const limits = { ...problem.limits, turnover: 0.1 };
    expect(() => criticalLine({ ...problem, limits })).toThrow(
      expect.objectContaining({ code: 'unsupported-limit' }),
    );
  });

  it.skipIf(!oraclesPresent)('opt-018: the corner portfolios of Markowitz', () => {
    const one = oracle<{ mu: number[]; cov: number[][]; t: number[] }, number[][]>('opt-018');
    const { mu, cov, t } = one.inputs;
    const n = mu.length;
    const corners = criticalLine({
      assets: mu.map((_, i) => `A${i}`),
      expectedReturns: Float64Array.from(mu),
      covariance: Float64Array.from(cov.flat()),
      riskFree: 0,
      limits: { lower: new Float64Array(n), upper: new Float64Array(n).fill(1), linear: [] },
    });
    t.forEach((tolerance, at) => {
      const next = corners.findIndex((corner) => corner.riskTolerance >= tolerance - 1e-9);
      const [a, b] = [corners[Math.max(0, next - 1)], corners[next]];
      const width = b.riskTolerance - a.riskTolerance;
      const share = Number.isFinite(width) && width > 0 ? (tolerance - a.riskTolerance) / width : 1;
      a.weights.forEach((w, i) => {
        const found = w + share * (b.weights[i] - w);
        expect(Math.abs(found - one.expected[at][i])).toBeLessThan(one.tolerance);
      });
    });
  });
});
