import type { Relaxation } from '../errors.ts';
import { dot } from '../linalg/multiply.ts';
import { zeroForm } from '../linalg/quadratic-form.ts';
import { type Limit, type Limited, limitsOf } from './limit.ts';
import type { NamedRow, QuadraticProgram } from './quadratic-program.ts';

/** Solves a feasible linear program; null when it has no solution either. */
export type Minimise = (program: QuadraticProgram) => Float64Array | null;

/** Of several ways to give way by the same total the one through the limits named first is taken. */
const preference = 1e-7;

/** Less than this is rounding. */
const measurable = 1e-10;

/**
 * The smallest total by which limits must give way, all together, for a solution to exist. The budget
 * and other equalities, and minimums of 0, hold firm unless nothing works without them.
 *
 * @source Chinneck (2008), elastic programs
 */
export function nearestRelaxation(program: Limited, minimise: Minimise): Relaxation[] {
  const all = limitsOf(program);
  const soft = all.filter(
    ({ kind, bound }) => kind !== 'row-equal' && !(kind === 'lower' && bound === 0),
  );
  const found = elastic(program, soft, minimise) ?? elastic(program, all, minimise);
  return found ?? [];
}

function elastic(
  program: Limited,
  soft: readonly Limit[],
  minimise: Minimise,
): Relaxation[] | null {
  const n = program.names.length;
  // An equality gives way to both sides.
  const gives = soft.flatMap((limit) =>
    limit.kind === 'row-equal'
      ? [
          { limit, sign: -1 },
          { limit, sign: 1 },
        ]
      : [{ limit, sign: limit.kind === 'lower' || limit.kind === 'row-lower' ? -1 : 1 }],
  );
  const size = n + gives.length;
  // A weight is a part within its bounds, plus what its maximum, less what its minimum gives way.
  const rows = program.rows.map((row, r): NamedRow => {
    const coefficients = new Float64Array(size);
    coefficients.set(row.coefficients);
    gives.forEach(({ limit, sign }, g) => {
      const single = limit.kind === 'lower' || limit.kind === 'upper';
      if (single) coefficients[n + g] = sign * row.coefficients[limit.index];
      else if (limit.index === r) coefficients[n + g] = -sign;
    });
    // Between crossed sides one gives way or the other, by the same total.
    const { lower, upper } = row;
    return { ...row, coefficients, lower: Math.min(lower, upper), upper: Math.max(lower, upper) };
  });
  const lower = new Float64Array(size);
  const upper = new Float64Array(size).fill(Infinity);
  const isSoft = (kind: Limit['kind'], i: number) =>
    gives.some(({ limit }) => limit.kind === kind && limit.index === i);
  for (let i = 0; i < n; i++) {
    const low = program.lower[i];
    const high = program.upper[i];
    const crossed = low > high;
    lower[i] = crossed && isSoft('lower', i) ? high : low;
    upper[i] = crossed && isSoft('upper', i) ? low : high;
    if (lower[i] > upper[i]) return null;
  }
  const linear = new Float64Array(size);
  gives.forEach((_, g) => {
    linear[n + g] = 1 + (preference * g) / gives.length;
  });
  const names = Array.from({ length: size }, (_, i) => `v${i}`);
  const parts = minimise({ names, quadratic: zeroForm(size), linear, lower, upper, rows });
  if (parts === null) return null;
  const x = parts.slice(0, n);
  gives.forEach(({ limit, sign }, g) => {
    if (limit.kind === 'lower' || limit.kind === 'upper') x[limit.index] += sign * parts[n + g];
  });
  return soft.flatMap((limit) => {
    const to = valueAt(program, limit, x);
    const room = measurable * Math.max(1, Math.abs(limit.bound));
    const short = limit.kind === 'lower' || limit.kind === 'row-lower';
    const broken = short ? limit.bound - to : to - limit.bound;
    return (limit.kind === 'row-equal' ? Math.abs(broken) : broken) > room
      ? [{ limit: limit.name, bound: limit.bound, to }]
      : [];
  });
}

function valueAt({ rows }: Limited, { kind, index }: Limit, x: Float64Array): number {
  return kind === 'lower' || kind === 'upper' ? x[index] : dot(rows[index].coefficients, x);
}
