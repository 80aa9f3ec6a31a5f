/** What a coalition of causes comes to: one number per subject, or null when it has no solution. */
export type Game = (coalition: number) => Float64Array | null;

/** Each cause's part of the whole change. */
export interface Attributed {
  /** Per cause, one contribution per subject; over the causes they sum to the change. */
  readonly contributions: readonly Float64Array[];
  /** Groups of causes (by index) that could only be taken in one step, sharing it equally. */
  readonly merged: readonly (readonly number[])[];
  /** Coalitions (bit sets of causes) without a solution. */
  readonly refused: readonly number[];
}

/**
 * Shapley attribution of a change to its causes: the average, over the orders in which the causes
 * can take effect, of what each adds when its turn comes. An order that passes through a coalition
 * without a solution does not count. When no order is left, the fewest causes are taken together in
 * one step, and share what that step adds equally, as causes that only work together do.
 *
 * @param count number of causes, at most 10
 * @param game coalitions as bit sets; the empty and the full one always have a value
 * @source Shapley (1953); Winter (2002) for restricted orders
 */
export function shapley(count: number, game: Game): Attributed {
  const full = 2 ** count - 1;
  const values: (Float64Array | null)[] = [];
  for (let set = 0; set <= full; set++) values.push(game(set));
  const refused = values.flatMap((value, set) => (value === null ? [set] : []));
  const size = values[full]!.length;

  for (let largest = 1; ; largest++) {
    const steps = stepsUpTo(count, largest, values);
    const before = pathsFrom(0, full, steps);
    const paths = before[full];
    if (paths === 0) continue;
    const after = pathsTo(full, steps);
    const contributions = Array.from({ length: count }, () => new Float64Array(size));
    const merged = new Set<number>();
    for (const { from, to } of steps) {
      const share = (before[from] * after[to]) / paths;
      if (share === 0) continue;
      const group = to & ~from;
      const members = indicesOf(group, count);
      if (members.length > 1) merged.add(group);
      for (const cause of members) {
        for (let s = 0; s < size; s++) {
          contributions[cause][s] += (share * (values[to]![s] - values[from]![s])) / members.length;
        }
      }
    }
    return {
      contributions,
      merged: [...merged].sort((a, b) => a - b).map((group) => indicesOf(group, count)),
      refused,
    };
  }
}

interface Step {
  readonly from: number;
  readonly to: number;
}

/** Steps between solvable coalitions that add at most `largest` causes, smaller sets first. */
function stepsUpTo(
  count: number,
  largest: number,
  values: readonly (Float64Array | null)[],
): readonly Step[] {
  const full = values.length - 1;
  const steps: Step[] = [];
  for (let from = 0; from <= full; from++) {
    if (values[from] === null) continue;
    for (let to = from + 1; to <= full; to++) {
      if ((from & to) !== from || values[to] === null) continue;
      if (indicesOf(to & ~from, count).length <= largest) steps.push({ from, to });
    }
  }
  return steps;
}

function pathsFrom(start: number, full: number, steps: readonly Step[]): Float64Array {
  const paths = new Float64Array(full + 1);
  paths[start] = 1;
  // A set's number is above those of its subsets, so `from` is finished before it is used.
  for (const { from, to } of steps) paths[to] += paths[from];
  return paths;
}

function pathsTo(full: number, steps: readonly Step[]): Float64Array {
  const paths = new Float64Array(full + 1);
  paths[full] = 1;
  for (let i = steps.length - 1; i >= 0; i--) paths[steps[i].from] += paths[steps[i].to];
  return paths;
}

function indicesOf(set: number, count: number): number[] {
  const indices: number[] = [];
  for (let i = 0; i < count; i++) if ((set & (1 << i)) !== 0) indices.push(i);
  return indices;
}
