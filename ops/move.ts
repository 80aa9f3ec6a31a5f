import { copyDatabase } from '../adapters/store/copy.ts';
import { openDatabase, type StoreSettings } from '../adapters/store/index.ts';
import { PortError } from '../bot/errors.ts';
import { run, storeSettings, words } from './run.ts';

const usage =
  'Say where to: npm run move -- to-postgres (from the folder KEEL_HOME to DATABASE_URL) or npm run move -- to-folder (the way back).';

/** Copies everything between the folder and Postgres; the source is left as it was. */
export async function move(direction: string, settings: StoreSettings): Promise<string> {
  if (direction !== 'to-postgres' && direction !== 'to-folder')
    throw new PortError('store', 'refused', usage);
  if (!settings.databaseUrl)
    throw new PortError('store', 'refused', `DATABASE_URL is not set. ${usage}`);
  const folder = await openDatabase({ ...settings, databaseUrl: undefined });
  try {
    const postgres = await openDatabase(settings);
    try {
      const [from, to] = direction === 'to-postgres' ? [folder, postgres] : [postgres, folder];
      const { rows, tables, chains } = await copyDatabase(from, to);
      return `Moved ${rows} rows of ${tables} tables from ${from.where} to ${to.where}; counts agree and ${chains === 1 ? '1 audit chain holds' : `${chains} audit chains hold`}. The source is unchanged.`;
    } finally {
      await postgres.close();
    }
  } finally {
    await folder.close();
  }
}

if (import.meta.main)
  await run(async () => {
    const [direction = ''] = words(process.argv.slice(2));
    console.log(await move(direction, storeSettings(process.env)));
    return 0;
  });
