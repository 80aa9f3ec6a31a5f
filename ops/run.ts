import { parseArgs } from 'node:util';
import { loadEnvFile } from '../adapters/config.ts';
import type { StoreSettings } from '../adapters/store/index.ts';
import type { Logger } from '../bot/ports.ts';

/** Where the data is, by the same settings that the bot starts with. */
export function storeSettings(env: NodeJS.ProcessEnv): StoreSettings {
  return {
    home: env.KEEL_HOME || '.keel',
    databaseUrl: env.DATABASE_URL || undefined,
    log: silent,
  };
}

/** Runs a command: what it returns is its exit code, an error is one plain sentence and code 1. */
export async function run(command: () => Promise<number>): Promise<void> {
  try {
    loadEnvFile('.env');
    process.exitCode = await command();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}

/** Arguments that name no option. */
export function words(args: readonly string[]): readonly string[] {
  return parseArgs({ args: [...args], allowPositionals: true, options: {} }).positionals;
}

function nothing(): void {
  // A command says what matters itself.
}
const silent: Logger = { info: nothing, warn: nothing, error: nothing };
