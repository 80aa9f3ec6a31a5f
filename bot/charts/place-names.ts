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
/** A name across a curve can still be read; across another name it cannot. */
const curveWeight = 0.6;

/**
 * The side of each point on which its name covers no other name, point or curve and stays in the plot;
 * where none is free, those sides that together cover least. Earlier points have first choice.
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
  const chosen: { side: Side; box: Box }[] = [];
  const choose = (at: number): { side: Side; box: Box } => {
    const names = chosen.filter((_, i) => i !== at).map(({ box }) => box);
    const others = [...marks.filter((_, i) => i !== at), ...names];
    const cost = (box: Box) =>
      covered(box, others) + curveWeight * covered(box, strokes) + 40 * outside(box, width, height);
    return sides
      .map((side) => ({ side, box: boxOf(points[at], side) }))
      .reduce((least, one) => (cost(one.box) < cost(least.box) - 1e-9 ? one : least));
  };
  for (let at = 0; at < points.length; at++) chosen.push(choose(at));
  // What came later may have taken the better place; each chooses again until nobody moves.
  for (let round = 0; round < 6; round++) {
    let moved = false;
    for (let at = 0; at < points.length; at++) {
      const next = choose(at);
      moved ||= next.side !== chosen[at].side;
      chosen[at] = next;
    }
    if (!moved) break;
  }
  return chosen.map(({ side }) => side);
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
  return (
    Math.max(0, -box.left) +
    Math.max(0, box.right - width) +
    Math.max(0, -box.top) +
    Math.max(0, box.bottom - height)
  );
}
