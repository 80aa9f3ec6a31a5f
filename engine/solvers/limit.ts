import type { QuadraticProgram } from './quadratic-program.ts';

/** The part of a program that decides whether it has a solution. */
export type Limited = Pick<QuadraticProgram, 'names' | 'lower' | 'upper' | 'rows'>;

/** One limit of a program: a side of a bound, a side of a row, or both sides of an equality. */
export interface Limit {
  readonly kind: 'lower' | 'upper' | 'row-lower' | 'row-upper' | 'row-equal';
  readonly index: number;
  readonly bound: number;
  /** In plain words: "maximum of SPY", or the row's own name for the side. */
  readonly name: string;
}

/** Every finite limit of a program, named. */
export function limitsOf(program: Limited): Limit[] {
  const limits: Limit[] = [];
  program.names.forEach((name, index) => {
    const lower = program.lower[index];
    const upper = program.upper[index];
    if (lower > -Infinity)
      limits.push({ kind: 'lower', index, bound: lower, name: `minimum of ${name}` });
    if (upper < Infinity)
      limits.push({ kind: 'upper', index, bound: upper, name: `maximum of ${name}` });
  });
  program.rows.forEach((row, index) => {
    const { lower, upper, name } = row;
    if (lower === upper) {
      limits.push({ kind: 'row-equal', index, bound: lower, name: row.lowerName ?? name });
      return;
    }
    if (lower > -Infinity) {
      const said = row.lowerName ?? `${name} at least ${lower}`;
      limits.push({ kind: 'row-lower', index, bound: lower, name: said });
    }
    if (upper < Infinity) {
      const said = row.upperName ?? `${name} at most ${upper}`;
      limits.push({ kind: 'row-upper', index, bound: upper, name: said });
    }
  });
  return limits;
}

/** The program with only some of its limits, one of them perhaps at another bound. */
export function only(
  program: Limited,
  limits: readonly Limit[],
  moved?: { readonly limit: Limit; readonly to: number },
): Limited {
  const n = program.names.length;
  const lower = new Float64Array(n).fill(-Infinity);
  const upper = new Float64Array(n).fill(Infinity);
  const rows = program.rows.map((row) => ({ ...row, lower: -Infinity, upper: Infinity }));
  for (const limit of limits) {
    const { kind, index } = limit;
    const bound = limit === moved?.limit ? moved.to : limit.bound;
    if (kind === 'lower') lower[index] = bound;
    else if (kind === 'upper') upper[index] = bound;
    if (kind === 'row-lower' || kind === 'row-equal') rows[index].lower = bound;
    if (kind === 'row-upper' || kind === 'row-equal') rows[index].upper = bound;
  }
  return { names: program.names, lower, upper, rows };
}
