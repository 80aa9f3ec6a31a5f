import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../errors.ts';
import { highestReturn } from '../highest-return.ts';
import { limitedTo, measured, randomProblem } from '../limits/random-problem.fixture.ts';
import { optimize } from '../optimize.ts';
import type { Allocation, Problem } from '../problem.ts';
import { type ScenarioMethod, scenarioMeasures, scenarioOptimizers } from './index.ts';
import { randomScenarioProblem } from './random-scenarios.fixture.ts';

const methods = Object.keys(scenarioOptimizers) as ScenarioMethod[];
const measures = Object.keys(scenarioMeasures) as (keyof typeof scenarioMeasures)[];
const limits = ['turnover', 'trackingError', 'conditionalValueAtRisk', 'volatility'] as const;

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

/** The answer, proved; null where the problem has none, and then for a reason that is known. */
function proved(solve: () => Allocation): Allocation | null {
  try {
    const answer = solve();
    expect(answer.residual).toBeLessThanOrEqual(1e-6);
    return answer;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    expect(['infeasible', 'no-excess-return', 'zero-variance']).toContain(error.code);
    return null;
  }
}

const riskOf = (measure: keyof typeof scenarioMeasures, p: Problem, w: Float64Array) =>
  scenarioMeasures[measure](p.scenarios!, p.confidence).value(w);

/** With a target of risk that lies `share` of the way from the least to that of the highest return. */
function targeted(measure: keyof typeof scenarioMeasures, p: Problem, share: number): Problem {
  const calmest = proved(() => scenarioOptimizers[`minimum-${measure}`](p));
  if (calmest === null) return p;
  const least = riskOf(measure, p, calmest.weights);
  const most = riskOf(measure, p, highestReturn(p).x);
  return { ...p, targetRisk: least + share * Math.max(most - least, 1e-4) };
}

describe('every feasible problem on scenarios', () => {
  it('is solved and proved to 1e-6 under a further limit, however tight', () => {
    let solved = 0;
    fc.assert(
      fc.property(
        seeds,
        fc.constantFrom(...methods),
        fc.constantFrom(...limits),
        fc.double({ min: 0.75, max: 0.999, noNaN: true }),
        (seed, method, key, tightness) => {
          const measure = measures.find((name) => method.endsWith(`-${name}`))!;
          const p = targeted(measure, randomProblem(seed, 2 + (seed % 7)), 0.3);
          const free = proved(() => optimize(method, p));
          if (free === null) return;
          const most = tightness * measured[key](p, free.weights);
          if (proved(() => optimize(method, limitedTo(p, { [key]: most }))) !== null) solved++;
        },
      ),
      { seed: 61, numRuns: 60 },
    );
    expect(solved).toBeGreaterThan(30);
  });

  it('is solved and proved to 1e-6 at any target, next to the least risk and to the highest return', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.constantFrom(...measures),
        fc.constantFrom(1e-6, 1e-3, 0.1, 0.5, 0.9, 0.999, 1 - 1e-6),
        (seed, measure, share) => {
          const p = targeted(measure, randomScenarioProblem(seed), share);
          if (p.targetRisk === undefined) return;
          expect(proved(() => scenarioOptimizers[`target-${measure}`](p))).not.toBeNull();
        },
      ),
      { seed: 62, numRuns: 30 },
    );
  });
});
