import { Infeasible } from '../../engine/errors.ts';
import { relax } from '../../engine/optimizers/limits/index.ts';
import type { Context } from '../commands/command.ts';
import type { OwnLimit, Wishes } from '../wishes.ts';
import { prepare } from './advise.ts';
import { inputsOf, windowOf } from './make.ts';
import { among } from './own-limits.ts';
import { standing } from './standing.ts';

/** So far past the edge that rounding leaves room. */
const ROOM = 1e-3;

/**
 * The limits nearest to those just named that leave a mix: only these give way, never those of the
 * profile or kept before. Null when none do.
 */
export async function nearestLimits(
  context: Context,
  cashRate: number,
  wishes: Wishes,
  named: readonly OwnLimit[],
): Promise<readonly OwnLimit[] | null> {
  const { policy, goal, market, situation } = await standing(context);
  const inputs = inputsOf(market, situation, policy, goal, context.now, cashRate, null, wishes);
  const { problem } = prepare(inputs, windowOf(market).panel);
  const method = 'target-volatility';
  const posed = problem({ method, targetVolatility: policy.volatilityBudget });
  const here = (limit: OwnLimit) => among(posed.assets, limit);
  const policyRows = posed.limits.linear.length - rowsOf(wishes.limits.map(here));
  const own = named.map((limit) => ({ limit, sides: sidesOf(here(limit)) }));
  const mine = ({ limit, kind, index }: { limit: string; kind: string; index: number }) =>
    own.some(({ sides }) => sides.includes(limit)) &&
    (!kind.startsWith('row') || index >= policyRows);
  try {
    const { changes } = relax(posed, (one) => (mine(one) ? 1 : Number.POSITIVE_INFINITY), method);
    if (changes.length === 0) return null;
    return own.map(({ limit, sides }) =>
      changes
        .filter((change) => sides.includes(change.limit))
        .reduce<OwnLimit>(
          (moved, change) => moveTo(moved, change.limit, change.bound, change.to),
          limit,
        ),
    );
  } catch (error) {
    if (!(error instanceof Infeasible)) throw error;
    return null;
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

/** The limit with the side that gives way moved, to a tenth of a percent with room to spare. */
function moveTo(limit: OwnLimit, text: string, from: number, to: number): OwnLimit {
  const rounded =
    to > from ? Math.ceil((to + 1e-9) / ROOM) * ROOM : Math.floor((to - 1e-9) / ROOM) * ROOM;
  const value = Math.round(Math.max(0, rounded) * 1e6) / 1e6;
  if (limit.kind === 'weight') {
    return text.startsWith('minimum') || text.startsWith('at least')
      ? { ...limit, lower: value }
      : { ...limit, upper: value };
  }
  return limit.kind === 'volatility' || limit.kind === 'turnover'
    ? { ...limit, most: value }
    : limit;
}
