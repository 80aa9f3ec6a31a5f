import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../adapters/config.ts';
import { sourceOf } from '../adapters/web/parse.ts';
import type { Store } from '../bot/store.ts';
import { onboard } from '../demo/conversation.ts';
import { openWebClient } from '../demo/web-client.ts';
import { start } from '../main.ts';
import { platforms, platformsMissing } from '../trials/platforms.ts';
import { firstAnswers, firstAnswersReport } from './first-answer.ts';
import { observedStore, type StoreCall } from './observed-store.ts';
import { openReader } from './reader.ts';
import { load, machine, memoryInUse, reportOf } from './report.ts';
import { type Measured, stagesOf } from './stages.ts';

/**
 * How long a person waits: real messages through the HTTP door of a real Keel on PGlite, one after
 * the other, each followed to the committed outbox and, for a recommendation, to its drawn chart.
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '500' },
    interactions: { type: 'string', default: '1000' },
  },
});
const runs = Number(values.runs);
const interactions = Number(values.interactions);
if (!Number.isInteger(interactions) || interactions < 0) {
  console.error(`--interactions is a whole number, not "${values.interactions}".`);
  process.exit(1);
}
if (!Number.isInteger(runs) || runs < 1) {
  console.error(`--runs is a whole number from 1, not "${values.runs}".`);
  process.exit(1);
}
const TEXT_TARGET_MS = 50;
const RECOMMEND_TARGET_MS = 250;
/** Commands, free text that is understood, and text that is not. */
const texts = ['/help', '/portfolio', 'how is my portfolio doing', 'purple elephants', '/history'];
/** The first answers compile code and fill caches; they are not counted. */
const WARM_UP = 5;

const panel = '../shared/market/core/core_panel_adjclose.csv.gz';
const home = mkdtempSync(join(tmpdir(), 'keel-bench-'));
const config = readConfig({
  KEEL_PRICES: process.env.KEEL_PRICES || (existsSync(panel) ? `csv:${panel}` : 'sandbox'),
  KEEL_HOME: home,
  KEEL_CLOCK: 'panel',
  KEEL_PORT: '0',
  KEEL_LOG: 'error',
});
let calls: StoreCall[] = [];
const keel = await start(config, {
  observe: (store) => observedStore(store, (call) => calls.push(call)),
});
const client = await openWebClient(keel.address!);
await onboard(client, 'balanced', async () => undefined);
const reader = await openReader(keel.address!, client.cookie);

async function textRun(text: string): Promise<Measured> {
  calls = [];
  const { sent, shown } = await reader.ask(text);
  return stagesOf({ sent, shown, drawn: null }, calls);
}

const charts = new Set<string>();

/** Each on other holdings than the last, so that nothing is answered or drawn from memory. */
async function recommendRun(index: number): Promise<Measured> {
  await paySomethingIn(keel.store, index);
  calls = [];
  const { sent, shown, answer } = await reader.ask('/recommend');
  const chart = answer.operation.blocks.find((block) => block.kind === 'chart');
  if (chart?.kind !== 'chart') throw new Error('The recommendation came without a chart.');
  charts.add(chart.hash);
  await reader.picture(answer, chart.hash);
  return stagesOf({ sent, shown, drawn: performance.now() }, calls);
}

/** A session cookie is name=v1.<identity>.<issued>.<signature>. */
const source = sourceOf(client.cookie.split('.')[1]);

async function paySomethingIn(store: Store, index: number): Promise<void> {
  await store.transact(async (tx) => {
    const person = await tx.people.resolve(source, 'en', keel.clock.now());
    const cashMinor = BigInt(1_000 + 37 * index);
    await tx.ledger.append(person, [
      {
        id: `bench:${index}`,
        at: keel.clock.now(),
        kind: 'declared',
        asset: null,
        units: 0n,
        cashMinor,
        costMinor: cashMinor,
        currency: 'USD',
        reference: 'bench',
      },
    ]);
  });
}

async function measured(count: number, run: (index: number) => Promise<Measured>) {
  for (let i = 0; i < WARM_UP; i++) await run(-1 - i);
  const all: Measured[] = [];
  const before = process.cpuUsage();
  for (let i = 0; i < count; i++) all.push(await run(i));
  const { user, system } = process.cpuUsage(before);
  return { all, processorMs: (user + system) / 1000 / count };
}

const memory = [memoryInUse()];
const began = performance.now();
const loadBefore = load();
console.log(
  `${machine()}\nPGlite in a folder; prices: ${config.KEEL_PRICES}; the reader shares the process.\n`,
);
const text = await measured(runs, (i) => textRun(texts[Math.abs(i) % texts.length]));
console.log(reportOf('Text replies', text.all, TEXT_TARGET_MS));
memory.push(memoryInUse());
const recommend = await measured(runs, recommendRun);
console.log(`\n${reportOf('/recommend with its chart', recommend.all, RECOMMEND_TARGET_MS)}`);
memory.push(memoryInUse());
console.log(
  `\n${charts.size} different charts were drawn for ${runs + WARM_UP} recommendations.`,
  `\nMemory at the start, after the text replies and at the end: ${memory.join('; ')}.`,
  `\nProcessor time of all threads, the reader included: ${text.processorMs.toFixed(1)} ms for a text, ${recommend.processorMs.toFixed(1)} ms for a recommendation.`,
  `\nLoad before: ${loadBefore}; at the end, with this benchmark: ${load()}.`,
  `\nTook ${((performance.now() - began) / 1000).toFixed(0)} s.`,
);
reader.close();
client.close();
await keel.stop();
rmSync(home, { recursive: true, force: true });

if (interactions > 0) {
  if (platformsMissing === null) {
    console.log('\nFirst answers on the platforms that wait for one, with every worker busy:');
    for (const name of [
      'Discord by gateway',
      'Discord by HTTP',
      'Slack by HTTP',
      'Slack by Socket Mode',
    ]) {
      console.log(firstAnswersReport(await firstAnswers(platforms[name], interactions)));
    }
  } else {
    console.log(`\nFirst answers on platforms are not measured: ${platformsMissing}`);
  }
}
