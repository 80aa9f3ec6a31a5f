import type { Allocation, Problem } from '../../engine/optimizers/problem.ts';
import type { BenchData } from './data.ts';
import { type Moments, momentsOf } from './moments.ts';
import type { Judge } from './verdict.ts';

/** What the engine answers: numbers to compare, and its own proof where there is one. */
export interface Answer {
  readonly values: Float64Array;
  readonly residual?: number;
}

/** Something of the engine to be timed at several sizes. */
export interface Work {
  readonly title: string;
  /** Whether the time includes estimating moments from returns. */
  readonly moments: 'given' | 'included';
  readonly sizes: readonly number[];
  readonly data: (n: number) => BenchData;
  /** A call ready to be timed; anything the engine could remember from the last one is new. */
  readonly ready: (data: BenchData) => () => Answer;
}

/** One line of the table: the same work here and at a peer. */
export interface Task extends Work {
  /** As bench/peers/peer.py knows it. */
  readonly name: string;
  readonly peer: 'PyPortfolioOpt' | 'skfolio';
  readonly judge: Judge;
  /** Milliseconds of the peer on two idle cores, by assets, from before this bench. */
  readonly published: Readonly<Record<number, number>>;
  /** Times as fast as the peer that are asked for. */
  readonly asked: (n: number) => number;
  /** Where the peer takes too long at other sizes to be waited for. */
  readonly peerSizes?: readonly number[];
}

/** Per year. */
export const riskFree = 0.02;

/** Weights from 0 to 1 that sum to 1. */
export function longOnly(data: Pick<BenchData, 'assets'>, moments: Moments): Problem {
  const n = data.assets.length;
  const { expectedReturns, covariance } = moments;
  const limits = { lower: new Float64Array(n), upper: new Float64Array(n).fill(1), linear: [] };
  return { assets: data.assets, expectedReturns, covariance, riskFree, limits };
}

/** A formula has nothing to prove. */
export const answered = ({ weights, residual, certificate }: Allocation): Answer =>
  certificate === 'rule' ? { values: weights } : { values: weights, residual };

/** A method on moments that are there; the covariance is proved anew each time. */
export const onMoments = (method: (problem: Problem) => Allocation) => (data: BenchData) => {
  const problem = longOnly(data, { ...data, covariance: data.covariance.slice() });
  return () => answered(method(problem));
};

/** A method on returns: means and sample covariance, then the method. */
export const onReturns = (method: (problem: Problem) => Allocation) => (data: BenchData) => () => {
  const problem = longOnly(data, momentsOf(data.returns, data.assets.length));
  return answered(method(problem));
};
