import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openStartBench, smallMarket } from './fakes/start-bench.ts';

let bench: ReturnType<typeof openStartBench>;
let home: string;
beforeAll(() => {
  bench = openStartBench();
});
beforeEach(() => {
  home = bench.newHome();
});
afterAll(() => bench.close());

describe('wrong settings stop the start with one sentence that says what to write', () => {
  test.each([
    [{ KEEL_PRICES: 'bloomberg' }, /^KEEL_PRICES is wrong: write sandbox/],
    [{ KEEL_PRICES: 'sandbox:x' }, /^KEEL_PRICES is wrong: write sandbox/],
    [{ KEEL_PORT: '99999' }, /^KEEL_PORT is wrong: write a port number from 0 to 65535/],
    [{ KEEL_PRCES: 'sandbox' }, /^KEEL_PRCES is not a setting.*Did you mean KEEL_PRICES\?/],
    [{ KEEL_ROLE: 'boss' }, /^KEEL_ROLE is wrong: write all, chat or worker/],
    [{ KEEL_SECRET: 'hunter2' }, /^KEEL_SECRET is wrong: write at least 32 random characters/],
    [{ DATABASE_URL: 'mysql://u:hunter2@h/d' }, /^DATABASE_URL is wrong: write postgres:/],
    [{ KEEL_PRICES: 'csv:nowhere.csv' }, /names nowhere\.csv, which is not a file; write csv:/],
  ])('%o', async (settings, said) => {
    const words = await bench.refusal({ KEEL_HOME: home, ...settings });
    expect(words).toMatch(said);
    expect(existsSync(join(home, 'db'))).toBe(false);
  });

  test('a settings file that cannot be read, and one that is wrong', async () => {
    mkdirSync(join(bench.folder, 'a', '.env'), { recursive: true });
    expect(await bench.refusal({ KEEL_HOME: home }, join(bench.folder, 'a'))).toMatch(
      /^The settings file \.env cannot be read/,
    );
    mkdirSync(join(bench.folder, 'b'));
    writeFileSync(join(bench.folder, 'b', '.env'), 'KEEL_LOG=loud\n');
    expect(await bench.refusal({ KEEL_HOME: home }, join(bench.folder, 'b'))).toMatch(
      /^KEEL_LOG is wrong: write debug, info/,
    );
  });
});

describe('files that cannot be used stop the start, and it starts once they can', () => {
  test('a price file that is no price file', async () => {
    const file = join(bench.folder, 'broken.csv');
    const broken: readonly (readonly [string | Uint8Array, RegExp])[] = [
      ['hello,world\n1,2\n', /its first column is not called "date"; write date,SPY,AGG/],
      ['', /cannot be used: .*Check KEEL_PRICES/],
      [Uint8Array.of(0x1f, 0x8b, 8, 0, 0), /cannot be used: .*Check KEEL_PRICES/],
      ['date,NOPE,NADA\n2026-01-02,1,2\n', /found none.*Check KEEL_PRICES/],
    ];
    for (const [content, said] of broken) {
      writeFileSync(file, content);
      expect(await bench.refusal({ KEEL_HOME: home, KEEL_PRICES: `csv:${file}` })).toMatch(said);
    }
    writeFileSync(file, smallMarket());
    await bench.stops(await bench.starts({ KEEL_HOME: home, KEEL_PRICES: `csv:${file}` }));
  });

  test('a home that is a file, or below one', async () => {
    writeFileSync(home, 'not a folder');
    const said =
      /^Keel cannot keep its data in .* \((?:EEXIST|ENOTDIR)\): set KEEL_HOME to a folder/;
    expect(await bench.refusal({ KEEL_HOME: home })).toMatch(said);
    expect(await bench.refusal({ KEEL_HOME: join(home, 'below') })).toMatch(said);
    expect(await bench.refusal({ KEEL_HOME: home, KEEL_SECRET: 's'.repeat(40) })).toMatch(
      /KEEL_HOME/,
    );
    rmSync(home);
    await bench.stops(await bench.starts({ KEEL_HOME: home }));
  });

  test('a damaged secret, database or paper broker file', async () => {
    await bench.stops(await bench.starts({ KEEL_HOME: home }));
    const damage = async (path: string, said: RegExp) => {
      const file = join(home, path);
      const whole = readFileSync(file);
      writeFileSync(file, randomBytes(Math.max(20, whole.length)));
      expect(await bench.refusal({ KEEL_HOME: home })).toMatch(said);
      writeFileSync(file, whole);
    };
    await damage(
      'secret',
      /^The secret in .* is damaged\. Restore it from your backup, or delete it/,
    );
    await damage(
      'paper-broker.db',
      /^The paper broker cannot open .*; restore it from a backup, or/,
    );
    await damage(
      join('db', 'global', 'pg_control'),
      /^The database folder .* cannot be read .*: restore/,
    );
    await damage(
      join('db', 'PG_VERSION'),
      /^The database folder .* cannot be read .*: restore a backup/,
    );
    await bench.stops(await bench.starts({ KEEL_HOME: home }));
    rmSync(join(home, 'db'), { recursive: true });
    mkdirSync(join(home, 'db'));
    writeFileSync(join(home, 'db', 'holiday.jpg'), 'x');
    expect(await bench.refusal({ KEEL_HOME: home })).toMatch(
      /^The database folder .* holds something that is not a database/,
    );
  });
});
