import { describe, expect, it } from 'vitest';
import { EngineError } from '../errors.ts';
import { randomSource } from '../random.ts';
import { net } from './conformance/aim.fixture.ts';
import { randomProblem } from './conformance/random-problem.fixture.ts';
import { type Method, optimizers } from './index.ts';
import type { Problem } from './problem.ts';

/** Three assets that may be bought and sold short without limit. */
function open(extra: Partial<Problem> = {}): Problem {
  return {
    assets: ['A', 'B', 'C'],
    expectedReturns: Float64Array.of(0.06, 0.09, 0.04),
    covariance: Float64Array.of(0.04, 0.01, 0.004, 0.01, 0.09, 0.006, 0.004, 0.006, 0.0225),
    riskFree: 0.01,
    limits: {
      lower: new Float64Array(3).fill(-Infinity),
      upper: new Float64Array(3).fill(Infinity),
      linear: [],
    },
    ...extra,
  };
}

/** S^-1 v by Cramer's rule. */
function solved({ covariance: s }: Problem, v: Float64Array): number[] {
  const det = (m: readonly number[]) =>
    m[0] * (m[4] * m[8] - m[5] * m[7]) -
    m[1] * (m[3] * m[8] - m[5] * m[6]) +
    m[2] * (m[3] * m[7] - m[4] * m[6]);
  const whole = det([...s]);
  return [0, 1, 2].map(
    (j) => det(Array.from(s, (e, at) => (at % 3 === j ? v[(at - j) / 3] : e))) / whole,
  );
}

const whole = (x: readonly number[]) => {
  const sum = x.reduce((total, v) => total + v, 0);
  return x.map((v) => v / sum);
};

function refusal(solve: () => unknown): EngineError {
  try {
    solve();
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error('It was solved.');
}

describe('without a limit on any weight', () => {
  it('the highest Sharpe ratio is where the textbook says', () => {
    const problem = open();
    const { weights, residual } = optimizers['maximum-sharpe'](problem);
    const excess = problem.expectedReturns.map((r) => r - problem.riskFree);
    const known = whole(solved(problem, excess));
    weights.forEach((w, i) => {
      expect(w).toBeCloseTo(known[i], 9);
    });
    expect(residual).toBeLessThan(1e-8);
  });

  it('the highest diversification is too', () => {
    const problem = open();
    const { weights } = optimizers['maximum-diversification'](problem);
    const known = whole(solved(problem, Float64Array.of(0.2, 0.3, 0.15)));
    weights.forEach((w, i) => {
      expect(w).toBeCloseTo(known[i], 9);
    });
  });

  it('the highest return at a volatility lies on the frontier between two closed forms', () => {
    const problem = open({ targetVolatility: 0.3 });
    const { weights, expectedReturn, volatility } = optimizers['target-volatility'](problem);
    expect(volatility).toBeCloseTo(0.3, 9);
    const ones = solved(problem, new Float64Array(3).fill(1));
    const means = solved(problem, problem.expectedReturns);
    const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
      a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    const [a, b, c] = [
      dot(ones, [1, 1, 1]),
      dot(ones, problem.expectedReturns),
      dot(means, problem.expectedReturns),
    ];
    // Merton (1972): variance = 1/a + (return - b/a)^2 a / (a c - b^2).
    const known = b / a + Math.sqrt(((0.09 - 1 / a) * (a * c - b * b)) / a);
    expect(expectedReturn).toBeCloseTo(known, 9);
    expect(weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 9);
  });

  it('says so when the ratio rises with ever larger positions', () => {
    // The calmest mix earns less than cash: to be short of it is better the more there is of it.
    const said = refusal(() => optimizers['maximum-sharpe'](open({ riskFree: 0.2 })));
    expect(said.code).toBe('unbounded');
    expect(said.message).toBe(
      'The Sharpe ratio rises without end as positions grow; give every weight a limit.',
    );
  });

  it('asks for a minimum of cash where as little of it as possible has no end', () => {
    const problem = open({
      covariance: Float64Array.of(0.04, 0.01, 0, 0.01, 0.09, 0, 0, 0, 0),
    });
    const { code, message } = refusal(() => optimizers['risk-parity'](problem));
    expect(code).toBe('unbounded');
    expect(message).toContain('give C a minimum weight');
  });

  it('risks on scenarios have the answer they have within wide limits', () => {
    const random = randomSource(6);
    const count = 300;
    const returns = Float64Array.from({ length: 3 * count }, () => 2e-4 + 0.01 * random.normal());
    const scenarios = { returns, count, periodsPerYear: 252 };
    const problem = open({ scenarios, targetRisk: 0.009, targetReturn: 0.1 });
    const wide = {
      ...problem.limits,
      lower: new Float64Array(3).fill(-50),
      upper: new Float64Array(3).fill(50),
    };
    for (const method of [
      'minimum-mad',
      'target-semideviation',
      'target-return-cvar',
    ] as Method[]) {
      const answer = optimizers[method](problem);
      const within = optimizers[method]({ ...problem, limits: wide });
      answer.weights.forEach((w, i) => {
        expect(Math.abs(w)).toBeLessThan(20);
        expect(Math.abs(w - within.weights[i])).toBeLessThan(1e-4);
      });
    }
    const ratio = refusal(() => optimizers['maximum-return-to-cvar'](problem));
    expect(ratio.code).toBe('unbounded');
    expect(ratio.message).toContain('the highest return, which has no end here');
  });

  it('costs of trading change none of this', () => {
    for (const seed of [3, 5, 9]) {
      const drawn = randomProblem(seed);
      const n = drawn.assets.length;
      const current = new Float64Array(n).fill(1 / n);
      const limits = {
        lower: new Float64Array(n).fill(-Infinity),
        upper: new Float64Array(n).fill(Infinity),
        linear: [],
      };
      const problem: Problem = {
        ...drawn,
        limits,
        current,
        tradingCosts: new Float64Array(n).fill(1e-3),
        targetVolatility: 0.25,
      };
      const { weights, volatility } = optimizers['target-volatility'](problem);
      expect(volatility).toBeCloseTo(0.25, 8);
      const near = optimizers['target-volatility']({
        ...problem,
        limits: {
          ...limits,
          lower: limits.lower.map(() => -99),
          upper: limits.upper.map(() => 99),
        },
      });
      expect(net(problem, weights)).toBeCloseTo(net(problem, near.weights), 8);
    }
  });
});
