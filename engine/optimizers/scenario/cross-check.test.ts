import fc from 'fast-check';
import loadHighs from 'highs';
import { beforeAll, describe, expect, it } from 'vitest';
import { EngineError } from '../../errors.ts';
import type { Problem } from '../problem.ts';
import { leastRiskProgram } from './highs-program.fixture.ts';
import { minimumRiskMethods, riskAtReturnMethods, scenarioMeasures } from './index.ts';
import { randomScenarioProblem } from './random-scenarios.fixture.ts';

const linear = ['cvar', 'cdar', 'mad', 'worst', 'mdd'] as const;

type Highs = Awaited<ReturnType<(typeof loadHighs)['default']>>;
let highs: Highs;

beforeAll(async () => {
  highs = await (loadHighs as unknown as (typeof loadHighs)['default'])();
});

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

/** Few enough periods for the text of a program to stay short. */
function small(seed: number): Problem {
  const problem = randomScenarioProblem(seed);
  const { returns, count, periodsPerYear } = problem.scenarios!;
  const n = problem.assets.length;
  const kept = Math.min(count, 60);
  return {
    ...problem,
    scenarios: { returns: returns.slice(0, kept * n), count: kept, periodsPerYear },
  };
}

describe.each(linear)('%s against a linear program in HiGHS', (measure) => {
  const agree = (problem: Problem, target?: number) => {
    const method = target === undefined ? 'minimum' : 'target-return';
    const other = highs.solve(leastRiskProgram(measure, problem, target));
    const solve = () =>
      target === undefined
        ? minimumRiskMethods[`minimum-${measure}`](problem)
        : riskAtReturnMethods[`target-return-${measure}`]({ ...problem, targetReturn: target });
    if (other.Status === 'Infeasible') {
      expect(solve).toThrow(EngineError);
      return 0;
    }
    expect(other.Status).toBe('Optimal');
    const { weights, residual } = solve();
    const risk = scenarioMeasures[measure](problem.scenarios!, problem.confidence).value(weights);
    const scale = Math.max(Math.abs(other.ObjectiveValue), 1e-4);
    expect(Math.abs(risk - other.ObjectiveValue) / scale, method).toBeLessThan(1e-6);
    expect(residual).toBeLessThan(1e-6);
    return 1;
  };

  it('finds the same least risk, with class limits, short positions and cash', () => {
    let solved = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        solved += agree(small(seed));
      }),
      { seed: 41, numRuns: 12 },
    );
    expect(solved).toBeGreaterThan(3);
  });

  it('finds the same least risk at a return', () => {
    let solved = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const problem = small(seed);
        solved += agree(problem, problem.targetReturn!);
      }),
      { seed: 42, numRuns: 8 },
    );
    expect(solved).toBeGreaterThan(3);
  });
});
