import { describe, expect, it } from 'vitest';
import { Infeasible } from '../errors.ts';
import { randomSource } from '../random.ts';
import { type DenseProgram, quadprogPoint } from './quadprog.fixture.ts';
import type { NamedRow, QuadraticProgram } from './quadratic-program.ts';
import { objectiveOf, solveQuadraticProgram } from './solve.ts';

type Random = () => number;

/** Bounds, equalities and inequalities in random mixture around a point that meets them all. */
function randomProgram(random: Random): { program: DenseProgram; inside: Float64Array } {
  const n = 2 + Math.floor(random() * 59);
  const quadratic = new Float64Array(n * n);
  const factors = Array.from({ length: n }, () =>
    Float64Array.from({ length: n }, () => random() - 0.5),
  );
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = i === j ? 0.05 : 0;
      for (let k = 0; k < n; k++) sum += (factors[k][i] * factors[k][j]) / n;
      quadratic[i * n + j] = sum;
      quadratic[j * n + i] = sum;
    }
  }
  const inside = Float64Array.from({ length: n }, () => random() * 2 - 1);
  const lower = new Float64Array(n).fill(-Infinity);
  const upper = new Float64Array(n).fill(Infinity);
  for (let i = 0; i < n; i++) {
    const kind = random();
    if (kind < 0.6) lower[i] = inside[i] - (random() < 0.3 ? 0 : random() * 0.5);
    if (kind > 0.3) upper[i] = inside[i] + random() * 0.5;
  }
  const count = Math.floor(random() * Math.min(n, 12));
  const rows = Array.from({ length: count }, (_, r): NamedRow => {
    const coefficients = Float64Array.from({ length: n }, () =>
      random() < 0.5 ? 0 : random() - 0.5,
    );
    coefficients[r % n] = 1;
    const value = coefficients.reduce((total, a, i) => total + a * inside[i], 0);
    const kind = random();
    if (kind < 0.3 && r < n / 2)
      return { name: `row ${r}`, coefficients, lower: value, upper: value };
    return {
      name: `row ${r}`,
      coefficients,
      lower: kind < 0.7 ? value - random() * 0.2 : -Infinity,
      upper: kind > 0.5 ? value + (random() < 0.2 ? 0 : random() * 0.2) : Infinity,
    };
  });
  const linear = Float64Array.from({ length: n }, () => random() * 2 - 1);
  const names = Array.from({ length: n }, (_, i) => `A${i}`);
  return { program: { names, quadratic, linear, lower, upper, rows }, inside };
}

describe('own solver against quadprog', () => {
  it('agrees to 1e-8 in objective on 1,000 random strictly convex programs (seed 20)', () => {
    const random = randomSource(20).uniform;
    let worst = 0;
    let worstResidual = 0;
    for (let trial = 0; trial < 1000; trial++) {
      const { program } = randomProgram(random);
      const own = solveQuadraticProgram(program);
      const other = objectiveOf(program, quadprogPoint(program)!);
      const gap = Math.abs(own.objective - other) / Math.max(1, Math.abs(other));
      if (!(gap < 1e-8)) throw new Error(`trial ${trial}: ${own.objective} against ${other}`);
      worst = Math.max(worst, gap);
      worstResidual = Math.max(worstResidual, own.residual);
    }
    console.log(`1,000 programs: worst gap ${worst}, worst residual ${worstResidual}`);
    expect(worst).toBeLessThan(1e-8);
    expect(worstResidual).toBeLessThan(1e-8);
  });

  it('refuses every one of 200 random infeasible programs and names limits that truly conflict (seed 21)', () => {
    const random = randomSource(21).uniform;
    for (let trial = 0; trial < 200; trial++) {
      const { program, inside } = randomProgram(random);
      const n = inside.length;
      const coefficients = Float64Array.from({ length: n }, () => random());
      const lower = inside.map((v) => v - random() * 0.3);
      const upper = inside.map((v) => v + random() * 0.3);
      let most = 0;
      for (let i = 0; i < n; i++) most += coefficients[i] * upper[i];
      const bound = most + 0.01 + random();
      const rows = [
        ...program.rows.filter((row) => row.lower < row.upper),
        { name: 'too much', coefficients, lower: bound, upper: Infinity },
      ];
      const impossible = { ...program, lower, upper, rows };
      let refusal: unknown;
      try {
        solveQuadraticProgram(impossible);
      } catch (error) {
        refusal = error;
      }
      if (!(refusal instanceof Infeasible)) throw new Error(`trial ${trial}: not refused`);
      const named = new Set(refusal.conflicts.map((conflict) => conflict.limit));
      expect(named.has(`too much at least ${bound}`)).toBe(true);
      expect(() => solveQuadraticProgram(onlyNamed(impossible, named))).toThrow(Infeasible);
      const relaxed = refusal.conflicts.find((one) => one.limit.startsWith('too much'))!;
      if (relaxed.wouldWork !== null) {
        rows[rows.length - 1] = { ...rows.at(-1)!, lower: relaxed.wouldWork - 1e-9 };
        expect(solveQuadraticProgram(impossible).residual).toBeLessThan(1e-8);
      }
    }
  });
});

/** The program with nothing but the limits named. */
function onlyNamed(program: QuadraticProgram, named: ReadonlySet<string>): QuadraticProgram {
  return {
    ...program,
    lower: program.lower.map((b, i) =>
      named.has(`minimum of ${program.names[i]}`) ? b : -Infinity,
    ),
    upper: program.upper.map((b, i) =>
      named.has(`maximum of ${program.names[i]}`) ? b : Infinity,
    ),
    rows: program.rows.map((row) => ({
      ...row,
      lower: named.has(`${row.name} at least ${row.lower}`) ? row.lower : -Infinity,
      upper: named.has(`${row.name} at most ${row.upper}`) ? row.upper : Infinity,
    })),
  };
}
