import { EngineError } from '../../errors.ts';
import type { LinearLimit, Problem } from '../problem.ts';
import type { Undecided } from './perspective.ts';

/** What a portfolio may hold. */
export interface HoldingRule {
  /** Most assets held. */
  readonly most: number;
  /** Least weight of one that is held. */
  readonly least: number;
}

/** A weight below this is none. */
const none = 1e-9;

/**
 * The limits on holdings of a problem, checked.
 *
 * @throws {EngineError} 'bad-input' for a count or weight that is none; 'unsupported-limit' with short
 *   positions
 */
export function holdingRule({ limits, assets }: Problem): HoldingRule {
  const { holdings, smallestHolding } = limits;
  const n = assets.length;
  if (holdings !== undefined && !(Number.isInteger(holdings) && holdings >= 1)) {
    throw new EngineError(
      'bad-input',
      `At most ${holdings} holdings cannot be kept to; give a whole number from 1 up.`,
      { holdings },
    );
  }
  if (smallestHolding !== undefined && !(smallestHolding >= 0 && smallestHolding <= 1)) {
    throw new EngineError(
      'bad-input',
      `The smallest holding is ${smallestHolding}; give a fraction between 0 and 1, e.g. 0.02.`,
      { smallestHolding },
    );
  }
  const short = limits.lower.findIndex((low) => low < 0);
  if (short >= 0) {
    throw new EngineError(
      'unsupported-limit',
      `Limits on holdings need weights from 0 up, but ${assets[short]} may be sold short; raise its minimum to 0.`,
      { asset: assets[short], lower: limits.lower[short] },
    );
  }
  const least = smallestHolding ?? 0;
  const fits = least > 0 ? Math.floor(1 / least + 1e-9) : n;
  return { most: Math.min(holdings ?? n, fits, n), least };
}

/** Whether a portfolio keeps to a rule. */
export function heldWithin({ most, least }: HoldingRule, weights: Float64Array): boolean {
  let held = 0;
  for (const weight of weights) {
    if (Math.abs(weight) <= none) continue;
    held++;
    if (weight < least - none) return false;
  }
  return held <= most;
}

const undecided = 0;
const held = 1;
const dropped = -1;

/** A choice of assets that are held for certain, dropped for certain, or not decided. */
export class Support {
  static readonly rowName = 'holdings in part';
  private readonly rule: HoldingRule;
  private readonly states: Int8Array;
  /** n upper limits that no portfolio exceeds. */
  private readonly room: Float64Array;

  private constructor(rule: HoldingRule, states: Int8Array, room: Float64Array) {
    this.rule = rule;
    this.states = states;
    this.room = room;
  }

  static root({ limits }: Problem, rule: HoldingRule): Support {
    const { lower, upper } = limits;
    const floor = lower.reduce((sum, low) => sum + low, 0);
    const room = upper.map((high, i) => Math.min(high, 1 - floor + lower[i]));
    const states = Int8Array.from(lower, (low, i) =>
      low > 0 ? held : room[i] < Math.max(rule.least, none) ? dropped : undecided,
    );
    return new Support(rule, states, room);
  }

  get key(): string {
    return this.states.join();
  }

  /**
   * The problem with this choice made. Undecided assets share what is left of the count, each taking
   * weight / most weight of it. Null when the choice plainly cannot be kept to.
   */
  problem(problem: Problem): Problem | null {
    const { states, rule, room } = this;
    const { limits } = problem;
    const left = rule.most - this.count(held);
    if (left < 0) return null;
    const lower = limits.lower.slice();
    const upper = limits.upper.slice();
    const parts = new Float64Array(states.length);
    const spare: number[] = [];
    let floor = 0;
    let most = 0;
    for (let i = 0; i < states.length; i++) {
      if (states[i] === held) lower[i] = Math.max(lower[i], rule.least);
      else if (states[i] === dropped) upper[i] = 0;
      else {
        parts[i] = 1 / room[i];
        spare.push(room[i]);
      }
      if (lower[i] > upper[i]) return null;
      floor += lower[i];
      if (states[i] === held) most += room[i];
    }
    spare.sort((a, b) => b - a);
    for (let s = 0; s < Math.min(left, spare.length); s++) most += spare[s];
    if (floor > 1 + none || most < 1 - none) return null;
    const share: LinearLimit[] =
      spare.length > left
        ? [{ name: Support.rowName, coefficients: parts, lower: -Infinity, upper: left }]
        : [];
    return {
      ...problem,
      limits: { ...limits, lower, upper, linear: [...limits.linear, ...share] },
    };
  }

  /** What is left to decide. */
  get undecided(): Undecided {
    const { states, rule } = this;
    const members = Array.from(states, (_, i) => i).filter((i) => states[i] === undecided);
    return { members, left: rule.most - this.count(held) };
  }

  /**
   * The two choices about one undecided asset, held and dropped: the one that is held least clearly,
   * or where that is not known the one that weighs most.
   */
  branch({ weights, parts }: { weights: Float64Array; parts?: Float64Array }): Support[] {
    const { states, rule } = this;
    let chosen = -1;
    let most = -Infinity;
    for (let i = 0; i < states.length; i++) {
      if (states[i] !== undecided) continue;
      const small = weights[i] > none && weights[i] < rule.least;
      const unclear = parts === undefined ? weights[i] : 0.5 - Math.abs(parts[i] - 0.5);
      // An asset held too little must grow or go.
      const urgency = (small ? 2 : 0) + unclear;
      if (urgency > most) {
        most = urgency;
        chosen = i;
      }
    }
    if (chosen < 0) return [];
    return [this.with(chosen, held), this.with(chosen, dropped)];
  }

  /** Holds what is held and the largest undecided weights, as many as may be; drops the rest. */
  rounded(weights: Float64Array): Support | null {
    const { states, rule, room } = this;
    const left = rule.most - this.count(held);
    if (left < 0) return null;
    const order = Array.from(states, (_, i) => i).filter(
      (i) => states[i] === undecided && weights[i] > none,
    );
    order.sort((a, b) => weights[b] - weights[a] || a - b);
    const next = states.map((state) => (state === undecided ? dropped : state));
    for (const i of order.slice(0, left)) next[i] = held;
    return new Support(rule, next, room);
  }

  private with(index: number, state: number): Support {
    const states = this.states.slice();
    states[index] = state;
    return new Support(this.rule, states, this.room);
  }

  private count(state: number): number {
    let count = 0;
    for (const one of this.states) if (one === state) count++;
    return count;
  }
}
