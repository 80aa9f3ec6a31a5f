import type { FarkasCertificate } from '../errors.ts';
import { feasiblePoint } from './feasible-point.ts';
import type { Limit, Limited } from './limit.ts';
import { prepareSides, type Sides } from './prepared.ts';

/** The proof that no point meets the limits of a program; null when one does. */
export function findCertificate(program: Limited, near?: Float64Array): FarkasCertificate | null {
  const sides = prepareSides(program);
  const crossed = crossedCertificate(sides);
  if (crossed !== null) return crossed;
  const found = feasiblePoint(sides, near ?? new Float64Array(sides.n));
  return found.feasible ? null : certificateOf(sides, found.combination);
}

/** The proof that lies in a limit whose sides have crossed; null when none has. */
export function crossedCertificate(sides: Sides): FarkasCertificate | null {
  const { n, m, lower, upper, rowLower, rowUpper, rowScale } = sides;
  const empty = () => ({
    lower: new Float64Array(n),
    upper: new Float64Array(n),
    rowLower: new Float64Array(m),
    rowUpper: new Float64Array(m),
  });
  for (let i = 0; i < n; i++) {
    if (!(lower[i] > upper[i])) continue;
    const proof = empty();
    proof.lower[i] = 1;
    proof.upper[i] = 1;
    return { ...proof, gap: lower[i] - upper[i] };
  }
  for (let r = 0; r < m; r++) {
    if (!(rowLower[r] > rowUpper[r])) continue;
    const proof = empty();
    proof.rowLower[r] = 1;
    proof.rowUpper[r] = 1;
    return { ...proof, gap: (rowLower[r] - rowUpper[r]) * rowScale[r] };
  }
  return null;
}

/**
 * The certificate in what the simplex method found. Rows keep their multipliers; those of bounds are
 * computed again from the rows, so that the sum of left sides is nothing to the last bit.
 */
export function certificateOf(sides: Sides, combination: Float64Array): FarkasCertificate {
  const { n, m, rows } = sides;
  const rest = new Float64Array(n);
  const rowLower = new Float64Array(m);
  const rowUpper = new Float64Array(m);
  let gap = 0;
  for (let r = 0; r < m; r++) {
    const weight = combination[n + r];
    if (weight === 0) continue;
    gap += weight * (weight > 0 ? sides.rowLower[r] : sides.rowUpper[r]);
    if (weight > 0) rowLower[r] = weight / sides.rowScale[r];
    else rowUpper[r] = -weight / sides.rowScale[r];
    for (let i = 0; i < n; i++) rest[i] -= weight * rows[r * n + i];
  }
  const lower = new Float64Array(n);
  const upper = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const bound = rest[i] > 0 ? sides.lower[i] : sides.upper[i];
    // What is left over at a weight without that bound is rounding.
    if (rest[i] === 0 || !Number.isFinite(bound)) continue;
    if (combination[i] === 0 && Math.abs(rest[i]) < 1e-12) continue;
    gap += rest[i] * bound;
    if (rest[i] > 0) lower[i] = rest[i];
    else upper[i] = -rest[i];
  }
  return { lower, upper, rowLower, rowUpper, gap };
}

/** How strongly a certificate leans on a limit: relaxed alone, it must give way by gap / weight. */
export function weightOf(certificate: FarkasCertificate, { kind, index }: Limit): number {
  if (kind === 'lower') return certificate.lower[index];
  if (kind === 'upper') return certificate.upper[index];
  if (kind === 'row-lower') return certificate.rowLower[index];
  if (kind === 'row-upper') return certificate.rowUpper[index];
  return Math.max(certificate.rowLower[index], certificate.rowUpper[index]);
}

/** Where a limit must move, alone, for the certificate to prove nothing any more. */
export function cured(certificate: FarkasCertificate, limit: Limit): number {
  const way = certificate.gap / weightOf(certificate, limit);
  const { kind, index, bound } = limit;
  const down =
    kind === 'lower' ||
    kind === 'row-lower' ||
    (kind === 'row-equal' && certificate.rowLower[index] > 0);
  return down ? bound - way : bound + way;
}
