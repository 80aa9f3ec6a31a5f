import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Infeasible } from '../errors.ts';
import { randomSource } from '../random.ts';
import type { QuadraticProgram } from './quadratic-program.ts';
import { solveQuadraticProgram } from './solve.ts';

/** Weights that sum to 1 under limits, with least variance. */
function portfolio(
  lower: number[],
  upper: number[],
  rows: { name: string; members: number[]; lower?: number; upper?: number }[] = [],
): QuadraticProgram {
  const n = lower.length;
  return {
    names: Array.from({ length: n }, (_, i) => `A${i}`),
    quadratic: Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 0.04 : 0.01)),
    linear: new Float64Array(n),
    lower: Float64Array.from(lower),
    upper: Float64Array.from(upper),
    rows: [
      { name: 'budget', coefficients: new Float64Array(n).fill(1), lower: 1, upper: 1 },
      ...rows.map((row) => ({
        name: row.name,
        coefficients: Float64Array.from({ length: n }, (_, i) => (row.members.includes(i) ? 1 : 0)),
        lower: row.lower ?? -Infinity,
        upper: row.upper ?? Infinity,
      })),
    ],
  };
}

function refusal(program: QuadraticProgram): Infeasible {
  try {
    solveQuadraticProgram(program);
  } catch (error) {
    if (error instanceof Infeasible) return error;
    throw error;
  }
  throw new Error('not refused');
}

describe('an infeasible program', () => {
  it('names only the limits that conflict, by how much each would have to move, and proves it', () => {
    // Bonds at least 60 % and stocks at least 50 %; the rest is bystanders.
    const error = refusal(
      portfolio(
        [0, 0, 0, 0, 0],
        [1, 1, 1, 1, 1],
        [
          { name: 'bonds', members: [0, 1], lower: 0.6 },
          { name: 'stocks', members: [2, 3], lower: 0.5 },
          { name: 'gold', members: [4], upper: 0.2 },
        ],
      ),
    );
    const named = new Map(error.conflicts.map((one) => [one.limit, one.wouldWork]));
    expect([...named.keys()].sort()).toEqual([
      'bonds at least 0.6',
      'budget',
      'minimum of A4',
      'stocks at least 0.5',
    ]);
    expect(named.get('bonds at least 0.6')).toBeCloseTo(0.5, 12);
    expect(named.get('stocks at least 0.5')).toBeCloseTo(0.4, 12);
    expect(named.get('budget')).toBeCloseTo(1.1, 12);
    expect(error.proof!.certificate.gap).toBeCloseTo(0.1, 12);
    const total = error.proof!.relaxation.reduce(
      (sum, one) => sum + Math.abs(one.to - one.bound),
      0,
    );
    expect(total).toBeCloseTo(0.1, 9);
  });

  it('with two conflicts apart says what all together must give, since no single limit is enough', () => {
    const error = refusal(
      portfolio(
        [0, 0, 0, 0],
        [0.1, 1, 1, 1],
        [
          { name: 'first', members: [0], lower: 0.3 },
          { name: 'second', members: [1, 2], lower: 0.9 },
          { name: 'third', members: [3], lower: 0.4 },
        ],
      ),
    );
    expect(error.conflicts.every((one) => one.wouldWork === null)).toBe(true);
    const { relaxation } = error.proof!;
    const total = relaxation.reduce((sum, one) => sum + Math.abs(one.to - one.bound), 0);
    // 0.2 between the first two sides; then 0.1 + 0.9 + 0.4 is 0.4 above the budget.
    expect(total).toBeCloseTo(0.6, 9);
    expect(relaxation.length).toBeGreaterThan(1);
    expect(error.message).toMatch(/the least that works is/);
    expect(relaxation.some((one) => one.limit === 'budget')).toBe(false);
  });

  it('lets the budget give way only when nothing else can', () => {
    const error = refusal(portfolio([0, 0], [1, 1], [{ name: 'none', members: [], lower: 0.1 }]));
    expect(error.conflicts.map((one) => one.limit)).toEqual(['none at least 0.1']);
    const fixed = refusal({
      ...portfolio([0, 0], [1, 1]),
      rows: [
        { name: 'budget', coefficients: Float64Array.of(1, 1), lower: 1, upper: 1 },
        { name: 'double', coefficients: Float64Array.of(1, 1), lower: 2, upper: 2 },
      ],
    });
    const total = fixed.proof!.relaxation.reduce(
      (sum, one) => sum + Math.abs(one.to - one.bound),
      0,
    );
    expect(total).toBeCloseTo(1, 9);
  });

  it('finds crossed bounds, even those of an asset that nothing else touches', () => {
    const error = refusal(portfolio([0, 0.3, 0], [1, 0.2, 1]));
    expect(error.conflicts.map((one) => one.limit).sort()).toEqual([
      'maximum of A1',
      'minimum of A1',
    ]);
    expect(error.conflicts.map((one) => one.wouldWork).sort()).toEqual([0.2, 0.3]);
  });

  it('of many maximums that do not reach the whole is explained at once', () => {
    const n = 300;
    const error = refusal(portfolio(new Array(n).fill(0), new Array(n).fill(0.9 / n)));
    expect(error.conflicts).toHaveLength(n + 1);
    expect(error.message).toMatch(/maximum weights sum to 0.9; raise a maximum or add an asset/);
  });

  it('has a smallest relaxation no greater than any single limit that would do', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (seed) => {
        const random = randomSource(seed);
        const n = 2 + random.integer(8);
        const program = portfolio(
          Array.from({ length: n }, () => (random.uniform() < 0.6 ? 0 : random.uniform())),
          Array.from({ length: n }, () => random.uniform()),
          Array.from({ length: random.integer(4) }, (_, r) => ({
            name: `row ${r}`,
            members: Array.from({ length: n }, (_, i) => i).filter(() => random.uniform() < 0.5),
            lower: random.uniform(),
            upper: 0.2 + random.uniform(),
          })),
        );
        let error: Infeasible;
        try {
          solveQuadraticProgram(program);
          return;
        } catch (caught) {
          if (!(caught instanceof Infeasible)) throw caught;
          error = caught;
        }
        const way = (from: number, to: number) => Math.abs(to - from);
        const total = error.proof!.relaxation.reduce((sum, one) => sum + way(one.bound, one.to), 0);
        for (const one of error.conflicts) {
          const firm =
            one.limit === 'budget' || (one.bound === 0 && one.limit.startsWith('minimum'));
          if (one.wouldWork !== null && !firm)
            expect(total).toBeLessThanOrEqual(way(one.bound, one.wouldWork) + 1e-6);
        }
        expect(error.proof!.certificate.gap).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});
