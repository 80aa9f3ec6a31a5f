import { EngineError, Infeasible } from '../../engine/errors.ts';
import { quadprogPoint } from '../../engine/solvers/quadprog.fixture.ts';
import type { WorkingSet } from '../../engine/solvers/quadratic-program.ts';
import { solveQuadraticProgram } from '../../engine/solvers/solve.ts';
import { judge, provesInfeasible, provesUnbounded } from './checker.ts';
import { type Posed, poseProgram } from './programs.ts';

/** What a campaign of random programs found. */
export interface CampaignResult {
  readonly solved: number;
  readonly refused: number;
  /** Without end along a direction that the checker finds open. */
  readonly unbounded: number;
  readonly againstQuadprog: number;
  /** Feasible programs that quadprog called inconsistent. */
  readonly quadprogGaveUp: number;
  readonly warm: number;
  readonly worst: {
    readonly infeasibility: number;
    readonly gap: number;
    readonly stationarity: number;
    readonly quadprog: number;
    readonly warm: number;
  };
  /** One sentence for each program that did not hold, with its seed. */
  readonly failures: readonly string[];
  readonly byFamily: ReadonlyMap<string, number>;
}

export const tolerance = 1e-9;

/** Solves the programs of `count` seeds and judges every answer and every refusal. */
export function playCampaign(firstSeed: number, count: number): CampaignResult {
  const failures: string[] = [];
  const byFamily = new Map<string, number>();
  const totals = {
    solved: 0,
    refused: 0,
    unbounded: 0,
    againstQuadprog: 0,
    quadprogGaveUp: 0,
    warm: 0,
  };
  const worst = { infeasibility: 0, gap: 0, stationarity: 0, quadprog: 0, warm: 0 };
  for (let seed = firstSeed; seed < firstSeed + count; seed++) {
    const posed = poseProgram(seed);
    byFamily.set(posed.family, (byFamily.get(posed.family) ?? 0) + 1);
    const fail = (what: string) =>
      failures.push(
        `seed ${seed}, ${posed.family}, ${posed.program.names.length} variables: ${what}`,
      );
    try {
      const solution = solveQuadraticProgram(posed.program);
      totals.solved++;
      if (posed.feasible === false) fail('solved what has no solution');
      const verdict = judge(posed.program, solution);
      for (const key of ['infeasibility', 'gap', 'stationarity'] as const) {
        worst[key] = Math.max(worst[key], verdict[key]);
        if (!(verdict[key] <= tolerance)) fail(`${key} ${verdict[key]}`);
      }
      if (posed.strictlyConvex && posed.program.names.length <= 120) {
        const other = quadprogPoint(posed.program);
        if (other === null) totals.quadprogGaveUp++;
        else {
          const far = farthest(solution.x, other);
          totals.againstQuadprog++;
          worst.quadprog = Math.max(worst.quadprog, far);
          if (!(far <= 1e-8)) fail(`quadprog's answer is ${far} away`);
        }
      }
      if (seed % 3 === 0) {
        const difference = warmDifference(posed, solution.workingSet);
        totals.warm++;
        worst.warm = Math.max(worst.warm, difference);
        if (!(difference <= tolerance)) fail(`a warm start answers ${difference} apart`);
      }
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      if (error.code === 'unbounded') {
        totals.unbounded++;
        if (!provesUnbounded(posed.program, error.values.direction as Float64Array))
          fail('called unbounded without proof');
      } else if (error instanceof Infeasible) {
        totals.refused++;
        if (posed.feasible === true) fail('refused what has a solution');
        if (error.proof === undefined || !provesInfeasible(posed.program, error.proof.certificate))
          fail('refused without proof');
        else if (!cures(posed, error)) fail('its relaxation does not work');
      } else fail(`${error.code}: ${error.message}`);
    }
  }
  return { ...totals, worst, failures, byFamily };
}

function farthest(a: Float64Array, b: Float64Array): number {
  let far = 0;
  for (let i = 0; i < a.length; i++) far = Math.max(far, Math.abs(a[i] - b[i]));
  return far;
}

/** How far a tilted program's answer from a warm start is from proved and from the cold start's. */
function warmDifference({ program }: Posed, warm: WorkingSet): number {
  const tilted = { ...program, linear: program.linear.map((c, i) => c + 0.1 * ((i % 3) - 1)) };
  try {
    const cold = solveQuadraticProgram(tilted);
    const again = solveQuadraticProgram(tilted, { warm });
    const { gap, infeasibility, terms } = judge(tilted, again);
    return Math.max(gap, infeasibility, Math.abs(cold.objective - again.objective) / terms);
  } catch (error) {
    if (error instanceof EngineError && error.code === 'unbounded') return 0;
    throw error;
  }
}

/** Whether the program has a solution once the limits named give way as told, with a hair to spare. */
function cures({ program }: Posed, refusal: Infeasible): boolean {
  const lower = program.lower.slice();
  const upper = program.upper.slice();
  const rows = program.rows.map((row) => ({ ...row }));
  for (const { limit, bound, to } of refusal.proof!.relaxation) {
    const spare = 1e-9 * Math.max(1, Math.abs(to));
    const i = program.names.indexOf(limit.slice('minimum of '.length));
    if (limit === `minimum of ${program.names[i]}`) lower[i] = to - spare;
    else if (limit === `maximum of ${program.names[i]}`) upper[i] = to + spare;
    for (const row of rows) {
      if (limit === row.name) Object.assign(row, { lower: to - spare, upper: to + spare });
      if (limit === `${row.name} at least ${bound}`) row.lower = to - spare;
      if (limit === `${row.name} at most ${bound}`) row.upper = to + spare;
    }
  }
  const linear = new Float64Array(lower.length);
  try {
    solveQuadraticProgram({ ...program, lower, upper, rows, linear });
    return refusal.proof!.relaxation.length > 0;
  } catch (error) {
    if (error instanceof EngineError) return error.code === 'unbounded';
    throw error;
  }
}
