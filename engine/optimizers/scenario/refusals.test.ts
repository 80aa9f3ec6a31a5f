import { describe, expect, it } from 'vitest';
import { EngineError, type EngineErrorCode, Infeasible } from '../../errors.ts';
import type { Problem } from '../problem.ts';
import { scenarioMeasures, scenarioOptimizers } from './index.ts';

/** Four assets over forty periods; every number fixed. */
function problem(extra: Partial<Problem> = {}): Problem {
  const n = 4;
  const count = 40;
  return {
    assets: ['SPY', 'AGG', 'GLD', 'DBC'],
    expectedReturns: Float64Array.of(0.08, 0.04, 0.05, 0.03),
    covariance: Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 0.02 : 0)),
    riskFree: 0.01,
    limits: { lower: new Float64Array(n), upper: new Float64Array(n).fill(1), linear: [] },
    scenarios: {
      returns: Float64Array.from({ length: count * n }, (_, at) => 0.01 * Math.sin(at * at)),
      count,
      periodsPerYear: 252,
    },
    targetReturn: 0.05,
    targetRisk: 0.5,
    ...extra,
  };
}

function refusal(solve: () => unknown): EngineError {
  try {
    solve();
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error('It answered where it had to refuse.');
}

const everyMethod = Object.entries(scenarioOptimizers);

describe('what every method on scenarios refuses', () => {
  const cases: [string, Partial<Problem>, EngineErrorCode, RegExp][] = [
    ['no scenarios', { scenarios: undefined }, 'missing-parameter', /set scenarios/],
    [
      'one scenario',
      { scenarios: { returns: new Float64Array(4), count: 1, periodsPerYear: 252 } },
      'short-history',
      /at least 2/,
    ],
    [
      'a return that is no number',
      {
        scenarios: {
          returns: Float64Array.of(0, 0, 0, 0, 0, Number.NaN, 0, 0),
          count: 2,
          periodsPerYear: 252,
        },
      },
      'bad-input',
      /AGG in row 1 is NaN/,
    ],
    [
      'a return too few',
      { scenarios: { returns: new Float64Array(7), count: 2, periodsPerYear: 252 } },
      'bad-input',
      /7 scenario returns where 2 x 4/,
    ],
    [
      'probabilities that do not sum to 1',
      {
        scenarios: {
          returns: new Float64Array(8),
          count: 2,
          periodsPerYear: 252,
          probabilities: Float64Array.of(0.5, 0.4),
        },
      },
      'bad-input',
      /sum to 0.9/,
    ],
    [
      'an impossible scenario',
      {
        scenarios: {
          returns: new Float64Array(8),
          count: 2,
          periodsPerYear: 252,
          probabilities: Float64Array.of(1, 0),
        },
      },
      'bad-input',
      /scenario 1 has the probability 0/,
    ],
    ['a confidence of 1', { confidence: 1 }, 'bad-input', /confidence is 1/],
  ];

  it.each(cases)('refuses %s', (_, extra, code, message) => {
    for (const [method, optimize] of everyMethod) {
      const error = refusal(() => optimize(problem(extra)));
      expect(error.code, method).toBe(code);
      expect(error.message, method).toMatch(message);
    }
  });

  it('names the minimums that sum to more than the whole', () => {
    const limits = { ...problem().limits, lower: Float64Array.of(0.5, 0.65, 0, 0) };
    for (const [method, optimize] of everyMethod) {
      const error = refusal(() => optimize(problem({ limits })));
      expect(error, method).toBeInstanceOf(Infeasible);
      expect(error.message, method).toMatch(/sum to 1.15/);
    }
  });
});

describe('what a ratio refuses', () => {
  it.each(Object.keys(scenarioMeasures))('%s: all returns below the risk-free rate', (name) => {
    const optimize = scenarioOptimizers[`maximum-return-to-${name as 'cvar'}`];
    const error = refusal(() => optimize(problem({ riskFree: 0.09 })));
    expect(error.code).toBe('no-excess-return');
    expect(error.values).toMatchObject({ riskFree: 0.09 });
  });

  it('refuses a risk that a portfolio can be without', () => {
    const scenarios = {
      returns: Float64Array.from({ length: 160 }, (_, at) => 0.02 + 0.01 * Math.sin(at * at)),
      count: 40,
      periodsPerYear: 252,
    };
    for (const name of ['cvar', 'worst', 'downside', 'ulcer', 'mdd', 'cdar'] as const) {
      const error = refusal(() =>
        scenarioOptimizers[`maximum-return-to-${name}`](problem({ scenarios })),
      );
      expect(error.code, name).toBe('zero-variance');
    }
  });
});

describe('what a target refuses', () => {
  it.each(Object.keys(scenarioMeasures))('%s: a risk below the least, which it names', (name) => {
    const measure = name as keyof typeof scenarioMeasures;
    const given = problem({ targetRisk: 1e-4 });
    const least = scenarioOptimizers[`minimum-${measure}`](given);
    const lowest = scenarioMeasures[measure](given.scenarios!).value(least.weights);
    const error = refusal(() => scenarioOptimizers[`target-${measure}`](given));
    expect(error).toBeInstanceOf(Infeasible);
    const [conflict] = (error as Infeasible).conflicts;
    expect(conflict.bound).toBe(1e-4);
    expect(conflict.wouldWork).toBeCloseTo(lowest, 9);
    // What is named does work.
    const answer = scenarioOptimizers[`target-${measure}`]({
      ...given,
      targetRisk: conflict.wouldWork!,
    });
    expect(scenarioMeasures[measure](given.scenarios!).value(answer.weights)).toBeLessThan(
      lowest * (1 + 1e-6),
    );
  });

  it('refuses to guess a target', () => {
    for (const name of Object.keys(scenarioMeasures) as (keyof typeof scenarioMeasures)[]) {
      const risk = refusal(() =>
        scenarioOptimizers[`target-${name}`](problem({ targetRisk: undefined })),
      );
      expect(risk.values).toEqual({ parameter: 'targetRisk' });
      const least = refusal(() =>
        scenarioOptimizers[`target-return-${name}`](problem({ targetReturn: undefined })),
      );
      expect(least.values).toEqual({ parameter: 'targetReturn' });
    }
  });

  it('names the highest return that can be had, and what would let it be higher', () => {
    const limits = { ...problem().limits, upper: Float64Array.of(0.5, 1, 1, 1) };
    const error = refusal(() =>
      scenarioOptimizers['target-return-cvar'](problem({ limits, targetReturn: 0.075 })),
    );
    expect(error).toBeInstanceOf(Infeasible);
    const byName = new Map((error as Infeasible).conflicts.map((one) => [one.limit, one]));
    expect(byName.get('target return')?.wouldWork).toBeCloseTo(0.065, 9);
    expect(byName.get('maximum of SPY')?.wouldWork).toBeCloseTo(5 / 6, 6);
  });
});
