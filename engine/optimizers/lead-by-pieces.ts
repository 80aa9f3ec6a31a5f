import { criticalInterval, type HeldAnswer, heldAnswer } from './critical-interval.ts';
import type { Problem } from './problem.ts';

/** After a piece has ended, the next is met this far beyond, per year. */
const beyond = 1e-9;
const mostPieces = 300;

/**
 * The move of one expected return at which another asset of a utility-maximal portfolio comes to weigh
 * more than the leader: piece after piece of the straight lines that the weights move on, each known
 * from what holds the answer.
 *
 * @param sign 1 to raise the expected return, -1 to lower it
 * @param tie a lead smaller than this is shared, not lost
 * @returns null when nobody takes the lead within reach; undefined where a piece is not determined
 * @source Best and Grauer (1991)
 */
export function leadByPieces(
  held: HeldAnswer,
  asset: number,
  sign: 1 | -1,
  leader: number,
  reach: number,
  tie: number,
): { at: number; leader: number } | null | undefined {
  const { problem } = held;
  let here = held;
  let move = 0;
  for (let piece = 0; piece < mostPieces; piece++) {
    const interval = criticalInterval(here, asset);
    if (interval === null) return undefined;
    const { x } = here.solution;
    const length = Math.min(sign > 0 ? interval.to : -interval.from, reach - move);
    let first = Infinity;
    let taker = -1;
    for (let i = 0; i < x.length; i++) {
      if (i === leader) continue;
      const gap = x[leader] - x[i] + tie;
      const rate = sign * (interval.slope[i] - interval.slope[leader]);
      const meets = gap < 0 ? 0 : rate > 1e-12 ? gap / rate : Infinity;
      if (meets < first) {
        first = meets;
        taker = i;
      }
    }
    if (first <= length) return { at: move + first, leader: taker };
    move += length + beyond;
    if (!(move < reach)) return null;
    here = heldAnswer(withMean(problem, asset, sign * move));
  }
  return undefined;
}

function withMean(problem: Problem, asset: number, move: number): Problem {
  const expectedReturns = problem.expectedReturns.map((r, i) => (i === asset ? r + move : r));
  return { ...problem, expectedReturns };
}
