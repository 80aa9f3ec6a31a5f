import { describe, expect, it } from 'vitest';
import { EngineError } from '../errors.ts';
import { type Method, optimizers } from './index.ts';
import { limitedTo, measured, randomProblem } from './limits/random-problem.fixture.ts';
import { minimumVariance } from './minimum-variance.ts';
import { optimize } from './optimize.ts';
import type { Allocation } from './problem.ts';

const methods = Object.keys(optimizers) as Method[];
const problem = limitedTo(randomProblem(4, 8), { linear: [] });

function attempt(solve: () => Allocation): Allocation | EngineError {
  try {
    return solve();
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
}

describe.each(methods)('%s by its name', (method) => {
  it('keeps to a limit on turnover, tracking error and expected shortfall to 1e-9', () => {
    const free = attempt(() => optimize(method, problem));
    if (free instanceof EngineError) {
      // Some methods ask for a parameter that this problem does not have.
      expect(['missing-parameter', 'bad-input']).toContain(free.code);
      return;
    }
    let kept = 0;
    for (const key of ['turnover', 'trackingError', 'conditionalValueAtRisk'] as const) {
      const most = 0.9 * measured[key](problem, free.weights);
      const answer = attempt(() => optimize(method, limitedTo(problem, { [key]: most })));
      if (answer instanceof EngineError) {
        expect(['infeasible', 'not-converged']).toContain(answer.code);
        expect(answer.message).not.toMatch(/tangent/);
        continue;
      }
      kept++;
      expect(answer.method).toBe(free.method);
      expect(measured[key](problem, answer.weights)).toBeLessThanOrEqual(most * (1 + 1e-9) + 1e-14);
      expect(answer.weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 9);
      expect(answer.residual).toBeLessThan(answer.certificate === 'gap' ? 1e-6 : 1e-8);
      if (free.certificate === 'rule')
        expect(answer.repairs?.at(-1)).toMatch(/^The rule's own weights break a limit/);
      else expect(answer.binding.some(({ bound }) => bound === most)).toBe(true);
    }
    expect(kept).toBeGreaterThan(1);
  });
});

describe('a method called alone', () => {
  it('refuses a limit that it would overlook', () => {
    expect(() => minimumVariance(limitedTo(problem, { turnover: 0.1 }))).toThrow(
      /not turnover; call it by optimize/,
    );
  });
});
