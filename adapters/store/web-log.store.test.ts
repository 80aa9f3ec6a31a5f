import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stopTestPostgres } from '../../fakes/postgres.ts';
import { freshDatabase } from '../../fakes/store.ts';
import { createMemoryWebLog } from '../../fakes/web-log.ts';
import type { Database } from './database.ts';
import { createWebLog } from './web-log.ts';

afterAll(stopTestPostgres);

const entry = (key: string, text: string, keys: string[] = [], position: number | null = null) => ({
  key,
  at: 1_700_000_000_000,
  operation: { text },
  replaces: { keys, position },
});

// The stand-in that the web chat's own tests use meets the same suite.
describe.each(['memory', 'pglite', 'postgres'] as const)('web log in %s', (kind) => {
  let database: Database | null = null;
  let log: ReturnType<typeof createWebLog>;
  beforeEach(async () => {
    database = kind === 'memory' ? null : await freshDatabase(kind);
    log = database === null ? createMemoryWebLog() : createWebLog(database);
  });
  afterEach(() => database?.close());

  it('gives back what stands, in order, and only of that conversation', async () => {
    await log.put('other', entry('a', 'theirs'));
    for (const key of ['a', 'b', 'c', 'd']) await log.put('mine', entry(key, key));
    const all = await log.after('mine', 0, 10);
    expect(all.map(({ key }) => key)).toEqual(['a', 'b', 'c', 'd']);
    expect((await log.after('mine', all[1].cursor, 1)).map(({ key }) => key)).toEqual(['c']);
    expect((await log.page('mine', null, 2)).map(({ key }) => key)).toEqual(['c', 'd']);
    expect((await log.page('mine', all[2].position, 9)).map(({ key }) => key)).toEqual(['a', 'b']);
    expect(await log.at('mine', all[3].position)).toEqual(all[3]);
    expect(await log.at('other', all[3].position)).toBeNull();
  });

  it('replaces in place by its own key, an earlier key or the position', async () => {
    const a = await log.put('c', entry('a', '1'));
    await log.put('c', entry('b', 'after'));
    const again = await log.put('c', entry('a', '2'));
    const renamed = await log.put('c', entry('z', '3', ['a']));
    const placed = await log.put('c', entry('y', '4', ['a'], a.position));
    for (const row of [again, renamed, placed]) expect(row.position).toBe(a.position);
    expect(placed.cursor).toBeGreaterThan(renamed.cursor);
    expect((await log.page('c', null, 9)).map(({ operation }) => operation)).toEqual([
      { text: '4' },
      { text: 'after' },
    ]);
    expect((await log.after('c', renamed.cursor, 9)).map(({ key }) => key)).toEqual(['y']);
  });

  it('changes nothing when the same comes again', async () => {
    const first = await log.put('c', entry('a', 'same'));
    expect(await log.put('c', entry('a', 'same'))).toEqual(first);
    expect(await log.after('c', first.cursor, 9)).toEqual([]);
  });

  it('makes one message of the same delivery from many sides at once', async () => {
    const rows = await Promise.all(
      Array.from({ length: 12 }, (_, i) => log.put('c', entry('a', String(i % 2)))),
    );
    expect(new Set(rows.map(({ position }) => position)).size).toBe(1);
    expect(await log.page('c', null, 9)).toHaveLength(1);
  });

  it('shows no reader a later change before an earlier one', async () => {
    const writing = Array.from({ length: 60 }, (_, i) => log.put('c', entry(`k${i}`, String(i))));
    const seen: string[] = [];
    let cursor = 0;
    while (seen.length < 60) {
      for (const row of await log.after('c', cursor, 7)) {
        seen.push(row.key);
        cursor = row.cursor;
      }
    }
    await Promise.all(writing);
    expect(new Set(seen).size).toBe(60);
  });

  it('keeps text as it was written, NUL and half a surrogate included', async () => {
    const text = 'a\u0000b\ud800c \u202e 😀';
    await log.put('c', entry('a', text));
    expect((await log.page('c', null, 1))[0].operation).toEqual({ text });
  });
});
