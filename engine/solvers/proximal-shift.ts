import type { Prepared } from './prepared.ts';

/** Part of the mean variance that the proximal term adds to every diagonal element. */
const proximal = 1e-8;

/** Slopes below this are nothing at all; their squares must stay representable. */
export const smallest = 1e-120;

/** What the proximal term adds to every diagonal element of a program's matrix. */
export function proximalShift(p: Prepared): number {
  let trace = 0;
  let slope = 0;
  for (let i = 0; i < p.n; i++) {
    trace += p.form.diagonal[i];
    slope = Math.max(slope, Math.abs(p.linear[i]), p.kinkSlope[i]);
  }
  const mean = trace / p.n;
  return proximal * Math.max(mean > smallest ? mean : slope, smallest);
}
