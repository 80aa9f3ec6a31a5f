export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Keeps the points that shape a line (largest triangle three buckets), so that a phone draws 400
 * points instead of 5,000 and still shows every crash. First and last stay.
 *
 * @source Steinarsson (2013)
 */
export function thin(points: readonly Point[], most: number): readonly Point[] {
  if (points.length <= most || most < 3) return points;
  const kept: Point[] = [points[0]];
  const size = (points.length - 2) / (most - 2);
  let anchor = points[0];
  for (let bucket = 0; bucket < most - 2; bucket++) {
    const from = 1 + Math.floor(bucket * size);
    const to = 1 + Math.floor((bucket + 1) * size);
    const next = points.slice(to, Math.min(points.length, 1 + Math.floor((bucket + 2) * size)));
    const ahead = next.length > 0 ? next : [points[points.length - 1]];
    const cx = ahead.reduce((sum, p) => sum + p.x, 0) / ahead.length;
    const cy = ahead.reduce((sum, p) => sum + p.y, 0) / ahead.length;
    let best = points[from];
    let bestArea = -1;
    for (let i = from; i < to; i++) {
      const p = points[i];
      const area = Math.abs(
        (anchor.x - cx) * (p.y - anchor.y) - (anchor.x - p.x) * (cy - anchor.y),
      );
      if (area > bestArea) {
        bestArea = area;
        best = p;
      }
    }
    kept.push(best);
    anchor = best;
  }
  kept.push(points[points.length - 1]);
  return kept;
}
