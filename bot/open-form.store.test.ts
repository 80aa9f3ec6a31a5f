import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { type LinkBench, openLinkBench, threeChats } from '../fakes/link-bench.ts';
import { stopTestPostgres } from '../fakes/postgres.ts';

afterAll(stopTestPostgres);

let bench: LinkBench;
beforeEach(async () => {
  bench = await openLinkBench('postgres');
});
afterEach(() => bench.store.close());

test("somebody else's form does not open, is not checked, and both stand in the record", async () => {
  const [web, telegram] = await threeChats(bench, '1');
  await web.said('/goal 20k by June 2030');
  await web.pressed('Edit');
  const token = web.find('Fill in a form').do;
  expect(await bench.bot.openForm(token, web.source)).toHaveProperty('form');
  const refused = { refused: expect.stringContaining('belongs to someone else') };
  expect(await bench.bot.openForm(token, telegram.source)).toEqual(refused);
  expect(await bench.bot.checkForm(token, telegram.source, {})).toEqual(refused);
  await bench.bot.idle();
  const { workspace, person } = await telegram.person();
  const rows = await bench.store.read.audit.list(workspace, 0, 999);
  const noted = rows.filter(({ kind }) => kind === 'button-refused');
  expect(noted.map(({ actor }) => actor)).toEqual([person, person]);
});
