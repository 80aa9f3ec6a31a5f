import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import type { Database } from '../adapters/store/database.ts';
import { openDatabase, openStore, type StoreSettings } from '../adapters/store/index.ts';
import { migrationsFolder } from '../adapters/store/migrate.ts';
import type { Logger } from '../bot/ports.ts';
import type { Store } from '../bot/store.ts';
import { freshPostgres } from './postgres.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

export const quiet: Logger = { info: nothing, warn: nothing, error: nothing };

/** An empty, migrated store of its own for one test; the real databases, never a stand-in. */
export async function freshStore(
  kind: 'pglite' | 'postgres',
  options: { readonly home?: string; readonly log?: Logger } = {},
): Promise<Store> {
  return openStore({ ...(await freshSettings(kind)), ...options });
}

/** The database under a store, for tests that reach past it. */
export async function freshDatabase(kind: 'pglite' | 'postgres'): Promise<Database> {
  return openDatabase(await freshSettings(kind));
}

/** Settings of an empty database of its own. */
export async function freshSettings(kind: 'pglite' | 'postgres'): Promise<StoreSettings> {
  const settings = { home: 'memory://', log: quiet };
  return kind === 'postgres'
    ? { ...settings, databaseUrl: await freshPostgres() }
    : { ...settings, template: await pgliteTemplate() };
}

/**
 * A migrated PGlite folder as a tar, made once and kept: making one takes seconds, loading it a
 * fraction of one. Give it to `openStore` as `template`.
 */
export async function pgliteTemplate(): Promise<Blob> {
  const folder = join(root, 'node_modules', '.cache', 'keel');
  const file = join(folder, `pglite-${templateKey()}.tar`);
  if (!existsSync(file)) {
    const home = join(folder, `making-${randomBytes(6).toString('hex')}`);
    const store = await openStore({ home, log: quiet });
    await store.close();
    const lite = await PGlite.create(join(home, 'db'));
    const dump = await lite.dumpDataDir('none');
    await lite.close();
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${home}.tar`, Buffer.from(await dump.arrayBuffer()));
    renameSync(`${home}.tar`, file);
    rmSync(home, { recursive: true, force: true });
  }
  return new Blob([readFileSync(file)]);
}

/** Changes with whatever shapes the template: migrations and the versions that wrote it. */
function templateKey(): string {
  const parts = [
    readFileSync(join(root, 'package-lock.json'), 'utf8').match(
      /"node_modules\/(@electric-sql\/pglite|pg-boss)": \{\s*"version": "[^"]+"/g,
    ),
    readFileSync(join(root, 'adapters', 'store', 'jobs.ts'), 'utf8'),
    ...readdirSync(migrationsFolder)
      .filter((name) => name.endsWith('.sql'))
      .sort()
      .map((name) => readFileSync(join(migrationsFolder, name), 'utf8')),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

function nothing(): void {
  // A test that cares about the log gives its own.
}
