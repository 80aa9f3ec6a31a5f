import { openDatabase, type StoreSettings } from '../adapters/store/index.ts';
import { restore } from '../adapters/store/restore.ts';
import { PortError } from '../bot/errors.ts';
import { run, storeSettings, words } from './run.ts';

/** Fills an empty database from a backup file. */
export async function restoreFrom(file: string, settings: StoreSettings): Promise<string> {
  const database = await openDatabase(settings);
  try {
    const { rows, chains } = await restore(database, file);
    return `Restored ${rows} rows from ${file} into ${database.where}; counts agree and ${chains === 1 ? '1 audit chain holds' : `${chains} audit chains hold`}.`;
  } finally {
    await database.close();
  }
}

if (import.meta.main)
  await run(async () => {
    const [file] = words(process.argv.slice(2));
    if (file === undefined)
      throw new PortError('store', 'refused', 'Say which backup: npm run restore -- <file>.');
    console.log(await restoreFrom(file, storeSettings(process.env)));
    return 0;
  });
