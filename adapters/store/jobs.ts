import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type SQL, sql } from 'drizzle-orm';
import { type ConstructorOptions, fromDrizzle, PgBoss } from 'pg-boss';
import type { Logger } from '../../bot/ports.ts';
import type { JobName, Store, Tx } from '../../bot/store.ts';
import type { Database } from './database.ts';
import { type Executor, rowsOf } from './executor.ts';

/** A job that takes longer is left to the next process: every job can be run again. */
const restMs = 5_000;

/** A job whose worker lost its connection between taking it and saying so is looked for this often. */
const takenBackSeconds = 10;
/** A worker that has said nothing for so long has lost its job. */
const heartbeatSeconds = 15;

type Data = Readonly<Record<string, string>>;

/** How many of each a process runs at once, and after how long a silent one is given to another. */
const queues: Readonly<Record<JobName, { readonly at: number; readonly expireInSeconds: number }>> =
  {
    wake: { at: 4, expireInSeconds: 60 },
    deliver: { at: 8, expireInSeconds: 60 },
    execute: { at: 4, expireInSeconds: 300 },
    settle: { at: 1, expireInSeconds: 120 },
    'price-refresh': { at: 1, expireInSeconds: 600 },
  };
export const jobNames = Object.keys(queues) as readonly JobName[];

/**
 * Every worker of a queue asks for a job when one is announced. On PGlite's one connection those
 * questions stand in line before the answer itself, and the process drains and delivers without
 * being asked: there the jobs are only the net behind it, and one worker holds it.
 */
function atOnce(name: JobName, kind: Database['kind']): number {
  const net = name === 'wake' || name === 'deliver';
  return net && kind === 'pglite' ? 1 : queues[name].at;
}

export function newQueue(options: ConstructorOptions): PgBoss {
  return new PgBoss({
    ...options,
    schema: 'pgboss',
    schedule: false,
    useListenNotify: true,
    maintenanceIntervalSeconds: 600,
    superviseIntervalSeconds: takenBackSeconds,
    monitorIntervalSeconds: takenBackSeconds,
  });
}

export interface Jobs {
  send(tx: Executor): Tx['jobs']['send'];
  work: Store['work'];
  rest: Store['rest'];
  stop(): Promise<void>;
}

export async function startJobs(database: Database, log: Logger): Promise<Jobs> {
  const boss = database.jobs();
  boss.on('error', (error) => log.error({ reason: error.message }, 'the job queue had an error'));
  boss.on('warning', (warning) => log.warn({ reason: warning.message }, 'the job queue warns'));
  await boss.start();
  // Every queue is known from here on: looking one up inside a PGlite transaction would wait for itself.
  const known = new Set((await boss.getQueues()).map((queue) => queue.name));
  for (const name of jobNames) {
    const settings = {
      notify: true,
      retryLimit: 30,
      retryDelay: 1,
      retryBackoff: true,
      retryDelayMax: 300,
      heartbeatSeconds,
      expireInSeconds: queues[name].expireInSeconds,
      deleteAfterSeconds: 3_600,
    };
    // Short: at most one waiting job per key, so a conversation is woken once however much arrives.
    if (known.has(name)) await boss.updateQueue(name, settings);
    else await boss.createQueue(name, { policy: 'short', ...settings });
  }
  let resting = false;
  return {
    send:
      (tx) =>
      async (name, data, options = {}) => {
        const seconds = (options.startAfterMs ?? 0) / 1_000;
        const later = seconds > 0;
        const key = options.singletonKey;
        await boss.send(name, data, {
          // A job for later must not swallow one for now, so the two coalesce apart.
          singletonKey: key === undefined ? randomUUID() : later ? `${key} later` : key,
          ...(later ? { startAfter: seconds } : {}),
          db: fromDrizzle(
            { execute: async (query) => ({ rows: [...(await rowsOf(tx, query as SQL))] }) },
            sql,
          ),
        });
      },
    work: async (name, handler) => {
      await boss.work<Data>(
        name,
        {
          batchSize: 1,
          localConcurrency: atOnce(name, database.kind),
          pollingIntervalSeconds: 2,
          notifyPollingIntervalSeconds: 2,
        },
        async ([job]) => {
          // A worker told to stop may have asked for one more before it heard.
          if (resting) throw new Error('This process is ending; the job is left to another.');
          await handler(job.data);
        },
      );
    },
    async rest() {
      resting = true;
      const all = Promise.all(jobNames.map((name) => boss.offWork(name)));
      const timer = new AbortController();
      const patience = pause(restMs, undefined, { signal: timer.signal }).catch(() => undefined);
      await Promise.race([all, patience]);
      timer.abort();
    },
    stop: () => boss.stop({ graceful: true, timeout: 5_000 }),
  };
}
