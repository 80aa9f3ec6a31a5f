import { advance, type BoxBarrier, roomAboveZero } from './box-barrier.ts';
import type { InteriorState } from './interior-state.ts';

/** Longest steps that keep everything inside. */
export function rooms(state: InteriorState): { primal: number; dual: number } {
  const { shape, x, r, u, s, p } = state;
  let primal = Math.min(x.room(), r.room());
  let dual = Math.min(x.priceRoom(), r.priceRoom());
  if (p.drawdown) {
    primal = Math.min(primal, u.room(), s.room());
    dual = Math.min(dual, u.priceRoom(), s.priceRoom());
  }
  if (shape.hasV) primal = Math.min(primal, roomAboveZero(shape.v, shape.dv));
  if (shape.hasZ) primal = Math.min(primal, roomAboveZero(shape.z, shape.dz));
  if (shape.hasZ) {
    for (let t = 0; t < shape.count; t++)
      if (shape.dq[t] > 0) dual = Math.min(dual, (shape.cap[t] - shape.q[t]) / shape.dq[t]);
  }
  dual = Math.min(dual, roomAboveZero(shape.q, shape.dq));
  if (shape.shape === 'entropic') {
    // Its equations bend with zeta: beyond a few times it a Newton step says nothing.
    const zeta = shape.scalars[1];
    if (shape.dzeta < 0) primal = Math.min(primal, (-0.8 * zeta) / shape.dzeta);
    else if (shape.dzeta > 4 * zeta) primal = Math.min(primal, (4 * zeta) / shape.dzeta);
    if (shape.dslack < 0) primal = Math.min(primal, -shape.slack / shape.dslack);
  }
  // Where primal and dual numbers stand in one equation they must move together.
  if (shape.shape === 'entropic' || shape.shape === 'root-mean-square')
    primal = dual = Math.min(primal, dual);
  return { primal, dual };
}

/** Mean product after steps of these lengths. */
export function meanAfter(state: InteriorState, primal: number, dual: number): number {
  const { shape, x, r, u, s, p } = state;
  let sum = 0;
  let pairs = 0;
  const box = (b: BoxBarrier) => {
    for (let i = 0; i < b.x.length; i++) {
      const at = b.x[i] + primal * b.dx[i];
      if (b.lower[i] > -Infinity) sum += (b.low[i] + dual * b.dlow[i]) * (at - b.lower[i]);
      if (b.upper[i] < Infinity) sum += (b.high[i] + dual * b.dhigh[i]) * (b.upper[i] - at);
    }
    pairs += b.pairs;
  };
  box(x);
  box(r);
  if (p.drawdown) {
    box(u);
    box(s);
  }
  const { q, dq, v, dv, z, dz, cap, count } = shape;
  for (let t = 0; t < count; t++) {
    const share = q[t] + dual * dq[t];
    if (shape.hasV) sum += (v[t] + primal * dv[t]) * share;
    if (shape.hasZ) sum += (z[t] + primal * dz[t]) * (cap[t] - share);
  }
  if (shape.shape === 'entropic')
    sum += (shape.scalars[1] + primal * shape.dzeta) * (shape.slack + primal * shape.dslack);
  pairs += shape.products().pairs;
  return pairs === 0 ? 0 : Math.max(sum, 0) / pairs;
}

/** Takes steps of these lengths along the present direction. */
export function move(state: InteriorState, primal: number, dual: number): void {
  const { shape, x, r, u, s, p, y, dy, step } = state;
  const box = (b: BoxBarrier) => {
    advance(b.x, b.dx, primal);
    advance(b.low, b.dlow, dual);
    advance(b.high, b.dhigh, dual);
  };
  box(x);
  box(r);
  if (p.drawdown) {
    box(u);
    box(s);
  }
  advance(y, dy, dual);
  for (let a = 0; a < shape.size; a++) shape.scalars[a] += primal * step[a];
  advance(shape.q, shape.dq, dual);
  if (shape.hasZ) advance(shape.z, shape.dz, primal);
  if (shape.hasV) advance(shape.v, shape.dv, primal);
  if (shape.shape === 'entropic') shape.slack += primal * shape.dslack;
}
