export type Side = 'right' | 'left' | 'top' | 'bottom';

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
  readonly name: string;
}

const letter = 6.6;
const line = 15;
const gap = 9;

/**
 * The side of each point on which its name covers no other name or point and stays in the plot; on
 * the one that covers least where none is free. In the order given, so the first have first choice.
 */
export function placeNames(
  points: readonly NamedPoint[],
  width: number,
  height: number,
): readonly Side[] {
  const taken: Box[] = points.map(({ x, y }) => around(x, y, 5, 5));
  return points.map((point, at) => {
    const others = taken.filter((_, i) => i !== at);
    const tried = sides.map((side) => {
      const box = boxOf(point, side);
      const covered = others.reduce((sum, other) => sum + overlap(box, other), 0);
      return { side, box, cost: covered + 40 * outside(box, width, height) };
    });
    const best = tried.reduce((least, one) => (one.cost < least.cost - 1e-9 ? one : least));
    taken.push(best.box);
    return best.side;
  });
}

const sides: readonly Side[] = ['right', 'left', 'top', 'bottom'];

function boxOf({ x, y, name }: NamedPoint, side: Side): Box {
  const wide = name.length * letter;
  if (side === 'right') return around(x + gap + wide / 2, y, wide / 2, line / 2);
  if (side === 'left') return around(x - gap - wide / 2, y, wide / 2, line / 2);
  return around(x, y + (side === 'top' ? -1 : 1) * (gap + line / 2), wide / 2, line / 2);
}

function around(x: number, y: number, halfWidth: number, halfHeight: number): Box {
  return { left: x - halfWidth, right: x + halfWidth, top: y - halfHeight, bottom: y + halfHeight };
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
