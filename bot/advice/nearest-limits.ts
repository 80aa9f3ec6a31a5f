import { type Conflict, EngineError, Infeasible, type Relaxation } from '../../engine/errors.ts';
import type { Method } from '../../engine/optimizers/index.ts';
import { inWords } from '../../engine/optimizers/limits/further-limits.ts';
import { relax } from '../../engine/optimizers/limits/index.ts';
import type { Problem } from '../../engine/optimizers/problem.ts';
import type { PricePanel } from '../../engine/panel.ts';
import { Refusal } from '../errors.ts';
import type { OwnLimit } from '../wishes.ts';
import { type LimitConflict, prepare, type Solved, solveAdvice } from './advise.ts';
import { looserLimits } from './looser-limits.ts';
import { among } from './own-limits.ts';
import type { AdviceInputs } from './record.ts';

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
 *
 * @param inputs whose wishes hold every limit but those just named
 */
export function nearestLimits(
  inputs: AdviceInputs,
  window: PricePanel,
  named: readonly OwnLimit[],
  { conflicts, objective }: Pick<LimitConflict, 'conflicts' | 'objective'>,
): Nearest {
  const { wishes } = inputs;
  const others = wishes.limits;
  const inputsWith = (limits: readonly OwnLimit[]): AdviceInputs => ({
    ...inputs,
    wishes: { ...wishes, limits: [...others, ...limits] },
  });
  const posed = (limits: readonly OwnLimit[]) =>
    prepare(inputsWith(limits), window).problem(objective);
  const asked = posed(named);
  let current = named;
  // A minimum that would fall below nothing goes, and the others are weighed again without it.
  for (let round = 0; round <= named.length; round++) {
    const found = relaxed(posed(current), objective.method, current, others);
    if (found === 'never') return { conflicts, limits: null };
    if (found === 'unknown') break;
    const gone = found.filter(({ limit, to }) => limit.startsWith('minimum of ') && to < 0);
    if (gone.length === 0) {
      // "20 %" reads better than "19.9 %", where it works.
      const works = [nearestTenth, beyond]
        .map((rounding) => movedBy(found, current, rounding, asked.assets))
        .find(leavesAMix);
      if (works === undefined) break;
      return { conflicts, limits: works.filter(asks) };
    }
    current = movedBy(gone, current, nearestTenth, asked.assets);
  }
  const free = solved([]);
  return {
    conflicts,
    limits: free === null ? null : looserLimits(named, asked, free.allocation.weights, leavesAMix),
  };

  function leavesAMix(limits: readonly OwnLimit[]): boolean {
    return limits.some(asks) && solved(limits) !== null;
  }

  function solved(limits: readonly OwnLimit[]): Solved | null {
    try {
      return solveAdvice(inputsWith(limits), window);
    } catch (error) {
      if (error instanceof Refusal || error instanceof EngineError) return null;
      throw error;
    }
  }
}

/**
 * Least changes to the person's limits that leave portfolios; 'never' where no change of theirs does,
 * 'unknown' where the search tired or portfolios are there and the method still has no answer.
 */
function relaxed(
  posed: Problem,
  method: Method,
  limits: readonly OwnLimit[],
  others: readonly OwnLimit[],
): readonly Relaxation[] | 'never' | 'unknown' {
  const here = (limit: OwnLimit) => among(posed.assets, limit);
  const all = [...others, ...limits].map(here);
  const policyRows = posed.limits.linear.length - rowsOf(all);
  const sides = new Set(limits.flatMap((limit) => sidesOf(here(limit))));
  const mine = ({ limit, kind, index }: { limit: string; kind: string; index: number }) =>
    sides.has(limit) && (!kind.startsWith('row') || index >= policyRows);
  try {
    const weigh = (one: Parameters<typeof mine>[0]) => (mine(one) ? 1 : Number.POSITIVE_INFINITY);
    const { changes } = relax(posed, weigh, method);
    return changes.length === 0 ? 'unknown' : changes;
  } catch (error) {
    if (error instanceof Infeasible) return 'never';
    if (error instanceof EngineError && error.code === 'not-converged') return 'unknown';
    throw error;
  }
}

function movedBy(
  changes: readonly Relaxation[],
  limits: readonly OwnLimit[],
  round: Rounding,
  assets: readonly string[],
): readonly OwnLimit[] {
  return limits.map((limit) =>
    changes
      .filter((change) => sidesOf(among(assets, limit)).includes(change.limit))
      .reduce<OwnLimit>((moved, change) => moveTo(moved, change, round), limit),
  );
}

/** "At least 0 %" asks for nothing. */
function asks(limit: OwnLimit): boolean {
  return limit.kind !== 'weight' || limit.upper !== null || (limit.lower ?? 0) > 0;
}

function rowsOf(limits: readonly OwnLimit[]): number {
  return limits.filter((one) => one.kind === 'weight' && Object.keys(one.coefficients).length > 1)
    .length;
}

const percent = (fraction: number) => `${(100 * fraction).toFixed(1)} %`;

const measures: Readonly<Record<string, string>> = {
  turnover: 'turnover',
  volatility: 'volatility',
  'conditional-value-at-risk': 'conditional value at risk',
};

/** What the engine calls the sides of a limit. */
function sidesOf(limit: OwnLimit): readonly string[] {
  if (limit.kind !== 'weight') {
    const name = measures[limit.kind];
    return name !== undefined && 'most' in limit ? [inWords({ name, most: limit.most })] : [];
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
  return 'most' in limit ? { ...limit, most: value } : limit;
}
