import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../errors.ts';
import { net } from '../conformance/aim.fixture.ts';
import type { Allocation, Problem } from '../problem.ts';
import { scenarioMeasures, scenarioOptimizers } from './index.ts';
import { randomScenarioProblem } from './random-scenarios.fixture.ts';

type Measure = keyof typeof scenarioMeasures;
const names = Object.keys(scenarioMeasures) as Measure[];
const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

const expected = new Set(['infeasible', 'no-excess-return', 'zero-variance']);

function attempt(solve: () => Allocation): Allocation | null {
  try {
    return solve();
  } catch (error) {
    if (error instanceof EngineError && expected.has(error.code)) return null;
    throw error;
  }
}

function broken(p: Problem, w: Float64Array): number {
  const { lower, upper, linear } = p.limits;
  let most = Math.abs(w.reduce((sum, v) => sum + v, 0) - 1);
  w.forEach((v, i) => {
    most = Math.max(most, lower[i] - v, v - upper[i]);
  });
  for (const limit of linear) {
    const sum = w.reduce((s, v, i) => s + v * limit.coefficients[i], 0);
    most = Math.max(most, limit.lower - sum, sum - limit.upper);
  }
  return most;
}

describe.each(names)('%s', (measure) => {
  const riskOf = (p: Problem, w: Float64Array) =>
    scenarioMeasures[measure](p.scenarios!, p.confidence).value(w);
  const minimum = scenarioOptimizers[`minimum-${measure}`];
  const ratio = scenarioOptimizers[`maximum-return-to-${measure}`];

  it('has a least portfolio within all limits, proved, that no move between two assets improves', () => {
    let solved = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const p = randomScenarioProblem(seed);
        const answer = attempt(() => minimum(p));
        if (answer === null) return;
        solved++;
        const { weights } = answer;
        expect(answer.method).toBe(`minimum-${measure}`);
        expect(answer.certificate).toBe('gap');
        expect(answer.residual).toBeLessThan(1e-6);
        expect(broken(p, weights)).toBeLessThan(1e-9);
        for (const one of answer.binding) expect(one.shadowPrice).toBeGreaterThan(0);
        const best = riskOf(p, weights);
        for (let i = 0; i < weights.length; i++) {
          const moved = weights.slice();
          const j = (i + 1 + (seed % (weights.length - 1))) % weights.length;
          moved[i] += 1e-3;
          moved[j] -= 1e-3;
          if (broken(p, moved) > 1e-12) continue;
          expect(riskOf(p, moved)).toBeGreaterThan(best - 1e-6 * Math.abs(best) - 1e-8);
        }
      }),
      { seed: 52, numRuns: 12 },
    );
    expect(solved).toBeGreaterThan(6);
  });

  it('has a best ratio that neither the least risk nor any asset alone beats', () => {
    let solved = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const p = randomScenarioProblem(seed);
        const answer = attempt(() => ratio(p));
        if (answer === null) return;
        solved++;
        const { weights } = answer;
        expect(answer.residual).toBeLessThan(1e-6);
        expect(broken(p, weights)).toBeLessThan(1e-9);
        const of = (w: Float64Array) => (net(p, w) - p.riskFree) / riskOf(p, w);
        const best = of(weights);
        const calmest = minimum(p).weights;
        for (const share of [0.001, 0.1, 0.999]) {
          const mixed = weights.map((w, i) => w + share * (calmest[i] - w));
          if (riskOf(p, mixed) < 1e-6) continue;
          expect(of(mixed)).toBeLessThan(best * (1 + 2e-6));
        }
        p.assets.forEach((_, i) => {
          const alone = new Float64Array(p.assets.length);
          alone[i] = 1;
          if (broken(p, alone) === 0 && riskOf(p, alone) > 1e-6)
            expect(of(alone)).toBeLessThan(best * (1 + 2e-6));
        });
      }),
      { seed: 53, numRuns: 8 },
    );
    expect(solved).toBeGreaterThan(3);
  });

  it('keeps a target of risk and earns more the more of it there is; the slope is the price', () => {
    let priced = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const p = randomScenarioProblem(seed);
        const calmest = attempt(() => minimum(p));
        if (calmest === null) return;
        const least = riskOf(p, calmest.weights);
        const targetRisk = least + 0.2 * Math.abs(least) + 1e-4;
        const optimize = scenarioOptimizers[`target-${measure}`];
        const answer = optimize({ ...p, targetRisk });
        expect(broken(p, answer.weights)).toBeLessThan(1e-9);
        expect(riskOf(p, answer.weights)).toBeLessThan(targetRisk + 1e-12);
        expect(answer.residual).toBeLessThan(1e-6);
        expect(net(p, answer.weights)).toBeGreaterThan(net(p, calmest.weights) - 1e-9);
        const price = answer.binding.find((one) => one.limit.startsWith('target'))?.shadowPrice;
        if (price === undefined) return;
        priced++;
        const more = 1e-3 * targetRisk;
        const wider = optimize({ ...p, targetRisk: targetRisk + more });
        const gain = net(p, wider.weights) - net(p, answer.weights);
        // Concave: more room gains no more than the price, less room costs no less.
        expect(gain).toBeLessThan(price * more * 1.02 + 1e-7);
        expect(gain).toBeGreaterThan(-1e-7);
      }),
      { seed: 54, numRuns: 4 },
    );
    expect(priced).toBeGreaterThan(0);
  });

  it('tells who has traded to its answer at a target to stay there', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const p = randomScenarioProblem(seed);
        const calmest = attempt(() => minimum(p));
        if (calmest === null || p.current === undefined) return;
        const targetRisk = 1.3 * Math.abs(riskOf(p, calmest.weights)) + 1e-4;
        const optimize = scenarioOptimizers[`target-${measure}`];
        const { weights } = optimize({ ...p, targetRisk });
        const next = optimize({ ...p, targetRisk, current: weights });
        // Within the gap that the answer proves for itself.
        expect(next.tradingCost).toBeLessThan(1e-7);
      }),
      { seed: 58, numRuns: 6 },
    );
  });

  it('prices a limit truly: a little more room saves what it promises', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const p = randomScenarioProblem(seed);
        const answer = attempt(() => minimum(p));
        if (answer === null) return;
        const before = riskOf(p, answer.weights);
        for (const one of answer.binding.slice(0, 3)) {
          if (one.asset === undefined) continue;
          const at = p.assets.indexOf(one.asset);
          const side = one.kind === 'lower' ? 'lower' : 'upper';
          const room = 1e-4;
          const limits = { ...p.limits, [side]: p.limits[side].slice() };
          limits[side][at] += side === 'lower' ? -room : room;
          const after = riskOf(p, minimum({ ...p, limits }).weights);
          expect(before - after).toBeLessThan(one.shadowPrice * room * 1.01 + 1e-8);
          expect(before - after).toBeGreaterThan(-1e-8);
        }
      }),
      { seed: 55, numRuns: 4 },
    );
  });
});
