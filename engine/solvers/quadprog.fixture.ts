import quadprog from 'quadprog';
import type { QuadraticProgram } from './quadratic-program.ts';

/** A program whose matrix is written out. */
export type DenseProgram = QuadraticProgram & { readonly quadratic: Float64Array };

/**
 * The same program by an independent solver (Goldfarb and Idnani's dual method), whose arrays count from 1; null where
 * it calls limits inconsistent that only just meet, as it does in ties.
 */
export function quadprogPoint(program: DenseProgram): Float64Array | null {
  const { names, quadratic, linear, lower, upper, rows } = program;
  const n = names.length;
  const matrix: number[][] = [[]];
  for (let i = 0; i < n; i++) matrix.push([0, ...quadratic.subarray(i * n, i * n + n)]);
  const columns: { a: number[]; b: number }[] = [];
  const add = (coefficients: Float64Array, sign: number, bound: number) => {
    if (Number.isFinite(bound))
      columns.push({ a: Array.from(coefficients, (a) => sign * a), b: sign * bound });
  };
  const equalities = rows.filter((row) => row.lower === row.upper);
  for (const row of equalities) add(row.coefficients, 1, row.lower);
  for (const row of rows) {
    if (row.lower === row.upper) continue;
    add(row.coefficients, 1, row.lower);
    add(row.coefficients, -1, row.upper);
  }
  for (let i = 0; i < n; i++) {
    const unit = new Float64Array(n);
    unit[i] = 1;
    add(unit, 1, lower[i]);
    add(unit, -1, upper[i]);
  }
  const constraints: number[][] = [[]];
  for (let i = 0; i < n; i++) constraints.push([0, ...columns.map((column) => column.a[i])]);
  const answer = quadprog.solveQP(
    matrix,
    [0, ...linear.map((c) => -c)],
    constraints,
    [0, ...columns.map((column) => column.b)],
    equalities.length,
  );
  if (answer.message !== '') return null;
  return Float64Array.from(answer.solution.slice(1));
}
