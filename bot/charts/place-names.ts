/** Where a name stands: beside its point, or in the direction of so many degrees clockwise from the right. */
export type Side = 'right' | 'left' | 'top' | 'bottom' | 45 | 135 | 225 | 315;

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A named point in the plot, in points across and down. */
export interface NamedPoint {
  readonly x: number;
  readonly y: number;
  /** How wide its name is. */
  readonly wide: number;
  /** Half the width of its mark. */
  readonly radius: number;
  /** How far its name stands off. */
  readonly offset: number;
}

const line = 14.4;
/** What the label keeps free around its text. */
const padding = 4;
/** A name across a curve can still be read; across another name or a mark it cannot. */
const curveWeight = 0.6;
const markWeight = 2;
/** Per point of width or height outside the plot; on the left the numbers of the axis leave room. */
const edgeWeight = 40;
const leftWeight = 8;

/**
 * The side of each point on which its name covers no other name, point or curve and stays in the plot;
 * where none is free, those sides that together cover least.
 *
 * @param curves points that curves run through, near each other
 */
export function placeNames(
  points: readonly NamedPoint[],
  width: number,
  height: number,
  curves: readonly { readonly x: number; readonly y: number }[] = [],
): readonly Side[] {
  const marks = points.map(({ x, y, radius }) => around(x, y, radius, radius));
  const strokes = curves.map(({ x, y }) => around(x, y, 2, 2));
  // What a name costs by itself, whatever the other names do.
  const tried = points.map((point, at) =>
    sides.map((side, rank) => {
      const box = boxOf(point, side);
      const others = marks.filter((_, i) => i !== at);
      const own =
        markWeight * covered(box, others) +
        curveWeight * covered(box, strokes) +
        outside(box, width, height) +
        // Of two that are as good, the more usual.
        rank / 100;
      return { side, box, own };
    }),
  );
  const chosen = tried.map(() => 0);
  const costOf = (at: number, choice: number, placed: readonly number[]): number => {
    const { box, own } = tried[at][choice];
    return placed.reduce((sum, other) => {
      return other === at ? sum : sum + overlap(box, tried[other][chosen[other]].box);
    }, own);
  };
  const all = points.map((_, at) => at);
  // First each in turn, then two at a time: where one alone cannot move without covering another.
  for (const at of all) chosen[at] = best(sides.map((_, c) => costOf(at, c, all.slice(0, at))));
  for (let round = 0; round < 4; round++) {
    const before = chosen.join();
    for (const a of all) for (const b of all.slice(a)) settle(a, b);
    if (chosen.join() === before) break;
  }
  return chosen.map((choice, at) => tried[at][choice].side);

  function settle(a: number, b: number): void {
    const rest = all.filter((at) => at !== a && at !== b);
    const alone = (at: number) => sides.map((_, c) => costOf(at, c, rest));
    const [one, other] = [alone(a), alone(b)];
    let [least, to] = [Number.POSITIVE_INFINITY, [chosen[a], chosen[b]]];
    for (let i = 0; i < sides.length; i++) {
      for (let j = 0; j < sides.length; j++) {
        if (a === b && i !== j) continue;
        const shared = a === b ? 0 : other[j] + overlap(tried[a][i].box, tried[b][j].box);
        if (one[i] + shared < least - 1e-9) [least, to] = [one[i] + shared, [i, j]];
      }
    }
    [chosen[a], chosen[b]] = to;
  }
}

function best(costs: readonly number[]): number {
  return costs.reduce((least, cost, at) => (cost < costs[least] - 1e-9 ? at : least), 0);
}

const sides: readonly Side[] = ['right', 'left', 45, 315, 225, 135, 'top', 'bottom'];
const degrees = { right: 0, bottom: 90, left: 180, top: 270 } as const;

function boxOf({ x, y, wide, offset }: NamedPoint, side: Side): Box {
  const angle = ((typeof side === 'number' ? side : degrees[side]) * Math.PI) / 180;
  const [across, down] = [Math.cos(angle), Math.sin(angle)];
  const full = 1 / Math.max(Math.abs(across), Math.abs(down));
  const [halfWidth, halfHeight] = [wide / 2, line / 2];
  return around(
    x + across * ((halfWidth + padding) * full + offset),
    y + down * ((halfHeight + padding) * full + offset),
    halfWidth,
    halfHeight,
  );
}

function around(x: number, y: number, halfWidth: number, halfHeight: number): Box {
  return { left: x - halfWidth, right: x + halfWidth, top: y - halfHeight, bottom: y + halfHeight };
}

function covered(box: Box, others: readonly Box[]): number {
  return others.reduce((sum, other) => sum + overlap(box, other), 0);
}

function overlap(a: Box, b: Box): number {
  const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return wide > 0 && high > 0 ? wide * high : 0;
}

function outside(box: Box, width: number, height: number): number {
  const past = (amount: number) => Math.max(0, amount);
  return (
    leftWeight * past(-box.left) +
    edgeWeight * (past(box.right - width) + past(-box.top) + past(box.bottom - height))
  );
}
