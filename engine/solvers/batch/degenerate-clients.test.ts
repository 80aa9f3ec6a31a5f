import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomSource } from '../../random.ts';
import { clientOutcome } from './client.ts';
import {
  checked,
  plainClient,
  randomClient,
  randomMoments,
  roundMoments,
  singular,
  tenAssets,
  utilityGap,
} from './clients.fixture.ts';

describe('the client solver, on clients with little room or many equals,', () => {
  it('solves clients whose market has more assets than dimensions, cash, twins or no risk at all', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 25 }), (seed, n) => {
        const random = randomSource(seed).uniform;
        const moments = singular(randomMoments(random, n), random);
        const client = randomClient(random, n);
        const { answer } = checked(moments, client);
        expect([clientOutcome.solved, clientOutcome.solvedByGeneral]).toContain(answer.outcome);
        expect(Math.abs(utilityGap(moments, client, answer.weights))).toBeLessThan(1e-8);
      }),
      { numRuns: 200 },
    );
  });

  it('solves clients whose numbers are round, so that limits and kinks coincide', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 20 }), (seed, n) => {
        const random = randomSource(seed).uniform;
        const round = (most: number) => Math.floor((most + 1) * random()) / 20;
        const lower = Float64Array.from({ length: n }, () => Math.min(round(2), 1 / n));
        const upper = lower.map((low) => low + round(6));
        upper[0] = 1;
        const current = Float64Array.from({ length: n }, () => round(5));
        const tradingCosts = Float64Array.from({ length: n }, () => round(2) / 50);
        const riskAversion = 1 + Math.floor(4 * random());
        const moments = roundMoments(n, random);
        const client = { lower, upper, current, tradingCosts, riskAversion };
        const { answer } = checked(moments, client);
        expect([clientOutcome.solved, clientOutcome.solvedByGeneral]).toContain(answer.outcome);
      }),
      { numRuns: 200 },
    );
  });

  it('solves clients whose bounds, costs and risk aversion are of any size', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 25 }), (seed, n) => {
        const random = randomSource(seed).uniform;
        const moments = randomMoments(random, n);
        const span = 10 ** (3 * random() - 1);
        const draw = (share: number, otherwise: number, value: () => number) =>
          Float64Array.from({ length: n }, () => (random() < share ? otherwise : value()));
        const lower = draw(0.2, -Infinity, () => -span * random());
        const upper = draw(0.2, Infinity, () => 1 + span * random());
        const current = draw(0.3, 0, () => span * (2 * random() - 1));
        const tradingCosts = draw(0.2, 0, () => 10 ** (8 * random() - 7));
        const riskAversion = 10 ** (6 * random() - 2);
        const { answer } = checked(moments, { lower, upper, current, tradingCosts, riskAversion });
        expect(answer.outcome).toBe(clientOutcome.solved);
      }),
      { numRuns: 200 },
    );
  });

  it('leaves a client alone whose every asset is fixed', () => {
    const fixed = Float64Array.from({ length: 10 }, (_, i) => (i < 4 ? 0.25 : 0));
    const { answer } = checked(tenAssets, plainClient(10, { lower: fixed, upper: fixed }));
    expect(answer.outcome).toBe(clientOutcome.solved);
    expect(answer.weights).toEqual(fixed);
  });

  it('finds the only portfolio when all minimums or all maximums together make 100 %', () => {
    const tenth = new Float64Array(10).fill(0.1);
    for (const change of [{ lower: tenth }, { upper: tenth }]) {
      const { answer } = checked(tenAssets, plainClient(10, change));
      expect(answer.outcome).toBe(clientOutcome.solved);
      for (const w of answer.weights) expect(w).toBeCloseTo(0.1, 12);
    }
  });

  it('does not trade when trading costs more than it could bring', () => {
    const tradingCosts = new Float64Array(10).fill(5);
    const client = plainClient(10, { tradingCosts });
    const { answer } = checked(tenAssets, client);
    expect(answer.weights).toEqual(client.current);
  });

  it('brings present weights back that lie outside the bounds', () => {
    const current = Float64Array.from({ length: 10 }, (_, i) =>
      i === 0 ? 1.5 : i === 1 ? -0.5 : 0,
    );
    const upper = new Float64Array(10).fill(0.3);
    const { answer } = checked(tenAssets, plainClient(10, { current, upper }));
    expect(answer.outcome).toBe(clientOutcome.solved);
  });

  it('needs no bounds and takes any size of risk aversion and cost', () => {
    const open = {
      lower: new Float64Array(10).fill(-Infinity),
      upper: new Float64Array(10).fill(Infinity),
    };
    for (const riskAversion of [1e-3, 1, 1e3, 1e9]) {
      checked(tenAssets, plainClient(10, { riskAversion }));
      checked(tenAssets, plainClient(10, { riskAversion, tradingCosts: new Float64Array(10) }));
      const bounded = riskAversion < 1 ? {} : open;
      const { answer } = checked(tenAssets, plainClient(10, { riskAversion, ...bounded }));
      expect(answer.outcome).toBe(clientOutcome.solved);
    }
  });
});
