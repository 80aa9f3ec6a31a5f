import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { LedgerEntry } from '../../bot/advice/types.ts';
import { Conflict, PortError } from '../../bot/errors.ts';
import type { Reads, Scope, Tx } from '../../bot/store.ts';
import { scopeColumns } from './answers.ts';
import { type Executor, rowsOf } from './executor.ts';
import { isPerson } from './people-rows.ts';
import { ledgerEntries, people } from './schema/index.ts';

const entriesOf = (scope: Scope) =>
  and(eq(ledgerEntries.workspace, scope.workspace), eq(ledgerEntries.person, scope.person));

interface Sums {
  readonly version: number;
  readonly currency: string | null;
  readonly asset: string | null;
  readonly units: string;
  readonly cash: string;
  readonly cost: string;
}

export function readLedger(db: Executor): Reads['ledger'] {
  return {
    async holdings(scope) {
      // One statement, so that version and sums are of the same moment.
      const sums = await rowsOf<Sums>(
        db,
        sql`select ${people.ledgerVersion} as version, ${ledgerEntries.currency} as currency,
              ${ledgerEntries.asset} as asset, coalesce(sum(${ledgerEntries.units}), 0)::text as units,
              coalesce(sum(${ledgerEntries.cashMinor}), 0)::text as cash,
              coalesce(sum(${ledgerEntries.costMinor}), 0)::text as cost
            from ${people} left join ${ledgerEntries}
              on ${ledgerEntries.workspace} = ${people.workspace}
              and ${ledgerEntries.person} = ${people.id}
            where ${isPerson(scope)}
            group by ${people.ledgerVersion}, ${ledgerEntries.currency}, ${ledgerEntries.asset}
            order by ${ledgerEntries.asset} collate "C"`,
      );
      const currencies = new Set(sums.map((sum) => sum.currency).filter((one) => one !== null));
      if (currencies.size > 1) throw mixed([...currencies]);
      return {
        cash: {
          minor: sums.reduce((total, sum) => total + BigInt(sum.cash), 0n),
          currency: [...currencies][0] ?? 'USD',
        },
        positions: sums.flatMap((sum) =>
          sum.asset === null || BigInt(sum.units) === 0n
            ? []
            : [{ asset: sum.asset, units: BigInt(sum.units), costMinor: BigInt(sum.cost) }],
        ),
        version: sums[0]?.version ?? 0,
      };
    },
    async entries(scope) {
      const rows = await db
        .select()
        .from(ledgerEntries)
        .where(entriesOf(scope))
        .orderBy(asc(ledgerEntries.seq));
      return rows.map(toEntry);
    },
  };
}

export function writeLedger(tx: Executor): Tx['ledger'] {
  return {
    ...readLedger(tx),
    async append(scope, entries, readVersion) {
      if (entries.length === 0) return;
      // The row lock puts writers of one ledger in line.
      const [person] = await tx
        .select({ version: people.ledgerVersion })
        .from(people)
        .where(isPerson(scope))
        .for('update');
      if (!person) throw new PortError('store', 'gone', `There is no person ${scope.person} here.`);
      const fresh = await onlyNew(tx, scope, entries);
      if (fresh.length === 0) return;
      if (readVersion !== undefined && person.version !== readVersion)
        throw new Conflict(
          `The holdings are at version ${person.version}, not ${readVersion} as was read.`,
        );
      await refuseMixedCurrencies(tx, scope, fresh);
      await tx.insert(ledgerEntries).values(
        fresh.map((entry, index) => ({
          ...entry,
          ...scopeColumns(scope),
          seq: person.version + 1 + index,
        })),
      );
      await tx
        .update(people)
        .set({ ledgerVersion: person.version + fresh.length })
        .where(isPerson(scope));
    },
  };
}

async function onlyNew(
  tx: Executor,
  scope: Scope,
  entries: readonly LedgerEntry[],
): Promise<readonly LedgerEntry[]> {
  const ids = [...new Set(entries.map((entry) => entry.id))];
  const there = await tx
    .select({ id: ledgerEntries.id })
    .from(ledgerEntries)
    .where(and(eq(ledgerEntries.workspace, scope.workspace), inArray(ledgerEntries.id, ids)));
  const known = new Set(there.map((row) => row.id));
  return entries.filter((entry) => !known.has(entry.id) && known.add(entry.id));
}

async function refuseMixedCurrencies(
  tx: Executor,
  scope: Scope,
  fresh: readonly LedgerEntry[],
): Promise<void> {
  const there = await tx
    .selectDistinct({ currency: ledgerEntries.currency })
    .from(ledgerEntries)
    .where(entriesOf(scope));
  const all = new Set([...there, ...fresh].map((one) => one.currency));
  if (all.size > 1) throw mixed([...all]);
}

function mixed(currencies: readonly string[]): PortError {
  return new PortError(
    'store',
    'refused',
    `A ledger is kept in one currency; this one would hold ${currencies.join(' and ')}.`,
  );
}

function toEntry(row: typeof ledgerEntries.$inferSelect): LedgerEntry {
  const { workspace: _workspace, person: _person, seq: _seq, ...entry } = row;
  return entry;
}
