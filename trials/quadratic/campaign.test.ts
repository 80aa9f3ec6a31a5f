import { describe, expect, it } from 'vitest';
import { solveQuadraticProgram } from '../../engine/solvers/solve.ts';
import { playCampaign, tolerance } from './campaign.ts';
import { type DenseProgram, judge, provesInfeasible, provesUnbounded } from './checker.ts';

describe('1,500 random quadratic programs (the trial of 10,000, cut short)', () => {
  it('are solved to a duality gap of 1e-9, or refused with a proof that the checker accepts', () => {
    const result = playCampaign(300_001, 1500);
    expect(result.failures).toEqual([]);
    expect(result.worst.gap).toBeLessThan(tolerance);
    expect(result.worst.infeasibility).toBeLessThan(tolerance);
    expect(result.worst.quadprog).toBeLessThan(1e-8);
    expect(result.solved).toBeGreaterThan(1000);
    expect(result.refused).toBeGreaterThan(100);
    expect(result.unbounded).toBeGreaterThan(50);
    expect(result.againstQuadprog).toBeGreaterThan(80);
    expect(result.byFamily.size).toBe(10);
  });
});

// Half the squared distance from (2, 0) where the sum is 1 and x >= 0.
const program: DenseProgram = {
  names: ['a', 'b'],
  quadratic: Float64Array.of(1, 0, 0, 1),
  linear: Float64Array.of(-2, 0),
  lower: new Float64Array(2),
  upper: Float64Array.of(Infinity, Infinity),
  rows: [{ name: 'sum', coefficients: Float64Array.of(1, 1), lower: 1, upper: 1 }],
};

describe('the checker', () => {
  const answer = solveQuadraticProgram(program);
  const worst = (wrong: Partial<typeof answer>) => {
    const { gap, infeasibility, stationarity } = judge(program, { ...answer, ...wrong });
    return Math.max(gap, infeasibility, stationarity);
  };

  it('accepts an optimum and nothing near it', () => {
    expect(worst({})).toBeLessThan(1e-15);
    expect(worst({ x: Float64Array.of(0.9, 0.1) })).toBeGreaterThan(0.01);
    expect(worst({ x: Float64Array.of(1.1, 0) })).toBeGreaterThan(0.01);
    expect(worst({ rowMultipliers: Float64Array.of(-0.9) })).toBeGreaterThan(0.01);
    expect(worst({ boundMultipliers: Float64Array.of(0, 0.9) })).toBeGreaterThan(0.01);
    expect(worst({ x: Float64Array.of(Number.NaN, 0) })).not.toBeLessThan(0.01);
  });

  it('accepts a Farkas certificate only when it adds up', () => {
    const upper = Float64Array.of(0.3, 0.4);
    const impossible = { ...program, upper };
    const right = {
      lower: new Float64Array(2),
      upper: Float64Array.of(1, 1),
      rowLower: Float64Array.of(1),
      rowUpper: Float64Array.of(0),
      gap: 0.3,
    };
    expect(provesInfeasible(impossible, right)).toBe(true);
    expect(provesInfeasible(impossible, { ...right, rowLower: Float64Array.of(-1) })).toBe(false);
    expect(provesInfeasible({ ...impossible, upper: Float64Array.of(0.6, 0.4) }, right)).toBe(
      false,
    );
    expect(provesInfeasible(program, right)).toBe(false);
  });

  it('accepts a direction without end only where nothing stands in its way', () => {
    const open = { ...program, quadratic: new Float64Array(4), rows: [] };
    expect(provesUnbounded(open, Float64Array.of(1, 0))).toBe(true);
    expect(provesUnbounded(open, Float64Array.of(-1, 0))).toBe(false);
    expect(provesUnbounded(program, Float64Array.of(1, 0))).toBe(false);
  });
});
