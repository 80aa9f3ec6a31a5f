import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { type PaperBroker, paperBroker } from '../adapters/broker/paper/client.ts';
import { openDatabase } from '../adapters/broker/paper/database.ts';
import { startPaperBroker } from '../adapters/broker/paper/start.ts';
import { openStore } from '../adapters/store/index.ts';
import type { Proposal } from '../bot/advice/types.ts';
import type { Scope, Store } from '../bot/store.ts';
import { startPostgres } from '../fakes/postgres.ts';
import { quiet } from '../fakes/store.ts';
import { createCrew, type Worker } from './crew.ts';
import { type Gate, openGate } from './gate.ts';
import { onboard } from './onboard.ts';
import { writePanel } from './panel.ts';
import { type Person, visitor } from './person.ts';

type Row = Readonly<Record<string, unknown>>;

/**
 * A real Postgres, the real broker process, and a whole Keel in a process that can be killed, with
 * one person in front of it. What is asked here goes past the killed process.
 */
export interface Stage {
  readonly scope: Scope;
  /** Key of the person's conversation. */
  readonly conversation: string;
  readonly person: Person;
  readonly gate: Gate;
  readonly store: Store;
  readonly broker: PaperBroker;
  /** One session of the trial's own on the database. */
  sql(statement: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** What the broker's own file holds. */
  brokerRows(query: string, ...values: readonly string[]): readonly Row[];
  /** The proposal that the person can confirm now. */
  openProposal(): Promise<Proposal>;
  /** Waits until something is so. */
  until(what: string, holds: () => Promise<boolean>): Promise<void>;
  kill(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** A loaded machine is slow; what takes longer than this does not come. */
const PATIENCE_MS = 60_000;

/** Opens a stage; what fails to open has closed what it opened. */
export async function openStage(): Promise<Stage> {
  const closing: (() => unknown)[] = [];
  const close = async () => {
    for (const each of closing.reverse().splice(0)) await each();
  };
  try {
    return await build(closing, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function build(closing: (() => unknown)[], close: () => Promise<void>): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'keel-trial-'));
  closing.push(() => rmSync(folder, { recursive: true, force: true }));
  const prices = join(folder, 'panel.csv');
  await writePanel(prices);
  const postgres = await startPostgres();
  closing.push(() => postgres.stop());
  const address = await postgres.fresh();
  const gate = await openGate(address);
  closing.push(() => gate.close());
  const file = join(folder, 'broker.db');
  const brokerProcess = await startPaperBroker({ file, log: quiet, control: true });
  closing.push(() => brokerProcess.stop());
  const brokerFile = openDatabase(file);
  closing.push(() => brokerFile.close());
  const broker = paperBroker(() => brokerProcess.endpoint());
  const endpoint = brokerProcess.endpoint()!;
  const client = new pg.Client(address);
  await client.connect();
  closing.push(() => client.end());
  const store = await openStore({ home: folder, databaseUrl: address, log: quiet, connections: 2 });
  closing.push(() => store.close());
  const crew = createCrew({
    KEEL_HOME: join(folder, 'home'),
    KEEL_PRICES: `csv:${prices}`,
    KEEL_CLOCK: 'panel',
    KEEL_PORT: '0',
    KEEL_THREADS: '1',
    DATABASE_URL: gate.url,
    TRIAL_BROKER_URL: endpoint.url,
    TRIAL_BROKER_TOKEN: endpoint.token,
  });
  closing.push(() => crew.stop());
  let worker: Worker = await crew.start();

  const sql: Stage['sql'] = async (statement, values = []) =>
    (await client.query<Row>(statement, [...values])).rows;

  async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS;
    while (!(await holds())) {
      if (performance.now() > deadline) throw new Error(`Waited a minute in vain: ${what}.`);
      await pause(10);
    }
  }

  const person = await visitor(
    () => worker.address,
    (delivery) =>
      until(`an answer to ${delivery}`, async () => {
        const [row] = await sql(
          `select done_at is not null and not exists (select from outbox where inbox_id = inbox.id
             and sent_at is null and not dead) as answered, parked_at from inbox
           where update_key like '%:' || $1`,
          [delivery],
        );
        if (row?.parked_at) throw new Error(`Delivery ${delivery} was parked.`);
        return row?.answered === true;
      }),
  );
  await onboard(person);
  const [scope] = (await sql('select workspace, id as person from people')) as unknown as Scope[];
  const [{ conversation }] = await sql('select distinct conversation from inbox');

  return {
    scope,
    conversation: String(conversation),
    person,
    gate,
    store,
    broker,
    sql,
    until,
    brokerRows: (query, ...values) => brokerFile.all(query, ...values),
    async openProposal() {
      const open = await sql("select id from proposals where state = 'proposed'");
      if (open.length !== 1) throw new Error(`There are ${open.length} open proposals.`);
      return (await store.read.proposals.get(scope, String(open[0].id)))!;
    },
    kill: () => worker.kill(),
    async start() {
      worker = await crew.start();
    },
    close,
  };
}
