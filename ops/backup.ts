import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { backup } from '../adapters/store/backup.ts';
import { openDatabase, type StoreSettings } from '../adapters/store/index.ts';
import { run, storeSettings, words } from './run.ts';

/** Backs the database up into one file. */
export async function backupTo(file: string, settings: StoreSettings, at: number): Promise<string> {
  const database = await openDatabase(settings);
  try {
    await mkdir(dirname(file), { recursive: true });
    const rows = await backup(database, file, at);
    return `Backed up ${rows} rows of ${database.where} to ${file}.`;
  } finally {
    await database.close();
  }
}

if (import.meta.main)
  await run(async () => {
    const settings = storeSettings(process.env);
    const now = Date.now();
    const stamp = new Date(now).toISOString().replace(/[:.]/g, '-');
    const [file = join(settings.home, 'backups', `${stamp}.keel.gz`)] = words(
      process.argv.slice(2),
    );
    console.log(await backupTo(file, settings, now));
    return 0;
  });
