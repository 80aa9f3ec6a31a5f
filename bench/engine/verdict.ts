import type { BenchData } from './data.ts';

/** Whether two answers are the same good answer, in words for the table. */
export interface Verdict {
  readonly text: string;
  /** False when the engine's answer is worse than the peer's, or another where there is only one. */
  readonly fine: boolean;
  /** How much worse the peer's aim is, relative; absent where there is no peer or no aim. */
  readonly excess?: number;
}

/** Compares an answer with the peer's; null where there is no peer. */
export type Judge = (data: BenchData, here: Float64Array, peer: Float64Array | null) => Verdict;

/** Relative. What solvers call the same. */
const tolerance = 1e-6;

/**
 * For tasks with one aim: both sets of weights are made to keep the limits exactly, so that nobody wins
 * by breaking them, and their aims compared.
 *
 * @param score less is better
 */
export function least(
  name: string,
  score: (data: BenchData, weights: Float64Array) => number,
): Judge {
  return (data, here, peer) => {
    const own = score(data, kept(here));
    if (peer === null)
      return { text: `${name} ${Math.abs(own).toPrecision(7)}`, fine: Number.isFinite(own) };
    const excess = (score(data, kept(peer)) - own) / Math.abs(own);
    return { text: compared(name, excess), fine: excess >= -tolerance, excess };
  };
}

/** For tasks that have one answer: the largest difference, relative to the largest number. */
export function same(data: BenchData, here: Float64Array, peer: Float64Array | null): Verdict {
  if (peer === null) return { text: 'no peer to compare with', fine: data.assets.length > 0 };
  let difference = here.length === peer.length ? 0 : Infinity;
  let largest = 0;
  here.forEach((value, i) => {
    difference = Math.max(difference, Math.abs(value - peer[i]));
    largest = Math.max(largest, Math.abs(value));
  });
  const relative = difference / largest;
  return { text: `the same to ${relative.toExponential(0)}`, fine: relative < tolerance };
}

function compared(name: string, excess: number): string {
  if (Math.abs(excess) < 1e-9) return `the same ${name}`;
  const size = Math.abs(excess).toExponential(0);
  return excess > 0 ? `peer's ${name} ${size} worse` : `peer's ${name} ${size} better`;
}

/** Weights without what is below 0, summing to 1. */
function kept(weights: Float64Array): Float64Array {
  const long = weights.map((w) => Math.max(0, w));
  let sum = 0;
  for (const w of long) sum += w;
  return long.map((w) => w / sum);
}

/** Covariance times weights, in plain code. */
function covered({ covariance }: BenchData, weights: Float64Array): Float64Array {
  const n = weights.length;
  return weights.map((_, i) => {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += covariance[i * n + j] * weights[j];
    return sum;
  });
}

function total(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

export function varianceScore(data: BenchData, weights: Float64Array): number {
  return total(weights, covered(data, weights));
}

/** @param riskFree per year */
export function sharpeScore(riskFree: number) {
  return (data: BenchData, weights: Float64Array): number =>
    (riskFree - total(weights, data.expectedReturns)) / Math.sqrt(varianceScore(data, weights));
}

/** Mean of the worst 5 % of days, with the fraction of a day that is left over. */
export function tailScore({ returns, rows }: BenchData, weights: Float64Array): number {
  const n = weights.length;
  const days = Float64Array.from({ length: rows }, (_, t) =>
    total(returns.subarray(t * n, t * n + n), weights),
  ).sort();
  const mass = 0.05 * rows;
  let sum = 0;
  for (let t = 0; t < mass; t++) sum -= Math.min(1, mass - t) * days[t];
  return sum / mass;
}

/** How far risk contributions are from equal: the largest error of one, relative. */
export const equalShares: Judge = (data, here, peer) => {
  const error = (weights: Float64Array) => {
    const part = covered(data, weights);
    const share = total(weights, part) / weights.length;
    return weights.reduce((worst, w, i) => Math.max(worst, Math.abs((w * part[i]) / share - 1)), 0);
  };
  const own = error(here).toExponential(0);
  const theirs = peer === null ? '' : `, peer's by ${error(peer).toExponential(0)}`;
  return { text: `shares unequal by ${own}${theirs}`, fine: error(here) < tolerance };
};
