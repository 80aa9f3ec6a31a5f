import { type Conflict, type FarkasCertificate, Infeasible } from '../errors.ts';
import { zeroForm } from '../linalg/quadratic-form.ts';
import { conflictSentence } from './conflict-sentence.ts';
import { cured, findCertificate, weightOf } from './farkas.ts';
import { type Limit, type Limited, limitsOf, only } from './limit.ts';
import { type Minimise, nearestRelaxation } from './relaxation.ts';

/**
 * Turns the proof that no point exists into words: a set of limits that conflict, minimal because
 * without any one of them the rest is possible, for each the nearest bound that would work alone, and
 * the least by which all together must give way.
 *
 * @param certificate the proof for the whole program
 * @source Gleeson and Ryan (1990); Chinneck (2008), deletion filter
 */
export function explainInfeasible(
  program: Limited,
  certificate: FarkasCertificate,
  minimise: Minimise,
): Infeasible {
  const all = limitsOf(program);
  const { core, proof } = minimalConflict(program, all, certificate);
  const conflicts = core.map(
    (limit): Conflict => ({
      limit: limit.name,
      bound: limit.bound,
      wouldWork: nearest(program, all, limit, proof, minimise),
    }),
  );
  const relaxation = nearestRelaxation(program, minimise);
  return new Infeasible(conflictSentence(program, core, conflicts, relaxation), conflicts, {
    certificate: proof,
    relaxation,
  });
}

/** Leaves limits out as long as the rest still conflicts; each new proof may need fewer still. */
function minimalConflict(
  program: Limited,
  all: readonly Limit[],
  certificate: FarkasCertificate,
): { core: readonly Limit[]; proof: FarkasCertificate } {
  let proof = certificate;
  let core = all.filter((limit) => weightOf(proof, limit) > 0);
  if (isMinimal(program, core)) return { core, proof };
  const needed = new Set<Limit>();
  for (let next = core[0]; next !== undefined; next = core.find((one) => !needed.has(one))!) {
    const candidate = next;
    const without = findCertificate(
      only(
        program,
        core.filter((other) => other !== candidate),
      ),
    );
    if (without === null) needed.add(candidate);
    else {
      proof = without;
      core = core.filter((limit) => limit !== candidate && weightOf(without, limit) > 0);
    }
  }
  return { core, proof };
}

/**
 * Whether limits with positive multipliers in a certificate are a minimal conflict: their multipliers
 * are then the only ones possible. Seen at once where a single row conflicts with single bounds.
 */
function isMinimal(program: Limited, core: readonly Limit[]): boolean {
  const rows = core.filter(({ kind }) => kind !== 'lower' && kind !== 'upper');
  if (rows.length !== 1) return false;
  const bounded = new Set(core.filter((limit) => limit !== rows[0]).map(({ index }) => index));
  return (
    bounded.size === core.length - 1 &&
    program.rows[rows[0].index].coefficients.every((a, i) => (a !== 0) === bounded.has(i))
  );
}

/** The bound nearest to the limit's own that the other limits allow; null when there is none. */
function nearest(
  program: Limited,
  all: readonly Limit[],
  limit: Limit,
  proof: FarkasCertificate,
  minimise: Minimise,
): number | null {
  // No less than this is possible; mostly it is enough.
  const least = cured(proof, limit);
  if (findCertificate(only(program, all, { limit, to: least })) === null) return least;
  const rest = only(
    program,
    all.filter((other) => other !== limit),
  );
  const n = program.names.length;
  const coefficients = new Float64Array(n);
  if (limit.kind === 'lower' || limit.kind === 'upper') coefficients[limit.index] = 1;
  else coefficients.set(program.rows[limit.index].coefficients);
  const sign = least < limit.bound ? -1 : 1;
  const x = minimise({
    ...rest,
    quadratic: zeroForm(n),
    linear: coefficients.map((a) => sign * a),
  });
  if (x === null) return null;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += coefficients[i] * x[i];
  return sum;
}
