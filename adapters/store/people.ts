import { and, eq, sql } from 'drizzle-orm';
import { Conflict, PortError } from '../../bot/errors.ts';
import type { Source } from '../../bot/event.ts';
import type { Person, Reads, Tx } from '../../bot/store.ts';
import type { Executor } from './executor.ts';
import { forget } from './forget.ts';
import { isPerson, newcomer } from './people-rows.ts';
import { identities, people } from './schema/index.ts';

type Row = typeof people.$inferSelect;

function toPerson(row: Row): Person {
  return {
    workspace: row.workspace,
    person: row.id,
    pseudonym: row.pseudonym,
    locale: row.locale,
    consentedAt: row.consentedAt,
    disclosureVersion: row.disclosureVersion,
    createdAt: row.createdAt,
  };
}

export function readPeople(db: Executor): Reads['people'] {
  return {
    async byIdentity(source) {
      const [row] = await db
        .select({ person: people })
        .from(identities)
        .innerJoin(
          people,
          and(eq(people.workspace, identities.workspace), eq(people.id, identities.person)),
        )
        .where(
          and(
            eq(identities.platform, source.platform),
            eq(identities.installation, source.installation),
            eq(identities.identity, source.identity),
          ),
        );
      return row ? toPerson(row.person) : null;
    },
    async get(scope) {
      const [row] = await db.select().from(people).where(isPerson(scope));
      if (!row) throw new PortError('store', 'gone', `There is no person ${scope.person} here.`);
      return toPerson(row);
    },
  };
}

export function writePeople(tx: Executor): Tx['people'] {
  const reads = readPeople(tx);
  return {
    ...reads,
    async resolve(source, locale, at) {
      if (source.identity === '')
        throw new PortError('store', 'refused', 'An event without a person has nobody to resolve.');
      return (await reads.byIdentity(source)) ?? (await arrive(tx, source, locale, at));
    },
    async keepIdentity({ platform, installation, identity }, scope) {
      const [owner] = await tx
        .select({ workspace: identities.workspace, person: identities.person })
        .from(identities)
        .where(
          and(
            eq(identities.platform, platform),
            eq(identities.installation, installation),
            eq(identities.identity, identity),
          ),
        )
        .for('share');
      if (owner?.workspace !== scope.workspace || owner.person !== scope.person)
        throw new Conflict('The person was forgotten, linked or unlinked meanwhile.');
    },
    async consent(scope, disclosureVersion, at) {
      await tx.update(people).set({ consentedAt: at, disclosureVersion }).where(isPerson(scope));
    },
    forget: (scope, at) => forget(tx, scope, at),
  };
}

/** Two first messages at once make one person: the second waits for the first one's transaction. */
async function arrive(tx: Executor, source: Source, locale: string, at: number): Promise<Person> {
  const { platform, installation, identity } = source;
  const key = JSON.stringify(['arrive', platform, installation, identity]);
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
  const there = await readPeople(tx).byIdentity(source);
  if (there) return there;
  const row = await newcomer(tx, platform, installation, locale, at);
  const { workspace, id } = row;
  await tx.insert(identities).values({ platform, installation, identity, workspace, person: id });
  return toPerson(row);
}
