import { DatabaseSync, type StatementSync } from 'node:sqlite';

const schema = `
create table if not exists accounts (
  account text primary key,
  currency text not null,
  cash_minor integer not null check (cash_minor >= 0)
) strict;
create table if not exists positions (
  account text not null,
  asset text not null,
  units integer not null check (units >= 0),
  primary key (account, asset)
) strict;
create table if not exists quotes (
  asset text primary key,
  price real not null check (price > 0),
  day integer not null,
  step integer not null check (step > 0),
  costs text not null
) strict;
create table if not exists orders (
  client_order_id text primary key,
  account text not null,
  asset text not null,
  side text not null check (side in ('buy', 'sell')),
  units integer not null check (units > 0),
  state text not null,
  reason text
) strict;
create table if not exists fills (
  id text primary key,
  client_order_id text not null references orders,
  units integer not null check (units > 0),
  price real not null,
  amount_minor integer not null check (amount_minor >= 0),
  commission_minor integer not null check (commission_minor >= 0),
  currency text not null,
  at integer not null
) strict;
create index if not exists fills_of on fills (client_order_id);
create index if not exists orders_of on orders (account);
-- Client ids cancelled before the order arrived: should it still arrive, it is not taken.
create table if not exists withdrawn (client_order_id text primary key) strict;
create table if not exists transfers (id text primary key, content text not null) strict;
`;

export type Row = Readonly<Record<string, string | number | bigint | null>>;

/** The broker's own durable memory: what it has answered for survives a power cut. */
export interface BrokerDatabase {
  one(sql: string, ...values: (string | number | bigint | null)[]): Row | null;
  all(sql: string, ...values: (string | number | bigint | null)[]): readonly Row[];
  run(sql: string, ...values: (string | number | bigint | null)[]): void;
  transact<T>(work: () => T): T;
  close(): void;
}

/** Opens or makes the database file. Whole numbers are read as 64-bit integers. */
export function openDatabase(file: string): BrokerDatabase {
  const database = new DatabaseSync(file);
  database.exec('pragma busy_timeout = 5000');
  database.exec('pragma journal_mode = wal');
  database.exec('pragma synchronous = full');
  database.exec('pragma foreign_keys = on');
  database.exec(schema);
  const statements = new Map<string, StatementSync>();
  const statement = (sql: string): StatementSync => {
    let found = statements.get(sql);
    if (found === undefined) {
      found = database.prepare(sql);
      found.setReadBigInts(true);
      statements.set(sql, found);
    }
    return found;
  };
  return {
    one: (sql, ...values) => (statement(sql).get(...values) as Row | undefined) ?? null,
    all: (sql, ...values) => statement(sql).all(...values) as Row[],
    run: (sql, ...values) => {
      statement(sql).run(...values);
    },
    transact: (work) => {
      database.exec('begin immediate');
      try {
        const result = work();
        database.exec('commit');
        return result;
      } catch (error) {
        if (database.isTransaction) database.exec('rollback');
        throw error;
      }
    },
    close: () => database.close(),
  };
}
