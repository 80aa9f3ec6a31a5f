import type { GrowingCholesky } from '../linalg/growing-cholesky.ts';
import type { Face } from './face.ts';
import { activityOf, type Prepared } from './prepared.ts';
import { standing } from './quadratic-program.ts';

/** Where an active set has come to rest. */
export interface Rest {
  readonly p: Prepared;
  readonly x: Float64Array;
  readonly rowStates: Int8Array;
  readonly active: Int32Array;
  readonly count: number;
  readonly factor: GrowingCholesky;
  readonly face: Face;
}

/**
 * Moves the free variables by the little that the held rows are off their sides, as rounding of long
 * steps leaves them.
 */
export function closeRows({ p, x, rowStates, active, count, factor, face }: Rest): void {
  for (let pass = 0; pass < 2; pass++) {
    let gap = 0;
    for (let a = 0; a < count; a++) {
      const r = active[a];
      const goal = rowStates[r] === standing.upper ? p.rowUpper[r] : p.rowLower[r];
      face.multipliers[a] = goal - activityOf(p, r, x);
      gap = Math.max(gap, Math.abs(face.multipliers[a]) / Math.max(1, Math.abs(goal)));
    }
    if (gap <= 1e-13) return;
    face.step.fill(0, 0, factor.size);
    face.solve(factor, p.rows, active, count);
    for (let k = 0; k < factor.size; k++) x[factor.members[k]] += face.step[k];
  }
}
