import { eq, sql } from 'drizzle-orm';
import type { Bar, CorporateAction } from '../../bot/ports.ts';
import type { Reads, Tx } from '../../bot/store.ts';
import {
  arrayText as list,
  refuseBadPrices,
  type SeriesText,
  toActions,
  toBars,
} from './bars-text.ts';
import { type Executor, rowsOf } from './executor.ts';
import { bars, corporateActions, priceSources } from './schema/index.ts';

export function readBars(db: Executor): Reads['bars'] {
  return {
    async all(source) {
      const prices = await rowsOf<SeriesText>(
        db,
        sql`select asset, string_agg(day::text, ',' order by day) as days,
              string_agg(close::text, ',' order by day) as first,
              string_agg(coalesce(open::text, ''), ',' order by day) as second,
              string_agg(coalesce(volume::text, ''), ',' order by day) as third
            from (select distinct on (b.asset, b.day) b.asset, b.day, b.open, b.close, b.volume
                  from ${bars} b join ${priceSources} s on s.id = b.source
                  where s.name = ${source}
                  order by b.asset, b.day, b.known_at desc) newest
            group by asset order by asset collate "C"`,
      );
      const actions = await rowsOf<Omit<SeriesText, 'third'>>(
        db,
        sql`select asset, string_agg(day::text, ',' order by day) as days,
              string_agg(dividend::text, ',' order by day) as first,
              string_agg(split::text, ',' order by day) as second
            from (select distinct on (a.asset, a.day) a.asset, a.day, a.dividend, a.split
                  from ${corporateActions} a join ${priceSources} s on s.id = a.source
                  where s.name = ${source}
                  order by a.asset, a.day, a.known_at desc) newest
            group by asset order by asset collate "C"`,
      );
      return { bars: prices.flatMap(toBars), actions: actions.flatMap(toActions) };
    },
    async lastDays(source) {
      const rows = await rowsOf<{ asset: string; day: number }>(
        db,
        sql`select b.asset, max(b.day) as day from ${bars} b join ${priceSources} s on s.id = b.source
            where s.name = ${source} group by b.asset order by b.asset collate "C"`,
      );
      return new Map(rows.map((row) => [row.asset, row.day]));
    },
  };
}

export function writeBars(tx: Executor): Tx['bars'] {
  return {
    ...readBars(tx),
    async put(source, knownAt, given, actions) {
      refuseBadPrices(given, actions);
      const id = await sourceId(tx, source);
      // Processes that refresh at once would each write what neither sees of the other.
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`bars:${source}`}, 0))`);
      let written = 0;
      for (const part of parts(given)) written += await putBars(tx, id, knownAt, part);
      for (const part of parts(actions)) written += await putActions(tx, id, knownAt, part);
      return written;
    },
  };
}

/** Only what differs from the newest known bar is written, so fetching again adds nothing. */
async function putBars(
  tx: Executor,
  source: number,
  knownAt: number,
  given: readonly Bar[],
): Promise<number> {
  const [{ written }] = await rowsOf<{ written: string }>(
    tx,
    sql`with given as (
          select * from unnest(${list(given, (bar) => bar.asset)}::text[], ${list(given, (bar) => bar.day)}::int[],
            ${list(given, (bar) => bar.open)}::float8[], ${list(given, (bar) => bar.close)}::float8[],
            ${list(given, (bar) => bar.volume)}::float8[]) as t(asset, day, open, close, volume)
        ), newest as (
          select distinct on (b.asset, b.day) b.asset, b.day, b.open, b.close, b.volume
          from ${bars} b where b.source = ${source} and b.asset in (select distinct asset from given)
          order by b.asset, b.day, b.known_at desc
        ), added as (
          insert into ${bars} (source, asset, day, known_at, open, close, volume)
          select ${source}, g.asset, g.day, ${knownAt}, g.open, g.close, g.volume
          from given g left join newest n using (asset, day)
          where n.asset is null or (n.open, n.close, n.volume) is distinct from (g.open, g.close, g.volume)
          on conflict (source, asset, day, known_at) do update
            set open = excluded.open, close = excluded.close, volume = excluded.volume
          returning 1
        ) select count(*)::text as written from added`,
  );
  return Number(written);
}

async function putActions(
  tx: Executor,
  source: number,
  knownAt: number,
  given: readonly CorporateAction[],
): Promise<number> {
  const [{ written }] = await rowsOf<{ written: string }>(
    tx,
    sql`with given as (
          select * from unnest(${list(given, (one) => one.asset)}::text[], ${list(given, (one) => one.day)}::int[],
            ${list(given, (one) => one.dividend)}::float8[], ${list(given, (one) => one.split)}::float8[])
            as t(asset, day, dividend, split)
        ), newest as (
          select distinct on (a.asset, a.day) a.asset, a.day, a.dividend, a.split
          from ${corporateActions} a
          where a.source = ${source} and a.asset in (select distinct asset from given)
          order by a.asset, a.day, a.known_at desc
        ), added as (
          insert into ${corporateActions} (source, asset, day, known_at, dividend, split)
          select ${source}, g.asset, g.day, ${knownAt}, g.dividend, g.split
          from given g left join newest n using (asset, day)
          where n.asset is null or (n.dividend, n.split) is distinct from (g.dividend, g.split)
          on conflict (source, asset, day, known_at) do update
            set dividend = excluded.dividend, split = excluded.split
          returning 1
        ) select count(*)::text as written from added`,
  );
  return Number(written);
}

async function sourceId(tx: Executor, name: string): Promise<number> {
  await tx.insert(priceSources).values({ name }).onConflictDoNothing();
  const [row] = await tx
    .select({ id: priceSources.id })
    .from(priceSources)
    .where(eq(priceSources.name, name));
  return row.id;
}

function* parts<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < rows.length; from += 25_000) yield rows.slice(from, from + 25_000);
}
