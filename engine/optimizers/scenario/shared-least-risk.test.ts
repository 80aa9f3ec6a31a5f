import { describe, expect, it } from 'vitest';
import { randomSource } from '../../random.ts';
import { byDefinition } from '../conformance/scenario-measures.fixture.ts';
import type { Problem } from '../problem.ts';
import { scenarioMeasures, scenarioOptimizers } from './index.ts';

type Measure = keyof typeof scenarioMeasures;
const names = Object.keys(scenarioMeasures) as Measure[];
const count = 60;

/** Four assets; the second moves as the first does, and is expected to earn more. */
function twins(seed: number): Problem {
  const random = randomSource(seed);
  const n = 4;
  const returns = Float64Array.from({ length: n * count }, () => 3e-4 + 0.01 * random.normal());
  for (let t = 0; t < count; t++) returns[t * n + 1] = returns[t * n];
  return posed(returns, Float64Array.of(0.04, 0.05, 0.07, 0.03));
}

/** Two assets that never lose, and one that does. */
function riskless(): Problem {
  const random = randomSource(4);
  const returns = new Float64Array(3 * count);
  for (let t = 0; t < count; t++) returns.set([1e-4, 1e-4, 0.01 * random.normal()], 3 * t);
  return posed(returns, Float64Array.of(0.02, 0.03, 0.08));
}

function posed(returns: Float64Array, expectedReturns: Float64Array): Problem {
  const n = expectedReturns.length;
  const covariance = new Float64Array(n * n);
  for (let i = 0; i < n; i++) covariance[i * n + i] = 0.04;
  return {
    assets: Array.from({ length: n }, (_, i) => `A${i}`),
    expectedReturns,
    covariance,
    riskFree: 0.01,
    limits: { lower: new Float64Array(n), upper: new Float64Array(n).fill(1), linear: [] },
    scenarios: { returns, count, periodsPerYear: 252 },
  };
}

describe.each(names)('the least %s, where several portfolios share it', (measure) => {
  const atLeast = (problem: Problem) => {
    const calmest = scenarioOptimizers[`minimum-${measure}`](problem);
    const targetRisk = byDefinition(measure, problem, calmest.weights);
    const answer = scenarioOptimizers[`target-${measure}`]({ ...problem, targetRisk });
    const risk = byDefinition(measure, problem, answer.weights);
    expect(risk).toBeLessThanOrEqual(targetRisk + 1e-9 * Math.abs(targetRisk) + 1e-12);
    return { answer, calmest };
  };

  it('is met by the one of two replicas that earns more', () => {
    for (const seed of [1, 2, 3]) {
      const { answer, calmest } = atLeast(twins(seed));
      expect(answer.residual).toBeLessThan(1e-4);
      expect(answer.weights[0]).toBeLessThan(1e-6);
      const of = (w: Float64Array) => w[0] + w[1];
      expect(of(answer.weights)).toBeCloseTo(of(calmest.weights), 2);
    }
  });

  it('is met by what earns most of what never loses', () => {
    const { answer } = atLeast(riskless());
    // Deviations and losses of what never loses are the same for any mix of the two.
    expect(answer.weights[0]).toBeLessThan(1e-6);
    expect(answer.expectedReturn).toBeGreaterThan(0.03 - 1e-8);
  });
});
