import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError, type Infeasible } from '../../errors.ts';
import { randomSource } from '../../random.ts';
import { minimumVariance } from '../minimum-variance.ts';
import { optimize } from '../optimize.ts';
import type { Problem } from '../problem.ts';
import { relax, withLimits } from './index.ts';
import { limitedTo, randomProblem } from './random-problem.fixture.ts';

const works = (problem: Problem): boolean => {
  try {
    withLimits(minimumVariance)(problem);
    return true;
  } catch (error) {
    if (error instanceof EngineError && error.code === 'infeasible') return false;
    throw error;
  }
};

const group = (n: number, members: readonly number[]) =>
  Float64Array.from({ length: n }, (_, i) => (members.includes(i) ? 1 : 0));

describe('relaxing limits that conflict', () => {
  it('changes nothing when they can be met', () => {
    const problem = randomProblem(1, 5);
    expect(relax(problem)).toEqual({ changes: [], total: 0, problem });
  });

  it('names the one limit that has to move and how far', () => {
    const base = randomProblem(2, 4);
    const problem = limitedTo(base, {
      upper: new Float64Array(4).fill(1),
      linear: [
        { name: 'bonds', coefficients: group(4, [0, 1]), lower: 0.5, upper: Infinity },
        { name: 'stocks', coefficients: group(4, [2, 3]), lower: 0.7, upper: Infinity },
      ],
    });
    const { changes, total, problem: next } = relax(problem);
    expect(total).toBeCloseTo(0.2, 9);
    expect(changes.reduce((sum, { bound, to }) => sum + bound - to, 0)).toBeCloseTo(0.2, 5);
    expect(works(problem)).toBe(false);
    expect(works(next)).toBe(true);
  });

  it('moves what is cheapest to move, and never what is to stay', () => {
    const problem = limitedTo(randomProblem(2, 4), {
      upper: new Float64Array(4).fill(1),
      linear: [
        { name: 'bonds', coefficients: group(4, [0, 1]), lower: 0.5, upper: Infinity },
        { name: 'stocks', coefficients: group(4, [2, 3]), lower: 0.7, upper: Infinity },
      ],
    });
    const stocksMatter = relax(problem, ({ limit }) => (limit.includes('stocks') ? 3 : 1));
    expect(stocksMatter.changes).toHaveLength(1);
    expect(stocksMatter.changes[0].limit).toBe('at least 50.0 % bonds');
    expect(stocksMatter.changes[0].to).toBeCloseTo(0.3, 5);
    const bondsStay = relax(problem, ({ limit }) => (limit.includes('bonds') ? Infinity : 1));
    expect(bondsStay.changes[0].limit).toBe('at least 70.0 % stocks');
    expect(bondsStay.changes[0].to).toBeCloseTo(0.5, 5);
  });

  it('finds limits that work, and none nearer in total among a thousand others', () => {
    let conflicted = 0;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (seed) => {
        const random = randomSource(seed);
        const n = 5;
        const base = randomProblem(seed, n);
        const problem = limitedTo(base, {
          upper: Float64Array.from({ length: n }, () => 0.1 + 0.3 * random.uniform()),
          lower: Float64Array.from({ length: n }, () => 0.2 * random.uniform()),
          linear: [0, 1].map((g) => ({
            name: `group ${g}`,
            coefficients: group(n, g === 0 ? [0, 1, 2] : [1, 3, 4]),
            lower: 0.3 * random.uniform(),
            upper: 0.3 + 0.3 * random.uniform(),
          })),
          volatility: minimumVariance(base).volatility * (0.9 + 0.4 * random.uniform()),
          turnover: 0.6 * random.uniform(),
        });
        const { changes, total, problem: next } = relax(problem);
        expect(works(problem)).toBe(changes.length === 0);
        if (changes.length === 0) return;
        conflicted++;
        expect(works(next)).toBe(true);
        // The give-way of any other portfolio is an upper bound of the least total.
        for (let trial = 0; trial < 60; trial++) {
          const raw = Float64Array.from({ length: n }, () => random.uniform());
          const sum = raw.reduce((a, b) => a + b, 0);
          expect(
            need(
              problem,
              raw.map((v) => v / sum),
            ),
          ).toBeGreaterThanOrEqual(total - 1e-7);
        }
      }),
      { seed: 61, numRuns: 40 },
    );
    expect(conflicted).toBeGreaterThan(15);
  });
});

/** What a portfolio needs in total, at the usual prices. */
function need({ limits, current, covariance }: Problem, w: Float64Array): number {
  const over = (value: number) => Math.max(0, value);
  let total = 0;
  w.forEach((v, i) => {
    total += over(v - limits.upper[i]) + over(limits.lower[i] - v);
  });
  for (const { coefficients, lower, upper } of limits.linear) {
    const sum = w.reduce((all, v, i) => all + v * coefficients[i], 0);
    total += over(sum - upper) + over(lower - sum);
  }
  const turnover = w.reduce((sum, v, i) => sum + Math.abs(v - current![i]), 0);
  let variance = 0;
  w.forEach((a, i) => {
    w.forEach((b, j) => {
      variance += a * b * covariance[i * w.length + j];
    });
  });
  return (
    total +
    0.5 * over(turnover - limits.turnover!) +
    5 * over(Math.sqrt(variance) - limits.volatility!)
  );
}

describe('limits that conflict by themselves beside others', () => {
  it('are told with what works under all of them', () => {
    const problem: Problem = {
      assets: ['SPY', 'AGG', 'CASH'],
      expectedReturns: Float64Array.of(0.08, 0.04, 0.03),
      covariance: Float64Array.of(0.04, 0, 0, 0, 0.0025, 0, 0, 0, 0),
      riskFree: 0.03,
      limits: {
        lower: new Float64Array(3),
        upper: Float64Array.of(0.2, 0.2, 0.4),
        linear: [],
        volatility: 0.05,
      },
    };
    try {
      optimize('minimum-variance', problem);
      expect.unreachable();
    } catch (error) {
      const { conflicts, message } = error as Infeasible;
      // 40 % of SPY would fill the whole, but vary by 8 % a year.
      const cures = conflicts.map(({ limit, wouldWork }) => [limit, wouldWork]);
      expect(cures).toContainEqual(['maximum of SPY', null]);
      const bonds = conflicts.find(({ limit }) => limit === 'maximum of AGG')!.wouldWork!;
      expect(bonds).toBeCloseTo(0.4, 9);
      expect(message).not.toMatch(/for maximum of SPY/);
    }
  });
});
