import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percent } from '../percent.ts';
import { certificateOf } from './certificate.ts';
import { withLimits } from './limits/index.ts';
import { limitedTo, randomProblem } from './limits/random-problem.fixture.ts';
import { maximumSharpe } from './maximum-sharpe.ts';
import { meanVarianceUtility } from './mean-variance-utility.ts';
import { minimumVariance } from './minimum-variance.ts';
import type { Optimizer, Problem } from './problem.ts';
import { sensitivityOf } from './sensitivity.ts';
import { targetVolatility } from './target-volatility.ts';

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

/** Whether an asset still weighs most, ties included, with another expected return. */
const leads = (
  problem: Problem,
  optimizer: Optimizer,
  leader: string,
  asset: string,
  mean: number,
) => {
  const at = problem.assets.indexOf(asset);
  const expectedReturns = problem.expectedReturns.map((r, i) => (i === at ? mean : r));
  const { weights } = optimizer({ ...problem, expectedReturns });
  return Math.max(...weights) - weights[problem.assets.indexOf(leader)] <= 1.001e-9;
};

describe('sensitivity to expected returns', () => {
  const methods: readonly Optimizer[] = [
    meanVarianceUtility,
    maximumSharpe,
    targetVolatility,
    withLimits(meanVarianceUtility),
  ];

  it.each(methods.map((one, i) => [one.name || `limited ${i}`, one] as const))(
    'of %s: the lead changes where it says, and not before',
    (_, optimizer) => {
      let changes = 0;
      fc.assert(
        fc.property(seeds, (seed) => {
          const base = randomProblem(seed, 5);
          const most = 1.02 * minimumVariance(base).volatility;
          const problem = optimizer === methods[3] ? limitedTo(base, { volatility: most }) : base;
          const sensitivity = sensitivityOf(problem, optimizer);
          expect(sensitivity).not.toBe(null);
          const { leader, ranges, nearest } = sensitivity!;
          for (const { asset, expectedReturn, below, above } of ranges) {
            for (const [change, sign] of [
              [below, -1],
              [above, 1],
            ] as const) {
              if (change === null) continue;
              changes++;
              const at = (mean: number) => leads(problem, optimizer, leader, asset, mean);
              const step = sign * 1e-7;
              expect(at(change.expectedReturn + step)).toBe(false);
              expect(at(change.expectedReturn - step)).toBe(true);
              expect(at((change.expectedReturn + expectedReturn) / 2)).toBe(true);
              expect(Math.abs(nearest!.move)).toBeLessThanOrEqual(
                Math.abs(change.expectedReturn - expectedReturn) + 1e-12,
              );
            }
          }
        }),
        { seed: 91, numRuns: 8 },
      );
      expect(changes).toBeGreaterThan(8);
    },
  );

  it('by pieces and by search agree', () => {
    // Under another name the method is searched like any other.
    const searched: Optimizer = (p) => ({ ...meanVarianceUtility(p), method: 'searched' });
    fc.assert(
      fc.property(seeds, (seed) => {
        const problem = randomProblem(seed, 6, { costs: seed % 2 === 0 });
        const one = sensitivityOf(problem, meanVarianceUtility)!;
        const other = sensitivityOf(problem, searched)!;
        one.ranges.forEach(({ below, above }, i) => {
          for (const [a, b] of [
            [below, other.ranges[i].below],
            [above, other.ranges[i].above],
          ]) {
            expect(a === null).toBe(b === null);
            if (a !== null && b !== null)
              expect(Math.abs(a.expectedReturn - b.expectedReturn)).toBeLessThan(1e-8);
          }
        });
      }),
      { seed: 93, numRuns: 15 },
    );
  });

  it('has nothing to say where expected returns do not enter', () => {
    expect(sensitivityOf(randomProblem(1, 4), minimumVariance)).toBe(null);
  });
});

describe('the certificate of an answer', () => {
  it('says what a point of room is worth, and a point of room is worth that', () => {
    const base = randomProblem(8, 6, { costs: false });
    const problem = limitedTo(base, { upper: new Float64Array(6).fill(0.3), linear: [] });
    const optimizer = withLimits(targetVolatility);
    const answer = optimizer(problem);
    const { limits, kind, residual } = certificateOf(problem, answer);
    expect(kind).toBe('optimality');
    expect(residual).toBeLessThan(1e-8);
    expect(limits.length).toBeGreaterThan(0);
    for (const { binding, perPoint, meaning } of limits) {
      if (binding.kind !== 'upper') continue;
      const at = problem.assets.indexOf(binding.asset!);
      const upper = problem.limits.upper.map((v, i) => (i === at ? v + 1e-6 : v));
      const more = optimizer(limitedTo(problem, { upper }));
      const gained = (more.expectedReturn - answer.expectedReturn) / 1e-6;
      expect(perPoint.unit).toBe('basis points of return a year');
      expect(perPoint.amount).toBeCloseTo(100 * gained, 2);
      expect(meaning).toMatch(
        /^raising the maximum of A\d by 1 point would add [\d.]+ bp of return a year$/,
      );
    }
  });

  it('turns variance into volatility, which people know', () => {
    const base = randomProblem(12, 5, { costs: false });
    const problem = limitedTo(base, {
      lower: Float64Array.of(0.3, 0.3, 0, 0, 0),
      upper: new Float64Array(5).fill(1),
      linear: [],
    });
    const answer = minimumVariance(problem);
    const dearest = certificateOf(problem, answer).limits.find(
      ({ binding }) => binding.limit === 'minimum of A0' || binding.limit === 'minimum of A1',
    );
    expect(dearest).toBeDefined();
    const at = problem.assets.indexOf(dearest!.binding.asset!);
    const lower = problem.limits.lower.map((v, i) => (i === at ? v - 1e-6 : v));
    const less = minimumVariance(limitedTo(problem, { lower }));
    const saved = (1e4 * 0.01 * (answer.volatility - less.volatility)) / 1e-6;
    expect(dearest!.perPoint.amount).toBeCloseTo(saved, 2);
    expect(dearest!.meaning).toMatch(
      /^lowering the minimum of A\d by 1 point would take off .* bp of volatility a year$/,
    );
  });

  it('shares all risk out among the assets', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const problem = randomProblem(seed, 6);
        const answer = meanVarianceUtility(problem);
        const { riskContributions } = certificateOf(problem, answer);
        expect(riskContributions.reduce((sum, v) => sum + v, 0)).toBeCloseTo(1, 10);
        answer.weights.forEach((w, i) => {
          if (w === 0) expect(Math.abs(riskContributions[i])).toBe(0);
        });
      }),
      { seed: 92, numRuns: 20 },
    );
  });

  it('names further limits with what more of them would bring', () => {
    const base = randomProblem(9, 6);
    const free = meanVarianceUtility(base);
    const most = Math.floor(1000 * 0.93 * free.volatility) / 1000;
    const problem = limitedTo(base, { volatility: most });
    const optimizer = withLimits(meanVarianceUtility);
    const { limits, sensitivity } = certificateOf(problem, optimizer(problem), optimizer);
    const volatility = limits.find(({ binding }) => binding.limit === 'volatility');
    expect(volatility?.meaning).toBe(
      `raising the limit of volatility at most ${percent(most)} by 1 point would add ${Number(volatility!.perPoint.amount.toPrecision(2))} bp of utility a year`,
    );
    expect(sensitivity?.ranges).toHaveLength(6);
  });
});
