import { describe, expect, it } from 'vitest';
import { clientAnswer, clientSolver, solveClients } from '../../engine/index.ts';
import { checkRun } from './clients-check.ts';
import { impossible, judge } from './clients-judge.ts';
import { fundMoments } from './clients-moments.ts';
import { emptyClient, fillClient } from './clients-population.ts';
import { openCrew } from './clients-run.ts';

const { moments } = fundMoments();
const n = moments.assets.length;

/** Client 42 and the best weights for it. */
function solvedClient() {
  const client = emptyClient(n);
  fillClient(1, 42, client);
  const answer = clientAnswer(n);
  clientSolver(moments).solve(client, answer);
  return { client, weights: answer.weights };
}

describe('the bench of many clients', () => {
  it('draws the same client for an index in any order', () => {
    const first = emptyClient(n);
    const second = emptyClient(n);
    fillClient(3, 7, first);
    for (const index of [9, 8, 7]) fillClient(3, index, second);
    expect(second).toEqual(first);
    fillClient(4, 7, second);
    expect(second).not.toEqual(first);
  });

  it('draws risk aversions over the whole range and one impossible client in ten thousand', () => {
    const client = emptyClient(n);
    const aversions: number[] = [];
    let refused = 0;
    for (let index = 0; index < 10_000; index++) {
      fillClient(1, index, client);
      aversions.push(Math.log(client.riskAversion) / Math.log(20));
      if (impossible(client)) refused++;
    }
    expect(refused).toBe(1);
    for (const tenth of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) {
      const within = aversions.filter((v) => Math.floor(10 * v) === tenth).length;
      expect(Math.abs(within - 1_000)).toBeLessThan(150);
    }
  });

  it('gives the same bits on one worker and on two, and passes its own check', async () => {
    const runs = [];
    for (const workers of [1, 2]) {
      const crew = await openCrew(moments, workers);
      runs.push(await crew.run(1, 10_000));
      await crew.close();
    }
    const [one, two] = runs;
    expect(two.checksum).toBe(one.checksum);
    expect(two.weights).toEqual(one.weights);
    expect(two.outcomeCounts).toEqual([9_999, 0, 1, 0, 0]);
    expect(two.infeasible).toEqual([9_999]);
    const verdict = checkRun(moments, 1, two);
    expect(verdict.report).toContain('9999 sampled answers; 1 sampled clients have none');
    expect(verdict.passed).toBe(true);
    two.weights[20] += 1e-6;
    expect(checkRun(moments, 1, two).passed).toBe(false);
  });

  it('judges the best weights as such and any others by what they lack', () => {
    const { client, weights } = solvedClient();
    const best = judge(moments, client, weights);
    expect(best.infeasibility).toBeLessThan(1e-12);
    expect(best.residual).toBeLessThan(1e-12);
    expect(best.gap).toBeLessThan(1e-12);
    const from = weights.findIndex((w, i) => w > client.lower[i] + 0.01);
    const to = weights.findIndex((w, i) => i !== from && w < client.upper[i] - 0.01);
    const moved = weights.slice();
    moved[from] -= 0.01;
    moved[to] += 0.01;
    const worse = judge(moments, client, moved);
    expect(worse.infeasibility).toBeLessThan(1e-12);
    expect(worse.utility).toBeLessThan(best.utility);
    // The gap bounds what was lost.
    expect(worse.gap).toBeGreaterThanOrEqual(best.utility - worse.utility);
    expect(worse.residual).toBeGreaterThan(1e-6);
    moved[to] += 0.5;
    expect(judge(moments, client, moved).infeasibility).toBeGreaterThan(0.4);
    expect(judge(moments, client, moved.fill(Number.NaN)).infeasibility).toBeNaN();
  });

  it('solves the drawn clients as tables with the bits they have one by one', () => {
    const count = 200;
    const table = {
      lower: new Float64Array(count * n),
      upper: new Float64Array(count * n),
      current: new Float64Array(count * n),
      riskAversion: new Float64Array(count),
      tradingCosts: emptyClient(n).tradingCosts,
    };
    const client = emptyClient(n);
    const answer = clientAnswer(n);
    const solver = clientSolver(moments);
    const oneByOne: number[] = [];
    for (let c = 0; c < count; c++) {
      fillClient(2, c, client);
      for (const key of ['lower', 'upper', 'current'] as const) table[key].set(client[key], c * n);
      table.riskAversion[c] = client.riskAversion;
      solver.solve(client, answer);
      oneByOne.push(...answer.weights);
    }
    const answers = solveClients(moments, table);
    expect(Array.from(answers.weights)).toEqual(oneByOne);
    expect(answers.outcomes.every((code) => code === 0)).toBe(true);
    expect(Math.max(...answers.residuals)).toBeLessThan(1e-8);
  });
});
