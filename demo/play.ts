import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../adapters/config.ts';
import type { PageMessage } from '../adapters/web/operation.ts';
import { replay } from '../bot/advice/replay.ts';
import { start } from '../main.ts';
import { type Persona, personas } from './answers.ts';
import { explore, onboard, shownTurn } from './conversation.ts';
import { openWebClient } from './web-client.ts';

/**
 * A whole conversation, hello to fills, through the web chat's own door over HTTP: prints it, writes
 * its charts as PNG, and checks that every recommendation replays to the same bits.
 */
const { values } = parseArgs({
  options: {
    answers: { type: 'string', default: 'balanced' },
    out: { type: 'string', default: 'out/demo' },
    quiet: { type: 'boolean', default: false },
  },
});
if (!Object.hasOwn(personas, values.answers)) {
  console.error(
    `--answers is ${Object.keys(personas).join(', ')}; "${values.answers}" is none of them.`,
  );
  process.exit(1);
}

const out = join(values.out, values.answers);
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const began = performance.now();
const config = readConfig({
  ...process.env,
  KEEL_HOME: join(out, 'home'),
  KEEL_CLOCK: 'panel',
  KEEL_PORT: '0',
});
const keel = await start(config);
const client = await openWebClient(keel.address!);
let transcript = '';
let charts = 0;

async function told(did: string, answers: readonly PageMessage[]): Promise<void> {
  const text = shownTurn(did, answers);
  transcript += text;
  if (!values.quiet) console.log(text);
  for (const message of answers) {
    for (const block of message.operation.blocks) {
      if (block.kind !== 'chart') continue;
      charts += 1;
      const name = `${String(charts).padStart(2, '0')}-${block.chart.title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.png`;
      writeFileSync(join(out, name), await client.png(message, block.hash));
    }
  }
}

await onboard(client, values.answers as Persona, told);
await explore(client, told);

let same = 0;
const workspaces = await keel.store.read.audit.workspaces();
for (const workspace of workspaces) {
  for (const recommendation of await keel.store.read.recommendations.all(workspace)) {
    const outcome = await replay(keel.store.read, recommendation, recommendation);
    if (outcome.kind !== 'same') throw new Error(`Replay differs: ${JSON.stringify(outcome)}`);
    same += 1;
  }
  const chain = await keel.store.read.audit.verify(workspace);
  if (chain.brokenAt !== null)
    throw new Error(`The audit chain is broken at row ${chain.brokenAt}.`);
}
client.close();
await keel.stop();
writeFileSync(join(out, 'transcript.txt'), transcript);
console.log(
  `Demo done in ${((performance.now() - began) / 1000).toFixed(1)} s: ${charts} charts and the transcript are in ${out}; ${same} recommendation${same === 1 ? '' : 's'} replayed to the same bits; the audit chain is whole.`,
);
