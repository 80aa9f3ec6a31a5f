import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase, openStore, type StoreSettings } from '../adapters/store/index.ts';
import { madeMarket } from '../bot/advice/made-market.fixture.ts';
import { makeAdvice } from '../bot/advice/make.ts';
import { openAdviceDesk } from '../fakes/advice-desk.ts';
import { pgliteTemplate, quiet } from '../fakes/store.ts';
import * as sample from '../fakes/store-samples.ts';
import { replayAll } from './replay.ts';

const panel = madeMarket(900);
let settings: StoreSettings;
beforeEach(async () => {
  const home = mkdtempSync(join(tmpdir(), 'keel-replay-'));
  settings = { home, log: quiet, template: await pgliteTemplate() };
});
afterEach(() => rmSync(settings.home, { recursive: true, force: true }));

/** Advice for two people of two workspaces, the first of them twice. */
async function advised(): Promise<readonly string[]> {
  const store = await openStore(settings);
  const ids: string[] = [];
  const given = async (name: string, installation: string, cash: number) => {
    const own = openAdviceDesk(panel);
    own.desk.cash = cash;
    const person = await sample.resolve(store, name, installation);
    const { recommendations, artifacts } = store.read;
    const id = `advice-${ids.length + 1}`;
    const context = {
      ...own.plain(),
      person,
      read: { ...own.plain().read, recommendations, artifacts },
      newId: () => id,
    };
    const advice = await makeAdvice(context, 0.02, {
      run: () => Promise.reject(new Error('Nothing here takes long.')),
    });
    await store.transact((tx) => advice.keep(tx));
    ids.push(id);
  };
  await given('anna', 'one', 10_000);
  await given('anna', 'one', 30_000);
  await given('bert', 'two', 500);
  await store.close();
  return ids;
}

async function change(statement: string): Promise<void> {
  const database = await openDatabase(settings);
  await database.db.execute(sql.raw(statement));
  await database.close();
}

it('replays every advice of every workspace and counts them', async () => {
  await advised();
  const { lines, whole } = await replayAll(settings);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(
    /^3 recommendations in .* replay to the same bits, 0 came from another engine version, 0 differ\.$/,
  );
  expect(whole).toBe(true);
});

it('names an advice that was slipped in beside the audit record', async () => {
  const [first] = await advised();
  await change(
    `insert into recommendations overriding user value select * from json_populate_record(null::recommendations,
      (select to_jsonb(r) || '{"id": "forged"}' from recommendations r where id = '${first}')::json)`,
  );
  const { lines, whole } = await replayAll(settings);
  expect(lines).toHaveLength(2);
  expect(lines[0]).toBe('forged: the audit record does not know it.');
  expect(whole).toBe(false);
});

it('tells an altered result, altered reasons and lost prices apart', async () => {
  const [first, second, third] = await advised();
  await change(
    `update recommendations set result = replace(result, '"years"', '"yearz"') where id = '${first}'`,
  );
  await change(`update recommendations set drivers = '[]' where id = '${second}'`);
  const { lines, whole } = await replayAll(settings);
  expect(lines.slice(0, 2)).toEqual([
    `${first}: not what the audit record says was advised: result.`,
    `${second}: differs in drivers.`,
  ]);
  expect(lines[2]).toMatch(/^1 recommendations in .* 2 differ\.$/);
  expect(whole).toBe(false);
  await change('delete from artifacts where octet_length(body) > 20000');
  const later = await replayAll(settings);
  expect(later.lines.find((line) => line.startsWith(third))).toMatch(/no longer in the store/);
});

it('counts advice of another engine version without calling it wrong', async () => {
  const [first] = await advised();
  await change(`update recommendations set engine_version = '0' where id = '${first}'`);
  const { lines, whole } = await replayAll(settings);
  expect(lines[0]).toBe(`${first}: came from engine 0, which this one cannot compare with.`);
  expect(lines.at(-1)).toMatch(/1 came from another engine version/);
  expect(whole).toBe(true);
});

it('says so when there is no advice yet', async () => {
  const { lines, whole } = await replayAll(settings);
  expect(lines[0]).toMatch(/^0 recommendations in /);
  expect(whole).toBe(true);
});
