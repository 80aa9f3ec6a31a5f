import { type Conflict, EngineError, Infeasible } from '../errors.ts';
import { zeroForm } from '../linalg/quadratic-form.ts';
import { conflictSentence, type Limit } from './conflict-sentence.ts';
import { feasiblePoint } from './feasible-point.ts';
import { prepareSides } from './prepared.ts';
import type { QuadraticProgram } from './quadratic-program.ts';

/** Minimises a feasible program; null when it has no end. */
type Minimise = (program: QuadraticProgram) => Float64Array | null;

/**
 * Turns the proof that no point exists into words: a set of limits that conflict, minimal because
 * without any one of them the rest is possible, and for each the nearest bound that would work alone.
 *
 * @param involved the limits the proof uses (codes of feasiblePoint), or null to search all
 * @source Chinneck (2008), deletion filter
 */
export function explainInfeasible(
  program: QuadraticProgram,
  involved: ReadonlySet<number> | null,
  minimise: Minimise,
): Infeasible {
  const all = limitsOf(program);
  const proof = involved === null ? all : all.filter((limit) => isInvolved(limit, involved));
  let core = possible(program, proof) ? all : proof;
  for (const limit of core) {
    const without = core.filter((other) => other !== limit);
    if (!possible(program, without)) core = without;
  }
  if (core === all && possible(program, core)) {
    throw new EngineError(
      'not-converged',
      'The limits conflict by less than can be measured; loosen them slightly.',
      {},
    );
  }
  const conflicts = core.map((limit): Conflict => {
    const rest = all.filter((other) => other !== limit);
    const wouldWork = possible(program, rest) ? nearest(program, rest, limit, minimise) : null;
    return { limit: limit.name, bound: limit.bound, wouldWork };
  });
  return new Infeasible(conflictSentence(program, core, conflicts), conflicts);
}

/** Every finite limit of a program, named. */
function limitsOf(program: QuadraticProgram): Limit[] {
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

function isInvolved(limit: Limit, involved: ReadonlySet<number>): boolean {
  const variable = 4 * limit.index;
  if (limit.kind === 'lower') return involved.has(variable);
  if (limit.kind === 'upper') return involved.has(variable + 1);
  const row = variable + 2;
  if (limit.kind === 'row-lower') return involved.has(row);
  if (limit.kind === 'row-upper') return involved.has(row + 1);
  return involved.has(row) || involved.has(row + 1);
}

/** The program with only some of its limits. */
function only(program: QuadraticProgram, limits: readonly Limit[]): QuadraticProgram {
  const n = program.names.length;
  const lower = new Float64Array(n).fill(-Infinity);
  const upper = new Float64Array(n).fill(Infinity);
  const rows = program.rows.map((row) => ({ ...row, lower: -Infinity, upper: Infinity }));
  for (const { kind, index, bound } of limits) {
    if (kind === 'lower') lower[index] = bound;
    else if (kind === 'upper') upper[index] = bound;
    if (kind === 'row-lower' || kind === 'row-equal') rows[index].lower = bound;
    if (kind === 'row-upper' || kind === 'row-equal') rows[index].upper = bound;
  }
  return {
    names: program.names,
    quadratic: program.quadratic,
    linear: program.linear,
    lower,
    upper,
    rows,
  };
}

function possible(program: QuadraticProgram, limits: readonly Limit[]): boolean {
  const part = only(program, limits);
  // A crossed pair of sides needs no search.
  for (let i = 0; i < part.names.length; i++) if (part.lower[i] > part.upper[i]) return false;
  if (part.rows.some((row) => row.lower > row.upper)) return false;
  return feasiblePoint(prepareSides(part), new Float64Array(part.names.length)).feasible;
}

/** The bound nearest to the limit's own that the other limits allow. */
function nearest(
  program: QuadraticProgram,
  rest: readonly Limit[],
  limit: Limit,
  minimise: Minimise,
): number | null {
  const n = program.names.length;
  const coefficients = new Float64Array(n);
  if (limit.kind === 'lower' || limit.kind === 'upper') coefficients[limit.index] = 1;
  else coefficients.set(program.rows[limit.index].coefficients);
  const reach = (sign: number): number | null => {
    const x = minimise({
      ...only(program, rest),
      quadratic: zeroForm(n),
      linear: coefficients.map((a) => sign * a),
    });
    if (x === null) return null;
    let sum = 0;
    for (let i = 0; i < n; i++) sum += coefficients[i] * x[i];
    return sum;
  };
  if (limit.kind === 'lower' || limit.kind === 'row-lower') return reach(-1);
  if (limit.kind === 'upper' || limit.kind === 'row-upper') return reach(1);
  // All that is reachable lies on one side of an equality that cannot hold.
  const least = reach(1);
  return least !== null && least > limit.bound ? least : reach(-1);
}
