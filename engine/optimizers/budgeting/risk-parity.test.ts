import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Infeasible } from '../../errors.ts';
import { randomSource } from '../../random.ts';
import { expanded } from '../conformance/expanded.fixture.ts';
import type { FactorCovariance } from '../problem.ts';
import { posed, randomBudgets, refusal } from './budget-problems.fixture.ts';
import { riskParity } from './risk-parity.ts';

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

function randomFactors(seed: number): FactorCovariance {
  const random = randomSource(seed);
  const n = 2 + random.integer(25);
  const k = 1 + random.integer(3);
  const root = Array.from({ length: k * k }, () => random.normal());
  return {
    loadings: Float64Array.from({ length: n * k }, () => 0.12 * random.normal()),
    factorCovariance: Float64Array.from({ length: k * k }, (_, at) => {
      let sum = 0;
      for (let c = 0; c < k; c++) sum += root[Math.floor(at / k) * k + c] * root[(at % k) * k + c];
      return sum;
    }),
    specificVariance: Float64Array.from({ length: n }, () => (0.03 + 0.3 * random.uniform()) ** 2),
  };
}

/** Shares of variance, written again. */
function shares(covariance: Float64Array, weights: Float64Array): number[] {
  const n = weights.length;
  const parts = Array.from(weights, (w, i) =>
    weights.reduce((sum, v, j) => sum + w * v * covariance[i * n + j], 0),
  );
  const total = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => part / total);
}

describe('risk parity', () => {
  it('gives each asset the share of variance that its budget asks for, relative to 1e-8', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const covariance = expanded(randomFactors(seed));
        const n = Math.round(Math.sqrt(covariance.length));
        const riskBudgets = randomBudgets(n, seed);
        const { weights, residual, binding } = riskParity(posed(covariance, { riskBudgets }));
        shares(covariance, weights).forEach((share, i) => {
          expect(Math.abs(share / riskBudgets[i] - 1)).toBeLessThan(1e-8);
        });
        expect(weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 12);
        expect(residual).toBeLessThan(1e-8);
        expect(binding).toEqual([]);
      }),
    );
  });

  it('answers the same for factors as for what they multiply out to, within bounds too', () => {
    fc.assert(
      fc.property(seeds, fc.boolean(), (seed, tight) => {
        const factors = randomFactors(seed);
        const covariance = expanded(factors);
        const problem = posed(covariance);
        const n = problem.assets.length;
        const limits = { ...problem.limits, upper: new Float64Array(n).fill(tight ? 1.3 / n : 1) };
        const byNumbers = riskParity({ ...problem, limits });
        const byFactors = riskParity({
          ...problem,
          limits,
          covariance: new Float64Array(),
          factors,
        });
        byFactors.weights.forEach((w, i) => {
          expect(Math.abs(w - byNumbers.weights[i])).toBeLessThan(1e-10);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('does not change with the unit of risk, and shares between twins alike', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const covariance = expanded(randomFactors(seed));
        const n = Math.round(Math.sqrt(covariance.length));
        const { weights } = riskParity(posed(covariance));
        const scaled = riskParity(posed(covariance.map((v) => 1e-4 * v))).weights;
        weights.forEach((w, i) => {
          expect(scaled[i]).toBeCloseTo(w, 10);
        });
        const order = [...Array.from({ length: n }, (_, i) => i), 0];
        const twins = Float64Array.from(
          { length: (n + 1) ** 2 },
          (_, at) => covariance[order[Math.floor(at / (n + 1))] * n + order[at % (n + 1)]],
        );
        const doubled = riskParity(posed(twins)).weights;
        expect(doubled[n]).toBeCloseTo(doubled[0], 10);
      }),
      { numRuns: 50 },
    );
  });

  it('says which limits keep assets from their share, at the price they cost', () => {
    const volatility = [0.05, 0.1, 0.2, 0.3];
    const covariance = Float64Array.from({ length: 16 }, (_, at) => {
      const [i, j] = [Math.floor(at / 4), at % 4];
      return volatility[i] * volatility[j] * (i === j ? 1 : 0.3);
    });
    const problem = posed(covariance);
    problem.limits.upper[0] = 0.3;
    problem.limits.lower[3] = 0.15;
    const { weights, binding, volatility: risk } = riskParity(problem);
    expect(binding.map((one) => one.limit)).toEqual(['maximum of A0', 'minimum of A3']);
    const parts = shares(covariance, weights);
    expect(parts[1]).toBeCloseTo(parts[2], 10);
    expect(parts[0]).toBeLessThan(parts[1]);
    expect(parts[3]).toBeGreaterThan(parts[1]);
    // A price is what the slope of risk has left beside the reward that free assets agree on.
    for (const { asset, shadowPrice } of binding) {
      const i = problem.assets.indexOf(asset!);
      expect(shadowPrice).toBeCloseTo(Math.abs((risk * (parts[i] - parts[1])) / weights[i]), 10);
    }
  });

  it('holds cash at its least, takes what has no room as it stands, and says both', () => {
    const covariance = expanded(randomFactors(4));
    const n = Math.round(Math.sqrt(covariance.length));
    for (let i = 0; i < n; i++) {
      covariance[i] = 0;
      covariance[i * n] = 0;
    }
    const problem = posed(covariance);
    problem.limits.lower[0] = 0.05;
    problem.limits.upper[1] = 0;
    const { weights, repairs } = riskParity(problem);
    expect(weights[0]).toBe(0.05);
    expect(weights[1]).toBe(0);
    expect(repairs).toHaveLength(2);
    expect(repairs![0]).toMatch(/^A0 carries no risk .* 5\.0 %/);
    expect(repairs![1]).toMatch(/no room for A1/);
    const parts = shares(covariance, weights).slice(2);
    for (const part of parts) expect(part).toBeCloseTo(1 / parts.length, 9);
  });

  it('refuses mirrored assets, a universe of cash and budgets that are none', () => {
    const mirrored = posed(Float64Array.of(0.04, -0.04, -0.04, 0.04));
    expect(refusal(() => riskParity(mirrored)).code).toBe('zero-variance');
    expect(refusal(() => riskParity(posed(new Float64Array(4)))).code).toBe('zero-variance');
    const plain = posed(Float64Array.of(0.04, 0, 0, 0.09));
    const give = (...riskBudgets: number[]) =>
      refusal(() => riskParity({ ...plain, riskBudgets: Float64Array.from(riskBudgets) }));
    expect(give(1).message).toMatch(/1 risk budgets for 2 assets/);
    expect(give(1, 0).message).toMatch(/budget of A1 is 0; give a positive share/);
    expect(give(0.5, 0.6).message).toMatch(/sum to 1.1/);
    const allCash = posed(Float64Array.of(0.04, 0, 0, 0));
    allCash.limits.lower[1] = 1;
    expect(refusal(() => riskParity(allCash)).message).toMatch(/leave 0.0 % for assets with risk/);
  });

  it('names the limits when they leave the other assets no risk to share', () => {
    // B is held so high that risk falls as long as its hedge C grows, beyond the whole.
    const correlation = [1, 0, 0, 0, 1, -0.98, 0, -0.98, 1];
    const volatility = [0.1, 0.5, 0.1];
    const problem = posed(
      Float64Array.from(
        correlation,
        (c, at) => c * volatility[Math.floor(at / 3)] * volatility[at % 3],
      ),
    );
    problem.limits.lower[1] = 0.5;
    const found = refusal(() => riskParity(problem));
    expect(found).toBeInstanceOf(Infeasible);
    expect((found as Infeasible).conflicts).toEqual([
      { limit: 'minimum of A1', bound: 0.5, wouldWork: null },
    ]);
  });
});
