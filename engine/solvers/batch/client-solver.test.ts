import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomSource } from '../../random.ts';
import { solveQuadraticProgram } from '../solve.ts';
import {
  type Client,
  clientAnswer,
  clientOutcome,
  clientProgram,
  type SharedMoments,
} from './client.ts';
import { clientSolver } from './client-solver.ts';
import {
  checked,
  plainClient,
  randomClient,
  randomMoments,
  singular,
  tenAssets,
  utilityGap,
} from './clients.fixture.ts';

describe('the client solver', () => {
  it('agrees with the general solver in weights and objective on random markets and clients', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 40 }), (seed, n) => {
        const random = randomSource(seed).uniform;
        const moments = randomMoments(random, n);
        const client = randomClient(random, n);
        const { answer, general } = checked(moments, client);
        expect(answer.outcome).toBe(clientOutcome.solved);
        for (let i = 0; i < n; i++)
          expect(Math.abs(answer.weights[i] - general.x[i])).toBeLessThan(1e-8);
        expect(Math.abs(utilityGap(moments, client, answer.weights))).toBeLessThan(1e-9);
      }),
      { numRuns: 300 },
    );
  });

  it('gives a client the same bits whoever was solved before', () => {
    const random = randomSource(11).uniform;
    const clients = Array.from({ length: 50 }, () => randomClient(random, 10));
    const solver = clientSolver(tenAssets);
    const solve = (client: Client) => {
      const answer = clientAnswer(10);
      solver.solve(client, answer);
      return answer;
    };
    const forwards = clients.map(solve);
    const backwards = clients.toReversed().map(solve).reverse();
    expect(backwards).toEqual(forwards);
  });

  it('hands a client without risk aversion to the general solver and says so', () => {
    const { answer } = checked(tenAssets, plainClient(10, { riskAversion: 0 }));
    expect(answer.outcome).toBe(clientOutcome.solvedByGeneral);
  });

  it('reports limits that conflict, and the general solver names them', () => {
    const answer = clientAnswer(10);
    const solver = clientSolver(tenAssets);
    const tooLow = plainClient(10, { upper: new Float64Array(10).fill(0.09) });
    const tooHigh = plainClient(10, { lower: new Float64Array(10).fill(0.11) });
    const crossed = plainClient(10);
    crossed.lower[3] = 0.6;
    crossed.upper[3] = 0.5;
    for (const client of [tooLow, tooHigh, crossed]) {
      expect(solver.solve(client, answer)).toBe(clientOutcome.infeasible);
      expect(answer.weights.every(Number.isNaN)).toBe(true);
      expect(() => solveQuadraticProgram(clientProgram(tenAssets, client))).toThrow(
        expect.objectContaining({ code: 'infeasible' }),
      );
    }
  });

  it('reports numbers that are missing or out of range', () => {
    const answer = clientAnswer(10);
    const solver = clientSolver(tenAssets);
    const one = (value: number) =>
      Float64Array.from({ length: 10 }, (_, i) => (i === 7 ? value : 0.1));
    for (const change of [
      { riskAversion: Number.NaN },
      { riskAversion: -1 },
      { riskAversion: Infinity },
      { lower: one(Number.NaN) },
      { upper: one(Number.NaN) },
      { current: one(Number.NaN) },
      { current: one(Infinity) },
      { tradingCosts: one(Number.NaN) },
      { tradingCosts: one(-0.001) },
    ]) {
      expect(solver.solve(plainClient(10, change), answer)).toBe(clientOutcome.invalid);
      expect(answer.residual).toBeNaN();
    }
    expect(solver.solve(plainClient(10), answer)).toBe(clientOutcome.solved);
  });

  it('reports a client whose utility has no limit as unsolved', () => {
    const random = randomSource(8).uniform;
    const markets: SharedMoments[] = [{ ...tenAssets, covariance: new Float64Array(100) }];
    for (let i = 0; i < 20; i++) markets.push(singular(tenAssets, random));
    const client = plainClient(10, {
      lower: new Float64Array(10).fill(-Infinity),
      upper: new Float64Array(10).fill(Infinity),
      tradingCosts: new Float64Array(10),
    });
    const answer = clientAnswer(10);
    let refused = 0;
    for (const moments of markets) {
      clientSolver(moments).solve(client, answer);
      const program = clientProgram(moments, client);
      if (answer.outcome === clientOutcome.unsolved) {
        refused++;
        expect(answer.weights.every(Number.isNaN)).toBe(true);
        expect(() => solveQuadraticProgram(program)).toThrow(
          expect.objectContaining({ code: 'unbounded' }),
        );
      } else expect(solveQuadraticProgram(program).residual).toBeLessThan(1e-8);
    }
    expect(refused).toBeGreaterThan(5);
  });

  it('refuses moments that no client could be solved with', () => {
    const change = (at: number, value: number) =>
      tenAssets.covariance.map((v, i) => (i === at ? value : v));
    const wrong = (changed: Partial<SharedMoments>, code: string) =>
      expect(() => clientSolver({ ...tenAssets, ...changed })).toThrow(
        expect.objectContaining({ code }),
      );
    wrong({ assets: [] }, 'bad-input');
    wrong({ expectedReturns: new Float64Array(9) }, 'bad-input');
    wrong({ expectedReturns: new Float64Array(10).fill(Number.NaN) }, 'bad-input');
    wrong({ covariance: new Float64Array(99) }, 'bad-input');
    wrong({ covariance: change(5, 1) }, 'bad-input');
    wrong({ covariance: change(0, Number.NaN) }, 'bad-input');
    wrong({ covariance: change(0, -0.1) }, 'not-psd');
  });
});
