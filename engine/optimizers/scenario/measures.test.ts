import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomSource } from '../../random.ts';
import { byDefinition } from '../conformance/scenario-measures.fixture.ts';
import { minimumVariance } from '../minimum-variance.ts';
import type { Problem } from '../problem.ts';
import { scenarioMeasures, scenarioOptimizers } from './index.ts';
import { randomScenarioProblem } from './random-scenarios.fixture.ts';

type Measure = keyof typeof scenarioMeasures;
const names = Object.keys(scenarioMeasures) as Measure[];
const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

describe.each(names)('%s', (measure) => {
  const riskOf = (p: Problem, w: Float64Array) =>
    scenarioMeasures[measure](p.scenarios!, p.confidence).value(w);
  const minimum = scenarioOptimizers[`minimum-${measure}`];

  it('is what its definition says, doubles with the weights and has the slope it says', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const p = randomScenarioProblem(seed);
        const random = randomSource(seed);
        const w = Float64Array.from(p.assets, () => random.normal());
        const v = Float64Array.from(p.assets, () => random.normal());
        const value = riskOf(p, w);
        const loose = measure === 'evar' || measure === 'edar' ? 1e-7 : 1e-9;
        expect(Math.abs(value - byDefinition(measure, p, w))).toBeLessThan(loose * Math.abs(value));
        expect(
          Math.abs(
            riskOf(
              p,
              w.map((x) => 2 * x),
            ) -
              2 * value,
          ),
        ).toBeLessThan(1e-12);
        const slope = scenarioMeasures[measure](p.scenarios!, p.confidence).gradient(w);
        const at = (u: Float64Array) => u.reduce((sum, x, i) => sum + x * slope[i], 0);
        expect(Math.abs(at(w) - value)).toBeLessThan(1e-9 * Math.abs(value));
        // A subgradient of a homogeneous measure is never above it anywhere.
        expect(at(v)).toBeLessThanOrEqual(riskOf(p, v) + 1e-12);
      }),
      { seed: 51, numRuns: 8 },
    );
  });

  it('takes equal probabilities for none', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const drawn = randomScenarioProblem(seed);
        const { probabilities: _, ...scenarios } = drawn.scenarios!;
        const n = drawn.assets.length;
        const limits = {
          lower: new Float64Array(n),
          upper: new Float64Array(n).fill(1),
          linear: [],
        };
        const probabilities = new Float64Array(scenarios.count).fill(1 / scenarios.count);
        const equal = { ...drawn, limits, scenarios: { ...scenarios, probabilities } };
        expect(minimum(equal).weights).toEqual(minimum({ ...drawn, limits, scenarios }).weights);
      }),
      { seed: 57, numRuns: 4 },
    );
  });
});

describe('all measures together', () => {
  it('find nearly the minimum-variance portfolio where returns are normal', () => {
    const random = randomSource(7);
    const n = 4;
    const count = 4000;
    const own = [0.008, 0.011, 0.014, 0.02];
    const returns = new Float64Array(count * n);
    for (let t = 0; t < count; t += 2) {
      const market = 0.006 * random.normal();
      for (let i = 0; i < n; i++) {
        returns[t * n + i] = market + own[i] * random.normal();
        // Every period with its mirror image: no skew and a mean of 0.
        returns[(t + 1) * n + i] = -returns[t * n + i];
      }
    }
    const covariance = new Float64Array(n * n);
    for (let t = 0; t < count; t++)
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++)
          covariance[i * n + j] += (returns[t * n + i] * returns[t * n + j]) / count;
    const p: Problem = {
      assets: ['A', 'B', 'C', 'D'],
      expectedReturns: new Float64Array(n),
      covariance,
      riskFree: 0,
      limits: { lower: new Float64Array(n), upper: new Float64Array(n).fill(1), linear: [] },
      scenarios: { returns, count, periodsPerYear: 252 },
      confidence: 0.9,
    };
    const calmest = minimumVariance(p).weights;
    for (const name of ['cvar', 'evar', 'mad', 'semideviation', 'downside'] as const) {
      const { weights } = scenarioOptimizers[`minimum-${name}`](p);
      const away = Math.max(...weights.map((w, i) => Math.abs(w - calmest[i])));
      expect(away, name).toBeLessThan(0.08);
    }
  });
});
