import { describe, expect, it } from 'vitest';
import { kktResidual } from './kkt.ts';
import type { QuadraticProgram } from './quadratic-program.ts';

// Half the squared distance from (2, 0), where the sum is 1, x >= 0, and moving from 0.5 costs 0.1.
const program: QuadraticProgram = {
  names: ['a', 'b'],
  quadratic: Float64Array.of(1, 0, 0, 1),
  linear: Float64Array.of(-2, 0),
  lower: new Float64Array(2),
  upper: Float64Array.of(Infinity, Infinity),
  rows: [{ name: 'sum', coefficients: Float64Array.of(1, 1), lower: 1, upper: 1 }],
  kinks: { at: Float64Array.of(0.5, 0.5), slope: Float64Array.of(0.1, 0.1) },
};

// By hand: x = (1, 0); a is bought (cost slope 0.1), b is sold (-0.1) and held at 0.
const optimum = {
  x: Float64Array.of(1, 0),
  rowMultipliers: Float64Array.of(-0.9),
  costMultipliers: Float64Array.of(0.1, -0.1),
  boundMultipliers: Float64Array.of(0, 0.8),
};

describe('the optimality residual', () => {
  it('is nothing at an optimum worked out by hand', () => {
    expect(kktResidual(program, optimum)).toBeLessThan(1e-15);
  });

  it.each([
    ['a point beside it', { x: Float64Array.of(0.9, 0.1) }],
    ['a broken row', { x: Float64Array.of(1.1, 0) }],
    ['a broken bound', { x: Float64Array.of(1.1, -0.1) }],
    ['a wrong row price', { rowMultipliers: Float64Array.of(-0.8) }],
    ['a bound price of the wrong sign', { boundMultipliers: Float64Array.of(0, -0.8) }],
    ['a price on a bound that does not hold', { boundMultipliers: Float64Array.of(0.3, 0.8) }],
    ['a cost slope beyond the cost', { costMultipliers: Float64Array.of(0.4, -0.1) }],
    ['a cost slope on the wrong side', { costMultipliers: Float64Array.of(-0.1, -0.1) }],
    ['a number that is none', { x: Float64Array.of(Number.NaN, 0) }],
  ])('is large at %s', (_, wrong) => {
    expect(kktResidual(program, { ...optimum, ...wrong })).toBeGreaterThan(0.01);
  });
});
