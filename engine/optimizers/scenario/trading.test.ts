import { describe, expect, it } from 'vitest';
import { randomProblem } from '../limits/random-problem.fixture.ts';
import type { Problem } from '../problem.ts';
import { scenarioOptimizers } from './index.ts';
import { scenarioMeasures } from './risk.ts';

const n = 5;

function posed(seed: number): Problem {
  const problem = randomProblem(seed, n);
  return {
    ...problem,
    current: new Float64Array(n).fill(1 / n),
    tradingCosts: new Float64Array(n).fill(0.002),
    limits: {
      lower: new Float64Array(n).fill(0.03),
      upper: new Float64Array(n).fill(0.6),
      linear: [],
    },
  };
}

describe('a target on drawdown where trades cost return', () => {
  it('prices minimum weights by what little less of them is worth', () => {
    const solve = scenarioOptimizers['target-mdd'];
    const net = (problem: Problem) => {
      const { expectedReturn, tradingCost } = solve(problem);
      return expectedReturn - tradingCost;
    };
    let priced = 0;
    for (let seed = 1; seed <= 8; seed++) {
      const problem = posed(seed);
      const drawdown = scenarioMeasures.mdd(problem.scenarios!).value;
      const least = drawdown(scenarioOptimizers['minimum-mdd'](problem).weights);
      const given = { ...problem, targetRisk: 1.15 * least };
      for (const { asset, kind, shadowPrice } of solve(given).binding) {
        if (asset === undefined || kind !== 'lower') continue;
        const step = 1e-5;
        const moved = (by: number): Problem => {
          const lower = given.limits.lower.map((low, i) =>
            given.assets[i] === asset ? low - by : low,
          );
          return { ...given, limits: { ...given.limits, lower } };
        };
        const [more, same, less] = [net(moved(step)), net(given), net(moved(-step))];
        const ends = [(more - same) / step, (same - less) / step];
        expect(shadowPrice).toBeGreaterThan(Math.min(...ends) - 1e-4);
        expect(shadowPrice).toBeLessThan(Math.max(...ends) + 1e-4);
        priced++;
      }
    }
    expect(priced).toBeGreaterThan(3);
  });
});
