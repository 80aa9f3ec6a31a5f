import { type Conflict, Infeasible, type Relaxation } from '../../engine/errors.ts';
import { relax } from '../../engine/optimizers/limits/index.ts';
import { optimize } from '../../engine/optimizers/optimize.ts';
import type { Problem } from '../../engine/optimizers/problem.ts';
import type { Context } from '../commands/command.ts';
import { Refusal } from '../errors.ts';
import type { OwnLimit, Wishes } from '../wishes.ts';
import { prepare, solveAdvice } from './advise.ts';
import { inputsOf, windowOf } from './make.ts';
import { among } from './own-limits.ts';
import { standing } from './standing.ts';

/** So far past the edge that rounding leaves room. */
const ROOM = 1e-3;

export interface Nearest {
  /** A smallest set of limits that cannot hold together, as the engine names them; empty when not known. */
  readonly conflicts: readonly Conflict[];
  /** The named limits moved as little as leaves a mix; null when moving them is not enough. */
  readonly limits: readonly OwnLimit[] | null;
}

/**
 * The limits nearest to those just named that leave a mix: only these give way, never those of the
 * profile or kept before.
 */
export async function nearestLimits(
  context: Context,
  cashRate: number,
  wishes: Wishes,
  named: readonly OwnLimit[],
): Promise<Nearest> {
  const { policy, goal, market, situation } = await standing(context);
  const window = windowOf(market).panel;
  const inputsWith = (all: Wishes) =>
    inputsOf(market, situation, policy, goal, context.now, cashRate, null, all);
  const { problem } = prepare(inputsWith(wishes), window);
  const method = 'target-volatility';
  const posed = problem({ method, targetVolatility: policy.volatilityBudget });
  const conflicts = conflictsOf(posed);
  const here = (limit: OwnLimit) => among(posed.assets, limit);
  const policyRows = posed.limits.linear.length - rowsOf(wishes.limits.map(here));
  const own = named.map((limit) => ({ limit, sides: sidesOf(here(limit)) }));
  const mine = ({ limit, kind, index }: { limit: string; kind: string; index: number }) =>
    own.some(({ sides }) => sides.includes(limit)) &&
    (!kind.startsWith('row') || index >= policyRows);
  let changes: readonly Relaxation[];
  try {
    ({ changes } = relax(posed, (one) => (mine(one) ? 1 : Number.POSITIVE_INFINITY), method));
  } catch (error) {
    if (!(error instanceof Infeasible)) throw error;
    return { conflicts, limits: null };
  }
  if (changes.length === 0) return { conflicts, limits: null };
  const movedBy = (round: Rounding) =>
    own.map(({ limit, sides }) =>
      changes
        .filter((change) => sides.includes(change.limit))
        .reduce<OwnLimit>((moved, change) => moveTo(moved, change, round), limit),
    );
  // "20 %" reads better than "19.9 %", where it works.
  const others = wishes.limits.filter((one) => !named.includes(one));
  const tried = [nearestTenth, beyond].map(movedBy);
  const works = tried.find((limits) => leavesAMix({ ...wishes, limits: [...others, ...limits] }));
  return { conflicts, limits: works ?? null };

  function leavesAMix(all: Wishes): boolean {
    try {
      solveAdvice(inputsWith(all), window);
      return true;
    } catch (error) {
      if (error instanceof Refusal || error instanceof Infeasible) return false;
      throw error;
    }
  }
}

function conflictsOf(posed: Problem): readonly Conflict[] {
  try {
    optimize('target-volatility', posed);
    return [];
  } catch (error) {
    if (!(error instanceof Infeasible)) throw error;
    return error.conflicts;
  }
}

function rowsOf(limits: readonly OwnLimit[]): number {
  return limits.filter((one) => one.kind === 'weight' && Object.keys(one.coefficients).length > 1)
    .length;
}

const percent = (fraction: number) => `${(100 * fraction).toFixed(1)} %`;

/** What the engine calls the sides of a limit. */
function sidesOf(limit: OwnLimit): readonly string[] {
  if (limit.kind !== 'weight') {
    if (limit.kind === 'volatility' || limit.kind === 'turnover')
      return [`${limit.kind} at most ${percent(limit.most)}`];
    return [];
  }
  const symbols = Object.keys(limit.coefficients);
  const [low, high] = [limit.lower, limit.upper];
  if (symbols.length === 1) {
    return [
      ...(low === null ? [] : [`minimum of ${symbols[0]}`]),
      ...(high === null ? [] : [`maximum of ${symbols[0]}`]),
    ];
  }
  return [
    ...(low === null ? [] : [`at least ${percent(low)} ${limit.name}`]),
    ...(high === null ? [] : [`at most ${percent(high)} ${limit.name}`]),
  ];
}

type Rounding = (from: number, to: number) => number;

const nearestTenth: Rounding = (_, to) => Math.round(to / ROOM) * ROOM;
const beyond: Rounding = (from, to) =>
  to > from ? Math.ceil((to + 1e-9) / ROOM) * ROOM : Math.floor((to - 1e-9) / ROOM) * ROOM;

/** The limit with the side that gives way moved, to a tenth of a percent. */
function moveTo(
  limit: OwnLimit,
  { limit: text, bound, to }: Relaxation,
  round: Rounding,
): OwnLimit {
  const value = Number(Math.max(0, round(bound, to)).toFixed(6));
  if (limit.kind === 'weight') {
    return text.startsWith('minimum') || text.startsWith('at least')
      ? { ...limit, lower: value }
      : { ...limit, upper: value };
  }
  return limit.kind === 'volatility' || limit.kind === 'turnover'
    ? { ...limit, most: value }
    : limit;
}
