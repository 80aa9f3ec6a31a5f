import { describe, expect, it } from 'vitest';
import { optimize } from '../../engine/index.ts';
import { limitedTo, randomProblem } from '../../engine/optimizers/limits/random-problem.fixture.ts';
import { playCampaign } from './campaign.ts';
import { judge } from './checker.ts';

describe('300 random problems under further limits (the trial, cut short)', () => {
  it('are solved so that an independent checker finds nothing to gain, or refused', () => {
    const played = playCampaign(500_001, 300);
    expect(played.failures).toEqual([]);
    expect(played.bound).toBeGreaterThan(60);
    expect(played.solved).toBeGreaterThan(150);
    expect(played.refused).toBeGreaterThan(5);
  });
});

describe('the checker', () => {
  it('sees weights that are off, prices that are off, and limits that are broken', () => {
    const base = randomProblem(3, 6);
    const free = optimize('mean-variance-utility', base);
    const problem = limitedTo(base, { volatility: 0.95 * free.volatility });
    const answer = optimize('mean-variance-utility', problem);
    expect(judge(problem, answer).stationarity).toBeLessThan(1e-9);
    expect(judge(problem, free).infeasibility).toBeGreaterThan(1e-4);
    const unpriced = {
      ...answer,
      binding: answer.binding.filter((one) => one.limit !== 'volatility'),
    };
    expect(judge(problem, unpriced).stationarity).toBeGreaterThan(1e-4);
    const loose = limitedTo(base, { volatility: 2 * free.volatility });
    expect(judge(loose, answer).complementarity).toBeGreaterThan(1e-4);
  });
});
