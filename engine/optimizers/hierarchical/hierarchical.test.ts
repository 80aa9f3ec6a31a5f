import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError, Infeasible } from '../../errors.ts';
import { randomSource } from '../../random.ts';
import { minimumVariance } from '../minimum-variance.ts';
import type { Allocation, Problem } from '../problem.ts';
import { cvar, mad } from '../scenario/measures.ts';
import { hierarchicalEqualRisk } from './hierarchical-equal-risk.ts';
import { hierarchicalRiskParity } from './hierarchical-risk-parity.ts';
import { nestedClusters } from './nested-clusters.ts';
import { schur } from './schur.ts';

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

/** Long-only assets on a few factors; `independence` raises their own variance. */
function posed(seed: number, independence = 1, most = 14): Problem {
  const random = randomSource(seed);
  const n = 2 + random.integer(most - 1);
  const loads = Array.from({ length: n }, () => [
    0.1 + 0.05 * random.normal(),
    0.05 * random.normal(),
  ]);
  const own = Array.from({ length: n }, () => independence * (0.05 + 0.1 * random.uniform()));
  const covariance = Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return loads[i][0] * loads[j][0] + loads[i][1] * loads[j][1] + (i === j ? own[i] ** 2 : 0);
  });
  return {
    assets: Array.from({ length: n }, (_, i) => `A${i}`),
    expectedReturns: new Float64Array(n),
    covariance,
    riskFree: 0,
    limits: { lower: new Float64Array(n), upper: new Float64Array(n).fill(1), linear: [] },
  };
}

/** Bounds that leave room for a portfolio. */
function bounded(problem: Problem, seed: number): Problem {
  const random = randomSource(seed + 1);
  const n = problem.assets.length;
  const inside = Array.from({ length: n }, () => 0.05 + random.uniform());
  const total = inside.reduce((sum, w) => sum + w, 0);
  const lower = Float64Array.from(inside, (w) => (w / total) * random.uniform());
  const upper = Float64Array.from(inside, (w) => (w / total) * (1 + random.uniform()));
  return { ...problem, limits: { lower, upper, linear: [] } };
}

const shuffledOrder = (n: number, seed: number): Int32Array => {
  const random = randomSource(seed + 2);
  return Int32Array.from(
    Array.from({ length: n }, (_, i) => ({ i, key: random.uniform() }))
      .sort((a, b) => a.key - b.key)
      .map((one) => one.i),
  );
};

const all: Record<string, (p: Problem) => Allocation> = {
  hierarchicalRiskParity,
  hierarchicalEqualRisk,
  nestedClusters,
  schur,
};

describe.each(Object.entries(all))('%s', (_, solve) => {
  it('keeps to bounds that leave room, without any repair', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const problem = bounded(posed(seed), seed);
        const { weights, repairs, certificate } = solve(problem);
        expect(weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 12);
        weights.forEach((w, i) => {
          expect(w).toBeGreaterThanOrEqual(problem.limits.lower[i] - 1e-12);
          expect(w).toBeLessThanOrEqual(problem.limits.upper[i] + 1e-12);
        });
        expect(certificate).toBe('rule');
        expect(repairs?.filter((one) => !one.startsWith('Of what halves')) ?? []).toEqual([]);
      }),
    );
  });

  it('moves to the nearest portfolio that keeps a class limit, and says so', () => {
    const problem = posed(5);
    const n = problem.assets.length;
    const coefficients = Float64Array.from({ length: n }, (_, i) => (i < 2 ? 1 : 0));
    const free = solve(problem).weights;
    const held = free[0] + free[1];
    const linear = [{ name: 'the pair', coefficients, lower: -Infinity, upper: held / 2 }];
    const found = solve({ ...problem, limits: { ...problem.limits, linear } });
    expect(found.repairs).toHaveLength(1);
    expect(found.repairs![0]).toContain('the limit on the pair; the nearest portfolio');
    // Nearest: what the pair gives up is the same for both while it can be, and so is what others get.
    expect(found.weights[0] + found.weights[1]).toBeCloseTo(held / 2, 10);
    const gains = Array.from(found.weights, (w, i) => w - free[i]);
    for (let i = 3; i < n; i++) expect(gains[i]).toBeCloseTo(gains[2], 10);
    if (found.weights[0] > 1e-9 && found.weights[1] > 1e-9)
      expect(gains[0]).toBeCloseTo(gains[1], 10);
  });

  it('names limits that no portfolio meets', () => {
    const problem = posed(6);
    const n = problem.assets.length;
    const coefficients = new Float64Array(n).fill(1);
    const linear = [{ name: 'everything', coefficients, lower: -Infinity, upper: 0.5 }];
    let refusal: unknown;
    try {
      solve({ ...problem, limits: { ...problem.limits, linear } });
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(Infeasible);
    expect((refusal as Infeasible).conflicts.map((one) => one.limit)).toContain(
      'at most 50.0 % everything',
    );
  });

  it('holds cash at its least and refuses a universe of cash', () => {
    const problem = posed(7);
    const n = problem.assets.length;
    const covariance = problem.covariance.slice();
    for (let i = 0; i < n; i++) {
      covariance[i] = 0;
      covariance[i * n] = 0;
    }
    const lower = new Float64Array(n);
    lower[0] = 0.1;
    const found = solve({ ...problem, covariance, limits: { ...problem.limits, lower } });
    expect(found.weights[0]).toBeCloseTo(0.1, 12);
    expect(found.repairs![0]).toContain('A0 carries no risk');
    expect(() => solve({ ...problem, covariance: new Float64Array(n * n) })).toThrow(EngineError);
  });

  it('answers the same for a covariance by factors as for one by numbers', () => {
    const random = randomSource(8);
    const n = 9;
    const loadings = Float64Array.from({ length: n * 2 }, () => 0.1 * random.normal());
    const factorCovariance = Float64Array.of(1, 0.2, 0.2, 0.8);
    const specificVariance = Float64Array.from({ length: n }, () => 0.01 + 0.02 * random.uniform());
    const covariance = Float64Array.from({ length: n * n }, (_, at) => {
      const [i, j] = [Math.floor(at / n), at % n];
      let sum = i === j ? specificVariance[i] : 0;
      for (let a = 0; a < 2; a++)
        for (let b = 0; b < 2; b++)
          sum += loadings[i * 2 + a] * factorCovariance[a * 2 + b] * loadings[j * 2 + b];
      return sum;
    });
    const base = { ...posed(1), assets: Array.from({ length: n }, (_, i) => `A${i}`) };
    const limits = { lower: new Float64Array(n), upper: new Float64Array(n).fill(1), linear: [] };
    const given = { ...base, expectedReturns: new Float64Array(n), limits };
    const factors = { loadings, factorCovariance, specificVariance };
    const numbers = solve({ ...given, covariance });
    const byFactors = solve({ ...given, covariance: new Float64Array(), factors });
    byFactors.weights.forEach((w, i) => {
      expect(w).toBeCloseTo(numbers.weights[i], 9);
    });
    expect(byFactors.volatility).toBeCloseTo(numbers.volatility, 9);
  });
});

describe('hierarchical risk parity', () => {
  it('is the recursion of its paper, written again, over any order of leaves', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const problem = posed(seed);
        const n = problem.assets.length;
        const order = shuffledOrder(n, seed);
        const of = (members: number[]) => {
          const inverse = members.map((i) => 1 / problem.covariance[i * n + i]);
          const total = inverse.reduce((sum, w) => sum + w, 0);
          let sum = 0;
          members.forEach((i, a) => {
            members.forEach((j, b) => {
              sum += (inverse[a] * inverse[b] * problem.covariance[i * n + j]) / total ** 2;
            });
          });
          return sum;
        };
        const expected = new Array<number>(n).fill(1);
        const open = [[...order]];
        for (let list = open.pop(); list !== undefined; list = open.pop()) {
          if (list.length === 1) continue;
          const left = list.slice(0, Math.floor(list.length / 2));
          const right = list.slice(Math.floor(list.length / 2));
          const share = 1 - of(left) / (of(left) + of(right));
          for (const i of left) expected[i] *= share;
          for (const i of right) expected[i] *= 1 - share;
          open.push(left, right);
        }
        const found = hierarchicalRiskParity(problem, { order }).weights;
        expected.forEach((w, i) => {
          expect(found[i]).toBeCloseTo(w, 12);
        });
      }),
    );
  });

  it('refuses an order that is none, distances that do not fit and a measure that is negative', () => {
    const problem = posed(9);
    const n = problem.assets.length;
    expect(() => hierarchicalRiskParity(problem, { order: new Int32Array(n) })).toThrow(
      /not a permutation/,
    );
    expect(() => hierarchicalRiskParity(problem, { distance: new Float64Array(3) })).toThrow(
      /do not fit/,
    );
    const gaining = {
      returns: Float64Array.from({ length: 20 * n }, (_, at) => 0.01 + 0.001 * (at % 7)),
      count: 20,
      periodsPerYear: 252,
    };
    expect(() =>
      hierarchicalRiskParity({ ...problem, scenarios: gaining }, { risk: cvar }),
    ).toThrow(/need positive ones/);
    expect(() => hierarchicalRiskParity(problem, { risk: mad })).toThrow(/set scenarios/);
  });
});

describe('schur', () => {
  it('is hierarchical risk parity when halves tell nothing of each other', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const problem = posed(seed);
        const order = shuffledOrder(problem.assets.length, seed);
        const found = schur(problem, { order, part: 0 }).weights;
        const expected = hierarchicalRiskParity(problem, { order }).weights;
        expected.forEach((w, i) => {
          expect(found[i]).toBeCloseTo(w, 12);
        });
      }),
    );
  });

  it('is the portfolio of least variance when they tell all, where that sells nothing short', () => {
    let compared = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const problem = posed(seed, 3);
        const order = shuffledOrder(problem.assets.length, seed);
        const found = schur(problem, { order, part: 1 });
        if (found.repairs !== undefined) return;
        compared++;
        const expected = minimumVariance(problem).weights;
        expected.forEach((w, i) => {
          expect(found.weights[i]).toBeCloseTo(w, 9);
        });
      }),
      { numRuns: 200 },
    );
    expect(compared).toBeGreaterThan(10);
  });

  it('lowers the part that would sell an asset short, and says to what', () => {
    let lowered = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const found = schur(posed(seed, 0.3), { part: 1 });
        for (const w of found.weights) expect(w).toBeGreaterThan(0);
        if (found.repairs?.some((one) => one.includes('is used instead of 1'))) lowered++;
      }),
    );
    expect(lowered).toBeGreaterThan(10);
    expect(() => schur(posed(1), { part: 2 })).toThrow(/from 0 to 1/);
  });
});
