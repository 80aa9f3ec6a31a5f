import { describe, expect, it } from 'vitest';
import { oracle, oraclesPresent } from '../../oracles/cases.ts';
import { normalTail } from '../stress/normal-tail.ts';
import { maximumSharpe } from './maximum-sharpe.ts';
import { meanVarianceUtility } from './mean-variance-utility.ts';
import { mended } from './mended.ts';
import { minimumVariance } from './minimum-variance.ts';
import type { Problem } from './problem.ts';
import { targetReturn } from './target-return.ts';

/** A long-only, fully invested problem from published tables. */
function published(covariance: number[][], mu?: number[], extra: Partial<Problem> = {}): Problem {
  const n = covariance.length;
  return {
    assets: Array.from({ length: n }, (_, i) => `A${i + 1}`),
    expectedReturns: Float64Array.from(mu ?? new Array(n).fill(0)),
    covariance: Float64Array.from(covariance.flat()),
    riskFree: 0,
    limits: {
      lower: new Float64Array(n),
      upper: new Float64Array(n).fill(1),
      linear: [],
    },
    ...extra,
  };
}

function largestGap(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i])));
}

describe.skipIf(!oraclesPresent)('published portfolios (skipped without ../shared/oracles)', () => {
  it('finds the bounded minimum-variance portfolios of Roncalli (opt-014)', () => {
    const one = oracle<{ cov: number[][]; lower: number[]; upper: number[] }, number[][]>(
      'opt-014',
    );
    one.inputs.lower.forEach((lower, i) => {
      const problem = published(one.inputs.cov);
      problem.limits.lower.fill(lower);
      problem.limits.upper.fill(one.inputs.upper[i]);
      expect(largestGap(minimumVariance(problem).weights, one.expected[i])).toBeLessThan(
        one.tolerance,
      );
    });
  });

  it('finds maximum Sharpe and minimum variance of the critical-line example (opt-016)', () => {
    const one = oracle<
      { mu: number[]; cov: number[][]; rf: number },
      { max_sharpe: number[]; sharpe: number; min_var: number[] }
    >('opt-016');
    const problem = published(one.inputs.cov, one.inputs.mu, { riskFree: one.inputs.rf });
    const best = maximumSharpe(problem);
    expect(largestGap(best.weights, one.expected.max_sharpe)).toBeLessThan(one.tolerance);
    expect(Math.abs(best.expectedReturn / best.volatility - one.expected.sharpe)).toBeLessThan(
      1e-6,
    );
    expect(largestGap(minimumVariance(problem).weights, one.expected.min_var)).toBeLessThan(
      one.tolerance,
    );
  });

  it('finds the corner portfolios of Markowitz by risk aversion 1/t (opt-018)', () => {
    const one = oracle<{ mu: number[]; cov: number[][]; t: number[] }, number[][]>('opt-018');
    one.inputs.t.forEach((t, i) => {
      const problem = published(one.inputs.cov, one.inputs.mu);
      const found =
        t === 0
          ? minimumVariance(problem)
          : meanVarianceUtility({ ...problem, riskAversion: 1 / t });
      expect(largestGap(found.weights, one.expected[i])).toBeLessThan(one.tolerance);
    });
  });

  it('finds the long-only maximum Sharpe portfolio of Kwan and Yuan (opt-020)', () => {
    const one = oracle<{ mu: number[]; cov: number[][]; rf: number }, number[]>('opt-020');
    const problem = published(one.inputs.cov, one.inputs.mu, { riskFree: one.inputs.rf });
    // The published covariance has the eigenvalue -0.001: refused as it stands, mended when asked.
    expect(() => maximumSharpe(problem)).toThrow(/not positive semidefinite/);
    const found = mended(maximumSharpe)(problem);
    expect(largestGap(found.weights, one.expected)).toBeLessThan(one.tolerance);
    expect(found.repairs?.[0]).toMatch(/variance of assets that are not held was raised/);
  });

  it('finds the least-variance portfolio at a required return, with its normal VaR and CVaR (opt-008)', () => {
    const one = oracle<
      { mu: number[]; cov: number[][]; required_return: number; betas: number[] },
      { w: number[]; var: number[]; cvar: number[] }
    >('opt-008');
    const { mu, cov, required_return: required, betas } = one.inputs;
    const found = targetReturn(published(cov, mu, { targetReturn: required }));
    expect(largestGap(found.weights, one.expected.w)).toBeLessThan(one.tolerance);
    betas.forEach((beta, i) => {
      const tail = normalTail(found.expectedReturn, found.volatility, beta);
      expect(Math.abs(tail.valueAtRisk - one.expected.var[i])).toBeLessThan(one.tolerance);
      expect(Math.abs(tail.conditionalValueAtRisk - one.expected.cvar[i])).toBeLessThan(
        one.tolerance,
      );
    });
  });
});
