import { parentPort, workerData } from 'node:worker_threads';
import {
  clientAnswer,
  clientOutcome,
  clientSolver,
  type SharedMoments,
} from '../../engine/solvers/batch/index.ts';
import { emptyClient, fillClient } from './clients-population.ts';
import { CHUNK, type Job, SAMPLE, type Tally } from './clients-run.ts';

/** Takes chunks of clients from a shared counter until there are none left; keeps only a sample. */
const { moments } = workerData as { readonly moments: SharedMoments };
const n = moments.assets.length;
const solver = clientSolver(moments);
const client = emptyClient(n);
const answer = clientAnswer(n);
/** The bits of the weights. */
const bits = new Int32Array(answer.weights.buffer);

parentPort!.on('message', (job: Job) => parentPort!.postMessage(work(job)));
parentPort!.postMessage('ready');

function work({ seed, count, taken, weights, outcomes }: Job): Tally {
  const outcomeCounts = Object.keys(clientOutcome).map(() => 0);
  const infeasible: number[] = [];
  let worst = 0;
  let checksum = 0;
  let iterations = 0;
  const sampled = Math.min(SAMPLE, count);
  for (;;) {
    const from = CHUNK * Atomics.add(taken, 0, 1);
    if (from >= count) break;
    const end = Math.min(from + CHUNK, count);
    for (let index = from; index < end; index++) {
      fillClient(seed, index, client);
      const how = solver.solve(client, answer);
      outcomeCounts[how]++;
      if (how === clientOutcome.infeasible) infeasible.push(index);
      else if (!(answer.residual <= worst)) worst = answer.residual;
      iterations += answer.iterations;
      let mixed = index;
      for (let i = 0; i < bits.length; i++) mixed = Math.imul(mixed ^ bits[i], 0x01000193);
      // A sum does not depend on who solved what when.
      checksum = (checksum + mixed) | 0;
      // Sample s is client floor(s x count / sampled).
      const sample = Math.ceil((index * sampled) / count);
      if (sample < sampled && Math.floor((sample * count) / sampled) === index) {
        weights.set(answer.weights, sample * n);
        outcomes[sample] = how;
      }
    }
  }
  return { outcomeCounts, infeasible, worst, checksum, iterations };
}
