import { parseArgs } from 'node:util';
import { clientOutcome } from '../../engine/index.ts';
import { load, machine } from '../report.ts';
import { checkRun } from './clients-check.ts';
import { fundMoments } from './clients-moments.ts';
import { openCrew, type Run } from './clients-run.ts';

/**
 * One policy change for everybody: clients by the million on the same moments, each with bounds, risk
 * aversion, present weights and trading costs of their own, solved on worker threads; then a sample of
 * the answers is judged by code that shares nothing with the solver.
 */
const { values } = parseArgs({
  options: {
    counts: { type: 'string', default: '10000,100000,1000000' },
    workers: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
  },
});
const counts = values.counts.split(',').map(Number);
const workers = Number(values.workers);
const seed = Number(values.seed);
for (const value of [...counts, workers, seed]) {
  if (Number.isInteger(value) && value > 0) continue;
  console.error('--counts (with commas between), --workers and --seed are whole numbers from 1.');
  process.exit(1);
}
/** For a million clients on two cores. */
const TARGET_SECONDS = 15;

const { moments, origin } = fundMoments();
const n = moments.assets.length;
console.log(`${machine()}; load before: ${load()}`);
console.log(`${n} assets: ${origin}. ${workers} worker threads, seed ${seed}.\n`);

const crew = await openCrew(moments, workers);
const resting = process.memoryUsage.rss();
console.log(
  '  clients  seconds  us/client/core  cpu us/client  clients/s  steps  worst residual  memory MB  checksum',
);
const runs: Run[] = [];
for (const count of counts) {
  const run = await crew.run(seed, count);
  runs.push(run);
  const each = (seconds: number) => ((seconds * 1e6) / count).toFixed(2);
  console.log(
    [
      String(count).padStart(9),
      run.seconds.toFixed(2).padStart(9),
      each(run.seconds * workers).padStart(16),
      each(run.processorSeconds).padStart(15),
      Math.round(count / run.seconds)
        .toString()
        .padStart(11),
      (run.iterations / count).toFixed(1).padStart(7),
      run.worst.toExponential(1).padStart(16),
      `${megabytes(run.resident)}`.padStart(11),
      run.checksum.toString(16).padStart(10),
    ].join(''),
  );
}
await crew.close();
const last = runs.at(-1)!;
console.log(
  `\nResident memory before the first run: ${megabytes(resting)} MB; it holds every thread.`,
);
console.log(
  `Of the last ${last.count}: ${Object.entries(clientOutcome)
    .map(([name, code]) => `${last.outcomeCounts[code]} ${name}`)
    .join(', ')}.`,
);
const idle = last.processorSeconds / workers;
console.log(
  `Load now, this bench included: ${load()}. Processor time of all threads ${last.processorSeconds.toFixed(1)} s, which is ${idle.toFixed(1)} s on ${workers} idle cores.`,
);
if (last.count === 1_000_000) {
  const met = last.seconds < TARGET_SECONDS ? 'met' : 'missed';
  console.log(`Target ${TARGET_SECONDS} s: ${met}, ${last.seconds.toFixed(1)} s by the clock.`);
}

const other = await openCrew(moments, workers === 1 ? 2 : 1);
const again = await other.run(seed, counts[0]);
await other.close();
const same = again.checksum === runs[0].checksum;
console.log(
  `${counts[0]} clients on ${again.workers} worker(s) instead of ${workers}: ${same ? 'the same bits' : 'OTHER BITS'}.`,
);
const verdict = checkRun(moments, seed, last);
console.log(verdict.report);
process.exitCode = verdict.passed && same ? 0 : 1;

function megabytes(bytes: number): string {
  return (bytes / 1024 ** 2).toFixed(0);
}
