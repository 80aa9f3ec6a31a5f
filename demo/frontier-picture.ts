import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../adapters/config.ts';
import { start } from '../main.ts';
import { onboard } from './conversation.ts';
import { openWebClient } from './web-client.ts';

/** Draws the frontier of docs/engine.md as the chat does, on real prices: `npx node demo/frontier-picture.ts out.png`. */
const out = process.argv[2] ?? 'out/frontier-light.png';
const home = mkdtempSync(join(tmpdir(), 'keel-frontier-'));
const config = readConfig({
  KEEL_PRICES: 'csv:../shared/market/core/core_panel_adjclose.csv.gz',
  KEEL_HOME: home,
  KEEL_CLOCK: 'panel',
  KEEL_PORT: '0',
});
const keel = await start(config);
const client = await openWebClient(keel.address!);
await onboard(client, 'balanced', async () => undefined);
for (const message of await client.say('/frontier')) {
  for (const block of message.operation.blocks) {
    if (block.kind === 'chart') writeFileSync(out, await client.png(message, block.hash));
  }
}
client.close();
await keel.stop();
rmSync(home, { recursive: true, force: true });
console.log(`The frontier is in ${out}.`);
