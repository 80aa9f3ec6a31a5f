import { readConfig } from '../adapters/config.ts';
import { start } from '../main.ts';

/**
 * A whole Keel in a process of its own, to be killed. It loads its code at once and starts when it
 * is told to, says its address, and ends with the trial that began it.
 */
const { TRIAL_BROKER_URL: url = '', TRIAL_BROKER_TOKEN: token = '', ...env } = process.env;

process.stdin.once('data', async () => {
  const keel = await start(readConfig(env), { broker: () => ({ url, token }) });
  process.stdout.write(`${keel.address}\n`);
});
process.stdin.once('close', () => process.exit(0));
