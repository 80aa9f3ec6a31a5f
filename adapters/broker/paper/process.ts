import { z } from 'zod';
import type { BrokerDatabase } from './database.ts';
import { openDatabase } from './database.ts';
import { createPaperServer } from './server.ts';

/**
 * The paper broker's own process. It is told everything by its environment, says one line when it
 * is ready, and ends when its standard input does: no broker outlives the bot that started it.
 */
const settings = z
  .object({
    KEEL_PAPER_FILE: z.string().min(1),
    KEEL_PAPER_TOKEN: z.string().min(32),
    KEEL_PAPER_CONTROL: z.enum(['0', '1']).default('0'),
    /** Stands the broker's clock, in milliseconds since the epoch, for demos on old prices. */
    KEEL_PAPER_NOW: z.coerce.number().int().optional(),
  })
  .parse(process.env);

const database = open(settings.KEEL_PAPER_FILE);
const standing = settings.KEEL_PAPER_NOW;
const server = createPaperServer({
  database,
  token: settings.KEEL_PAPER_TOKEN,
  control: settings.KEEL_PAPER_CONTROL === '1',
  now: () => standing ?? Date.now(),
});

function stop(): void {
  server.close();
  server.closeAllConnections();
  database.close();
  process.exit(0);
}

process.stdin.resume();
process.stdin.once('end', stop);
process.stdin.once('close', stop);
// The terminal sends an interrupt to the whole group; the parent decides when the broker ends.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', stop);

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  process.stdout.write(`${JSON.stringify({ ready: true, port: address.port })}\n`);
});

/** One sentence for the parent to show, in place of a stack that says nothing to a person. */
function open(file: string): BrokerDatabase {
  try {
    return openDatabase(file);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}
