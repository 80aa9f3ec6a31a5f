import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomSource } from '../../random.ts';
import type { Method } from '../index.ts';
import { optimize } from '../optimize.ts';
import type { Problem } from '../problem.ts';
import { cdar, cvar, mad, semideviation, ulcer } from '../scenario/measures.ts';
import { riskOf as scenarioRisk } from '../scenario/risk.ts';
import { posed, randomBudgets, refusal } from './budget-problems.fixture.ts';
import { riskParity } from './risk-parity.ts';
import { scenarioRiskParity } from './scenario-risk-parity.ts';

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

/** Returns with factors and fat tails; with `mirrored`, each period also stands with the other sign. */
function onScenarios(seed: number, mirrored = false): Problem {
  const random = randomSource(seed);
  const n = 2 + random.integer(8);
  const half = 40 + random.integer(60);
  const count = mirrored ? 2 * half : half;
  const loads = Array.from({ length: n }, () => 0.5 + random.uniform());
  const returns = new Float64Array(count * n);
  for (let t = 0; t < half; t++) {
    const market = 0.01 * random.normal() * (random.uniform() < 0.1 ? 3 : 1);
    for (let i = 0; i < n; i++) {
      const value = loads[i] * market + 0.01 * random.normal();
      returns[t * n + i] = value;
      if (mirrored) returns[(half + t) * n + i] = -value;
    }
  }
  const covariance = new Float64Array(n * n);
  for (let t = 0; t < count; t++)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        covariance[i * n + j] += (returns[t * n + i] * returns[t * n + j]) / count;
  return posed(covariance, { scenarios: { returns, count, periodsPerYear: 252 } });
}

const measures = { cvar, mad, semideviation, ulcer };

describe.each(Object.entries(measures))('risk parity by %s', (name, measure) => {
  const solve = scenarioRiskParity(measure);

  it('is proved to a gap of 1e-8 and carries the name of its measure', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const problem = onScenarios(seed);
        const riskBudgets = randomBudgets(problem.assets.length, seed);
        const found = solve({ ...problem, riskBudgets });
        expect(found.residual).toBeLessThan(1e-8);
        expect(found.certificate).toBe('gap');
        expect(found.method).toBe(`risk-parity-${name}`);
        expect(found.weights.every((w) => w > 0)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('does not change with the unit of returns', () => {
    const problem = onScenarios(11);
    const scenarios = {
      ...problem.scenarios!,
      returns: problem.scenarios!.returns.map((r) => 0.1 * r),
    };
    const plain = solve(problem).weights;
    solve({ ...problem, scenarios }).weights.forEach((w, i) => {
      expect(w).toBeCloseTo(plain[i], 6);
    });
  });

  it('needs scenarios', () => {
    const { scenarios: _, ...problem } = onScenarios(12);
    expect(refusal(() => solve(problem)).code).toBe('missing-parameter');
  });
});

describe('risk parity on scenarios', () => {
  it('by semideviation is that by variance when gains mirror losses, with bounds too', () => {
    fc.assert(
      fc.property(seeds, fc.boolean(), (seed, tight) => {
        const problem = onScenarios(seed, true);
        const n = problem.assets.length;
        if (tight) problem.limits.upper.fill(1.1 / n);
        const expected = riskParity(problem);
        const found = scenarioRiskParity(semideviation)(problem);
        found.weights.forEach((w, i) => {
          expect(Math.abs(w - expected.weights[i])).toBeLessThan(1e-5);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('weighs periods by their probabilities', () => {
    const problem = onScenarios(13);
    const { returns, count, periodsPerYear } = problem.scenarios!;
    const n = problem.assets.length;
    // The first ten periods stand twice, or count twice.
    const twice = Float64Array.from([...returns, ...returns.subarray(0, 10 * n)]);
    const weight = (t: number) => (t < 10 ? 2 : 1) / (count + 10);
    const probabilities = Float64Array.from({ length: count }, (_, t) => weight(t));
    for (const measure of [cvar, mad]) {
      const solve = scenarioRiskParity(measure);
      const repeated = solve({
        ...problem,
        scenarios: { returns: twice, count: count + 10, periodsPerYear },
      });
      const weighed = solve({
        ...problem,
        scenarios: { returns, count, periodsPerYear, probabilities },
      });
      weighed.weights.forEach((w, i) => {
        expect(w).toBeCloseTo(repeated.weights[i], 6);
      });
    }
  });

  it('says that what never moves has no risk to share, however its numbers round', () => {
    for (const count of [7, 60, 61]) {
      for (const each of [
        [1e-4, 3e-4, 7e-4],
        [-1e-4, -2e-4, -1e-4],
        [0.1, 0.2, 0.3],
      ]) {
        const returns = new Float64Array(3 * count);
        for (let t = 0; t < count; t++) returns.set(each, 3 * t);
        const problem = posed(new Float64Array(9), {
          scenarios: { returns, count, periodsPerYear: 252 },
        });
        for (const measure of [mad, semideviation])
          expect(refusal(() => scenarioRiskParity(measure)(problem)).code).toBe('zero-variance');
      }
    }
  });

  it('names the limit that leaves no portfolio to share risk, rather than giving up', () => {
    let refused = 0;
    for (const name of Object.keys(measures)) {
      for (let seed = 1; seed <= 4; seed++) {
        const problem = onScenarios(seed);
        const method = `risk-parity-${name}` as Method;
        const { volatility } = optimize(method, problem);
        const tail = scenarioRisk(cvar, problem.scenarios!).value;
        const worst = tail(optimize(method, problem).weights);
        const limits = [
          { key: 'volatility', most: 0.9 * volatility, said: 'volatility' },
          { key: 'conditionalValueAtRisk', most: 0.9 * worst, said: 'conditional value at risk' },
        ];
        for (const { key, most, said } of limits) {
          const within = { ...problem, limits: { ...problem.limits, [key]: most } };
          const { code, message } = refusal(() => optimize(method, within));
          expect(code).toBe('infeasible');
          expect(message).toContain(said);
          refused++;
        }
      }
    }
    expect(refused).toBe(32);
  });

  it('says that a drawdown tail cannot be shared', () => {
    expect(refusal(() => scenarioRiskParity(cdar)(onScenarios(14))).message).toMatch(
      /cannot be shared by conditional drawdown at risk/,
    );
  });
});
