import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { SharedMoments } from '../../engine/solvers/batch/index.ts';

/** Clients that a worker takes at once. */
export const CHUNK = 500;
/** Answers that are kept to be checked. */
export const SAMPLE = 10_000;

export interface Job {
  readonly seed: number;
  readonly count: number;
  /** One shared number: chunks taken so far. */
  readonly taken: Int32Array;
  /** SAMPLE x n, shared. */
  readonly weights: Float64Array;
  /** SAMPLE, shared. */
  readonly outcomes: Uint8Array;
}

/** What a worker, or all together, found. */
export interface Tally {
  /** By code of `outcome`. */
  readonly outcomeCounts: readonly number[];
  /** Indices of the clients without a feasible portfolio. */
  readonly infeasible: readonly number[];
  /** Largest residual; NaN when a client that should have an answer has none. */
  readonly worst: number;
  /** Of every bit of every weight; does not depend on the number of workers. */
  readonly checksum: number;
  readonly iterations: number;
}

export interface Run extends Tally {
  readonly count: number;
  readonly workers: number;
  readonly seconds: number;
  /** Processor time of all threads. */
  readonly processorSeconds: number;
  /** Largest resident memory seen while running, bytes. */
  readonly resident: number;
  readonly weights: Float64Array;
  readonly outcomes: Uint8Array;
}

/** Worker threads that are ready to solve: start-up, and nothing else, is behind them. */
export async function openCrew(moments: SharedMoments, workers: number) {
  const n = moments.assets.length;
  const crew = Array.from(
    { length: workers },
    () => new Worker(new URL('./clients-worker.ts', import.meta.url), { workerData: { moments } }),
  );
  await Promise.all(crew.map((worker) => once(worker, 'message')));
  const weights = new Float64Array(new SharedArrayBuffer(8 * SAMPLE * n));
  const outcomes = new Uint8Array(new SharedArrayBuffer(SAMPLE));
  return {
    /** Solves clients 0 to count - 1 of a seed. */
    async run(seed: number, count: number): Promise<Run> {
      const taken = new Int32Array(new SharedArrayBuffer(4));
      let resident = process.memoryUsage.rss();
      const watch = setInterval(() => {
        resident = Math.max(resident, process.memoryUsage.rss());
      }, 20);
      const before = process.cpuUsage();
      const began = performance.now();
      const job: Job = { seed, count, taken, weights, outcomes };
      const answers = crew.map((worker) => once(worker, 'message'));
      for (const worker of crew) worker.postMessage(job);
      const tallies = (await Promise.all(answers)).map(([tally]) => tally as Tally);
      const seconds = (performance.now() - began) / 1000;
      const { user, system } = process.cpuUsage(before);
      clearInterval(watch);
      resident = Math.max(resident, process.memoryUsage.rss());
      const processorSeconds = (user + system) / 1e6;
      const own = { weights: weights.slice(), outcomes: outcomes.slice() };
      return { ...together(tallies), ...own, count, workers, seconds, processorSeconds, resident };
    },
    close: () => Promise.all(crew.map((worker) => worker.terminate())),
  };
}

function together(tallies: readonly Tally[]): Tally {
  return {
    outcomeCounts: tallies[0].outcomeCounts.map((_, code) =>
      tallies.reduce((total, tally) => total + tally.outcomeCounts[code], 0),
    ),
    infeasible: tallies.flatMap((tally) => tally.infeasible).sort((a, b) => a - b),
    worst: Math.max(...tallies.map((tally) => tally.worst)),
    checksum: tallies.reduce((total, tally) => (total + tally.checksum) >>> 0, 0),
    iterations: tallies.reduce((total, tally) => total + tally.iterations, 0),
  };
}
