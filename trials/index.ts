import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { killCampaign, mixedCampaign, playAll } from './campaigns.ts';
import { run as chatCrowd } from './chat-crowd.ts';
import { run as chatDeliveries } from './chat-deliveries.ts';
import { run as chatFaults } from './chat-faults.ts';
import { run as chatSwaps } from './chat-swaps.ts';
import { faulty } from './faulty-platforms.ts';
import { killOf } from './kills.ts';
import { repeating } from './platforms.ts';
import { type Outcome, summary } from './trial.ts';

/**
 * The long trials: a whole Keel is killed again and again on a real Postgres with the real broker
 * process, and what must hold is checked after each. `--short` plays few rounds of each, `--seed`
 * repeats a run. Exits 1 when anything did not hold.
 */
const { values } = parseArgs({
  options: { short: { type: 'boolean', default: false }, seed: { type: 'string' } },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const rounds = values.short ? 2 : 20;
const began = performance.now();
const outcomes: Outcome[] = [];
console.log(`Trials, ${values.short ? 'short' : 'full'}, seed ${seed}`);

function told(outcome: Outcome): void {
  outcomes.push(outcome);
  console.log(summary(outcome));
}

const kill = (number: number) => killCampaign(killOf(number), rounds, seed + number);
const mixed = (part: number) => mixedCampaign(values.short ? 1 : 30, seed + 100 + part);
// Two stages side by side: a machine with two cores is busy with both.
await Promise.all([
  playAll([kill(1), kill(2), kill(3), mixed(1)], told),
  playAll([kill(4), kill(5), kill(6), mixed(2)], told),
]);

const charts = values.short ? 60 : 1_000;
const memory = spawn(
  process.execPath,
  [
    '--disable-warning=ExperimentalWarning',
    fileURLToPath(new URL('./chart-memory.ts', import.meta.url)),
    String(charts),
  ],
  { stdio: 'inherit' },
);
const [code] = (await once(memory, 'exit')) as [number | null];
told({
  name: `Memory over ${charts} charts`,
  rounds: charts,
  killed: 0,
  seed,
  violations: code === 0 ? [] : ['  memory grew: see above'],
});

// Their short versions are tests; here they run at the size that was promised.
if (!values.short) {
  for (const [name, open] of Object.entries(repeating)) {
    const deliveries = await chatDeliveries(open, false, seed);
    told({ name: `${name}: deliveries`, rounds: deliveries.deliveries, killed: 0, ...deliveries });
    const swaps = await chatSwaps(open, false, seed);
    told({ name: `${name}: swaps in one conversation`, rounds: swaps.swaps, killed: 0, ...swaps });
    const crowd = await chatCrowd(open, 1_000, seed);
    const how = `${crowd.repeated} deliveries repeated, ${crowd.restarts} restarts`;
    told({ name: `${name}: a crowd, ${how}`, rounds: crowd.people, killed: 0, ...crowd });
  }
  for (const [name, platform] of Object.entries(faulty)) {
    const faults = await chatFaults(platform, false, seed);
    const extras = `${faults.faults.hidden} answers hidden, ${faults.extras} messages twice`;
    told({ name: `${name} faults, ${extras}`, rounds: faults.messages, killed: 0, ...faults });
  }
}

const broken = outcomes.filter((outcome) => outcome.violations.length > 0);
const killed = outcomes.reduce((sum, outcome) => sum + outcome.killed, 0);
const seconds = ((performance.now() - began) / 1_000).toFixed(0);
console.log(
  `Trials done in ${seconds} s: ${killed} processes killed, ${broken.length === 0 ? 'everything held' : `${broken.length} trials VIOLATED`}.`,
);
if (broken.length > 0) process.exitCode = 1;
