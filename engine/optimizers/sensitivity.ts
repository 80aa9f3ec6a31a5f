import { EngineError } from '../errors.ts';
import { type HeldAnswer, heldAnswer } from './critical-interval.ts';
import { leadByPieces } from './lead-by-pieces.ts';
import { asksForMore } from './limits/further-limits.ts';
import type { Optimizer, Problem } from './problem.ts';

/** Where another asset takes the lead as one expected return moves. */
export interface LeadChange {
  /** The expected return per year at which it happens. */
  readonly expectedReturn: number;
  /** The asset that then weighs most. */
  readonly leader: string;
}

/** How far the expected return of one asset may move before another asset weighs most. */
export interface MeanRange {
  readonly asset: string;
  /** Per year, as given. */
  readonly expectedReturn: number;
  /** The nearest change below; null when there is none within reach. */
  readonly below: LeadChange | null;
  /** The nearest change above; null when there is none within reach. */
  readonly above: LeadChange | null;
}

export interface Sensitivity {
  /** The asset that weighs most. */
  readonly leader: string;
  readonly ranges: readonly MeanRange[];
  /** The smallest move of a single expected return that changes the lead; null when none does. */
  readonly nearest: (LeadChange & { readonly asset: string; readonly move: number }) | null;
}

export interface SensitivityOptions {
  /** The furthest move tried, per year; 0.2 when absent. */
  readonly reach?: number;
}

/** A move this small is no move. */
const precision = 1e-10;

/**
 * How far each expected return must move, alone, for another asset to weigh most: the answer's
 * weakest point, since expected returns are the least certain of its inputs.
 *
 * Mean-variance utility is followed exactly, piece by piece of the straight lines that its weights move
 * on. Any other method is solved again: along chords, which meet the change at once where the weights
 * move on a line, and closing in on it to 1e-10 where they do not.
 *
 * @returns null for a method that expected returns do not enter
 * @throws all that the optimizer throws on the problem itself
 * @source Best and Grauer (1991), sensitivity of mean-variance portfolios to means
 */
export function sensitivityOf(
  problem: Problem,
  optimizer: Optimizer,
  options: SensitivityOptions = {},
): Sensitivity | null {
  const { reach = 0.2 } = options;
  const { assets, expectedReturns } = problem;
  const weightsAt = (asset: number, move: number): Float64Array | null => {
    const moved = expectedReturns.map((mean, i) => (i === asset ? mean + move : mean));
    try {
      return optimizer({ ...problem, expectedReturns: moved }).weights;
    } catch (error) {
      // Where the moved problem has no answer nothing leads.
      if (error instanceof EngineError) return null;
      throw error;
    }
  };
  const { method, weights } = optimizer(problem);
  const first = largest(weights);
  const held = method === 'mean-variance-utility' ? heldBy(problem, weights) : null;
  const others = assets.map((_, i) => i).filter((i) => i !== first);
  const untouched = (move: Float64Array | null) =>
    move?.every((weight, i) => weight === weights[i]) === true;
  if (
    held === null &&
    untouched(weightsAt(first, -reach)) &&
    others.every((i) => untouched(weightsAt(i, reach)) && untouched(weightsAt(i, -reach)))
  ) {
    return null;
  }
  const search = (asset: number, sign: 1 | -1): LeadChange | null => {
    const exact = held === null ? undefined : leadByPieces(held, asset, sign, first, reach, tie);
    if (exact === null) return null;
    if (exact !== undefined) {
      const expectedReturn = expectedReturns[asset] + sign * exact.at;
      return { expectedReturn, leader: assets[exact.leader] };
    }
    const ahead = (move: number) => {
      const there = weightsAt(asset, sign * move);
      return there === null ? null : lead(there, first);
    };
    const move = firstChange(ahead, reach, lead(weights, first));
    if (move === null) return null;
    const beyond = weightsAt(asset, sign * move.outside);
    return {
      expectedReturn: expectedReturns[asset] + sign * move.at,
      leader: assets[beyond === null ? first : largest(beyond)],
    };
  };
  const ranges = assets.map((asset, i): MeanRange => {
    const expectedReturn = expectedReturns[i];
    return { asset, expectedReturn, below: search(i, -1), above: search(i, 1) };
  });
  return { leader: assets[first], ranges, nearest: nearestOf(ranges) };
}

/** What holds an answer, when nothing but bounds and linear limits can. */
function heldBy(problem: Problem, weights: Float64Array): HeldAnswer | null {
  const impact = problem.marketImpact?.some((k) => k !== 0) === true;
  if (impact || asksForMore(problem.limits)) return null;
  const held = heldAnswer(problem);
  const same = held.solution.x.every((weight, i) => Math.abs(weight - weights[i]) < 1e-12);
  return same ? held : null;
}

function nearestOf(ranges: readonly MeanRange[]): Sensitivity['nearest'] {
  let nearest: Sensitivity['nearest'] = null;
  for (const { asset, expectedReturn, below, above } of ranges) {
    for (const change of [below, above]) {
      if (change === null) continue;
      const move = change.expectedReturn - expectedReturn;
      if (nearest === null || Math.abs(move) < Math.abs(nearest.move))
        nearest = { ...change, asset, move };
    }
  }
  return nearest;
}

function largest(weights: Float64Array): number {
  let at = 0;
  for (let i = 1; i < weights.length; i++) if (weights[i] > weights[at]) at = i;
  return at;
}

/** Assets whose weights differ by less lead together; none of them has lost the lead. */
const tie = 1e-9;

/** By how much an asset leads the next; negative when another leads. */
function lead(weights: Float64Array, asset: number): number {
  let other = -Infinity;
  for (let i = 0; i < weights.length; i++) if (i !== asset) other = Math.max(other, weights[i]);
  return weights[asset] - other + tie;
}

/** The first move at which the lead is lost, and one just beyond it. */
function firstChange(
  ahead: (move: number) => number | null,
  reach: number,
  now: number,
): { at: number; outside: number } | null {
  let inside = 0;
  let insideLead = now;
  let outside = reach / 256;
  let outsideLead = ahead(outside);
  while (outsideLead !== null && outsideLead >= 0) {
    if (outside >= reach) return null;
    inside = outside;
    insideLead = outsideLead;
    outside = Math.min(2 * outside, reach);
    outsideLead = ahead(outside);
  }
  if (outsideLead === null) return null;
  for (let step = 0; step < 100 && outside - inside > precision; step++) {
    // Along the chord; midway every third time, so that neither end stays for long.
    const chord = inside + ((outside - inside) * insideLead) / (insideLead - outsideLead);
    const middle = step % 3 === 2 ? (inside + outside) / 2 : chord;
    const near = precision / 4;
    const move = Math.min(Math.max(middle, inside + near), outside - near);
    const there = ahead(move);
    if (there === null) return null;
    if (there >= 0) {
      inside = move;
      insideLead = there;
    } else {
      outside = move;
      outsideLead = there;
    }
  }
  return { at: (inside + outside) / 2, outside };
}
