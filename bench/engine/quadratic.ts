import { parseArgs } from 'node:util';
import { maximumSharpe } from '../../engine/optimizers/maximum-sharpe.ts';
import { minimumVariance } from '../../engine/optimizers/minimum-variance.ts';
import type { Optimizer, Problem } from '../../engine/optimizers/problem.ts';
import { load, machine, percentile } from '../report.ts';
import { simulatedMoments } from './moments.ts';

/** One line of the bench. Times are whole calls of the optimizer, moments given: input, proof and all. */
export interface QuadraticRow {
  readonly task: string;
  readonly assets: number;
  readonly held: number;
  readonly iterations: number;
  readonly residual: number;
  /** The first call in this process: code not yet compiled, covariance not yet proved. */
  readonly firstMs: number;
  /** Median with a covariance never seen before, so that its proof (semidefinite) is in the time. */
  readonly unprovedMs: number;
  /** Median with a covariance that was proved before, as those of engine/moments are. */
  readonly medianMs: number;
  readonly runs: number;
  /** PyPortfolioOpt's time as measured on two cores; null where it fails. */
  readonly peerMs: number | null;
}

const tasks: readonly {
  name: string;
  solve: Optimizer;
  peer: Readonly<Record<number, number>>;
}[] = [
  {
    name: 'minimum variance',
    solve: minimumVariance,
    peer: { 20: 6.9, 100: 9.5, 500: 184, 1000: 847 },
  },
  { name: 'maximum Sharpe', solve: maximumSharpe, peer: { 20: 7.8, 100: 34, 500: 2311 } },
];

/** Long-only portfolios of simulated stocks, each task at each size for about a second. */
export function measureQuadratic(sizes: readonly number[], seed = 4): QuadraticRow[] {
  const rows: QuadraticRow[] = [];
  for (const n of sizes) {
    const moments = simulatedMoments(n, seed);
    const problem: Problem = {
      assets: Array.from({ length: n }, (_, i) => `A${i}`),
      ...moments,
      riskFree: 0.02,
      limits: { lower: new Float64Array(n), upper: new Float64Array(n).fill(1), linear: [] },
    };
    for (const { name, solve, peer } of tasks) {
      // A copy has no proof of its own.
      const unproved = () => ({ ...problem, covariance: problem.covariance.slice() });
      const fresh = unproved();
      const began = performance.now();
      let answer = solve(fresh);
      const firstMs = performance.now() - began;
      const timed = (pose: () => Problem): number[] => {
        const times: number[] = [];
        const until = performance.now() + 700;
        while (times.length < 5 || (performance.now() < until && times.length < 1000)) {
          const posed = pose();
          const before = performance.now();
          answer = solve(posed);
          times.push(performance.now() - before);
        }
        return times;
      };
      timed(() => problem);
      const proved = timed(() => problem);
      rows.push({
        task: name,
        assets: n,
        held: answer.weights.reduce((count, w) => count + (w > 1e-12 ? 1 : 0), 0),
        iterations: answer.iterations,
        residual: answer.residual,
        firstMs,
        unprovedMs: percentile(timed(unproved), 0.5),
        medianMs: percentile(proved, 0.5),
        runs: proved.length,
        peerMs: peer[n] ?? null,
      });
    }
  }
  return rows;
}

function lineOf(row: QuadraticRow): string {
  const times = [row.firstMs, row.unprovedMs, row.medianMs].map((ms) => ms.toFixed(3).padStart(10));
  const peer = row.peerMs === null ? 'fails'.padStart(8) : row.peerMs.toFixed(1).padStart(8);
  const ratio = row.peerMs === null ? '' : `${(row.peerMs / row.medianMs).toFixed(0)}x`;
  return [
    row.task.padEnd(17),
    String(row.assets).padStart(6),
    ...times,
    peer,
    ratio.padStart(6),
    String(row.held).padStart(6),
    String(row.iterations).padStart(6),
    row.residual.toExponential(1).padStart(9),
  ].join(' ');
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { sizes: { type: 'string', default: '20,100,500,1000' } },
  });
  const sizes = values.sizes.split(',').map(Number);
  if (sizes.some((n) => !Number.isInteger(n) || n < 1)) {
    console.error(`--sizes are whole numbers from 1 with commas, not "${values.sizes}".`);
    process.exit(1);
  }
  console.log(`${machine()}; load ${load()}`);
  console.log('Whole optimizer calls in milliseconds, long-only, moments given (1,260 days):');
  console.log(
    'task              assets first call   unproved     median     peer  ratio   held  steps  residual',
  );
  for (const row of measureQuadratic(sizes)) console.log(lineOf(row));
}
