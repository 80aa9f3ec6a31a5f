import type { PgBoss } from 'pg-boss';
import type { Logger } from '../../bot/ports.ts';
import type { Executor } from './executor.ts';

export interface StoreSettings {
  /** The folder that holds everything, e.g. ".keel"; `memory://` keeps nothing. */
  readonly home: string;
  /** A Postgres to use in place of the folder. */
  readonly databaseUrl?: string | undefined;
  readonly log: Logger;
  /** Most connections to Postgres; 10 when left out. */
  readonly connections?: number;
  /** How long a call waits for a free connection; 2.5 seconds when left out: platforms give three. */
  readonly connectionWaitMs?: number;
  /** After how long the database ends a transaction in which nothing happens; 30 seconds when left out. */
  readonly stalledMs?: number;
  /** A dumped PGlite folder to begin from, for tests. */
  readonly template?: Blob;
}

/** An open, migrated database of either kind. */
export interface Database {
  readonly kind: 'pglite' | 'postgres';
  /** In words, without secrets: "localhost:5432" or the folder. */
  readonly where: string;
  readonly db: Executor;
  transaction<T>(work: (tx: Executor) => Promise<T>): Promise<T>;
  /** Reads of one moment: nothing written meanwhile is seen. */
  snapshot<T>(work: (tx: Executor) => Promise<T>): Promise<T>;
  /** A job queue on the same database, not yet started. */
  jobs(): PgBoss;
  close(): Promise<void>;
}
