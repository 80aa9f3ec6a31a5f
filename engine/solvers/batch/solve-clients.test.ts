import { describe, expect, it } from 'vitest';
import { clientOutcome } from './client.ts';
import { plainClient, tenAssets, utilityGap } from './clients.fixture.ts';
import { solveClients } from './solve-clients.ts';

describe('a table of clients', () => {
  const clients = {
    lower: new Float64Array(30),
    upper: new Float64Array(30).fill(1),
    current: new Float64Array(30).fill(0.1),
    riskAversion: Float64Array.of(2, 5, Number.NaN),
    tradingCosts: new Float64Array(10).fill(0.001),
  };

  it('answers each row and tells a row that cannot be solved apart', () => {
    const table = { ...clients, upper: clients.upper.slice().fill(0.05, 10, 20) };
    const { weights, outcomes, residuals } = solveClients(tenAssets, table);
    const { solved, infeasible, invalid } = clientOutcome;
    expect(Array.from(outcomes)).toEqual([solved, infeasible, invalid]);
    const first = weights.slice(0, 10);
    expect(
      Math.abs(utilityGap(tenAssets, plainClient(10, { riskAversion: 2 }), first)),
    ).toBeLessThan(1e-9);
    expect(weights.slice(10).every(Number.isNaN)).toBe(true);
    expect(residuals[0]).toBeLessThan(1e-8);
    expect(residuals.slice(1).every(Number.isNaN)).toBe(true);
  });

  it('refuses tables of the wrong size', () => {
    const wrong = { lower: 29, upper: 31, current: 0, tradingCosts: 30 } as const;
    for (const [name, size] of Object.entries(wrong)) {
      const table = { ...clients, [name]: new Float64Array(size) };
      expect(() => solveClients(tenAssets, table)).toThrow(
        expect.objectContaining({
          code: 'bad-input',
          values: expect.objectContaining({ name, size }),
        }),
      );
    }
  });
});
