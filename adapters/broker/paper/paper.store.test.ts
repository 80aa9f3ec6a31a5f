import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { PortError } from '../../../bot/errors.ts';
import { toUnits } from '../../../bot/money.ts';
import type { BrokerOrder, Logger } from '../../../bot/ports.ts';
import type { PaperBroker } from './client.ts';
import { paperBroker } from './client.ts';
import type { PaperProcess } from './start.ts';
import { startPaperBroker } from './start.ts';

const quiet: Logger = { info: () => {}, warn: () => {}, error: () => {} };
const folder = mkdtempSync(join(tmpdir(), 'keel-paper-'));
let server: PaperProcess;
let broker: PaperBroker;

beforeAll(async () => {
  server = await startPaperBroker({
    file: join(folder, 'a', 'paper.db'),
    log: quiet,
    control: true,
  });
  broker = paperBroker(() => server.endpoint(), { timeoutMs: 20_000 });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

let account = '';
let serial = 0;
beforeEach(async () => {
  account = `w:${++serial}`;
  await broker.control({ do: 'clear' });
  await broker.feed([
    { asset: 'SPY', price: 100, day: 20_000, source: 'test' },
    { asset: 'BTC-USD', price: 50_000, day: 20_000, source: 'test' },
    { asset: 'GLD', price: Number.NaN, day: 20_000, source: 'test' },
  ]);
  await put('opening', null, 0, 100_000n);
});

function put(id: string, asset: string | null, units: number, minor: bigint) {
  const cash = { minor, currency: 'USD' };
  return broker.transfer({ id: `${account}:${id}`, account, asset, units: toUnits(units), cash });
}

function order(leg: number, side: 'buy' | 'sell', asset: string, units: number): BrokerOrder {
  const clientOrderId = serial.toString(16).padStart(30, '0') + leg.toString(16).padStart(2, '0');
  return { clientOrderId, account, asset, side, units: toUnits(units) };
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof PortError ? `${error.code}: ${error.message}` : String(error);
}

test('a buy is filled at the quote plus spread, slippage and commission, to the cent', async () => {
  const status = await broker.submit(order(0, 'buy', 'SPY', 3));
  expect(status).toMatchObject({ state: 'filled', filledUnits: toUnits(3), reason: null });
  // 3 x 100.05 = 300.15; funds pay no commission.
  expect(status.fills[0]).toMatchObject({ price: 100.05, amount: { minor: 30_015n } });
  const coin = await broker.submit(order(1, 'buy', 'BTC-USD', 0.01));
  // 0.01 x 50,000 x 1.0015 = 500.75; commission 15 basis points of it, rounded up to a cent.
  expect(coin.fills[0]).toMatchObject({ amount: { minor: 50_075n }, commission: { minor: 76n } });
  expect(await broker.account(account)).toEqual({
    account,
    cash: { minor: 100_000n - 30_015n - 50_075n - 76n, currency: 'USD' },
    positions: [
      { asset: 'BTC-USD', units: 1_000_000n },
      { asset: 'SPY', units: toUnits(3) },
    ],
  });
});

test('cash and positions never go below zero', async () => {
  expect(await broker.submit(order(0, 'buy', 'SPY', 10))).toMatchObject({
    state: 'rejected',
    reason: 'Not enough cash in the account.',
    fills: [],
  });
  expect(await broker.submit(order(1, 'sell', 'SPY', 1))).toMatchObject({
    state: 'rejected',
    reason: 'The account holds 0 SPY, less than the 1 to sell.',
  });
  expect(await codeOf(put('out', null, 0, -100_001n))).toBe(
    'refused: Not enough cash in the account.',
  );
  expect((await broker.account(account)).cash.minor).toBe(100_000n);
});

test('the same id with the same content is answered with the first order', async () => {
  const first = await broker.submit(order(0, 'buy', 'SPY', 3));
  expect(await broker.submit(order(0, 'buy', 'SPY', 3))).toEqual(first);
  expect(await codeOf(broker.submit(order(0, 'buy', 'SPY', 4)))).toContain('duplicate');
  expect((await broker.account(account)).positions[0].units).toBe(toUnits(3));
});

test('units follow the asset: whole steps, except to sell everything', async () => {
  expect(await broker.submit(order(0, 'buy', 'SPY', 0.00001))).toMatchObject({
    state: 'rejected',
    reason: 'SPY trades in steps of 0.0001.',
  });
  await put('odd', 'SPY', 1.00001, 0n);
  expect((await broker.submit(order(1, 'sell', 'SPY', 1.00001))).state).toBe('filled');
});

test('without a usable quote or while halted an order is rejected with the reason', async () => {
  expect((await broker.submit(order(0, 'buy', 'GLD', 1))).reason).toBe('There is no quote of GLD.');
  await broker.control({ do: 'halt', asset: 'SPY', halted: true });
  expect((await broker.submit(order(1, 'buy', 'SPY', 1))).reason).toBe('Trading in SPY is halted.');
  await broker.control({ do: 'halt', asset: 'SPY', halted: false });
  expect((await broker.submit(order(2, 'buy', 'SPY', 1))).state).toBe('filled');
});

test('a transfer counts once, and its id cannot be used for something else', async () => {
  await put('gift', 'SPY', 2, 0n);
  await put('gift', 'SPY', 2, 0n);
  expect((await broker.account(account)).positions[0].units).toBe(toUnits(2));
  expect(await codeOf(put('gift', 'SPY', 3, 0n))).toContain('duplicate');
});

test('an order that is accepted without an answer in time can be looked up', async () => {
  const hasty = paperBroker(() => server.endpoint(), { timeoutMs: 400 });
  for (const [leg, kind] of (['never-answer', 'drop-answer', 'garble-answer'] as const).entries()) {
    await broker.control({
      do: 'fault',
      rule: { on: 'submit', after: 0, times: 1, fault: { kind } },
    });
    const wanted = order(leg, 'buy', 'SPY', 1);
    expect(await codeOf(hasty.submit(wanted))).toMatch(/^(timeout|unreachable|bad-answer): /);
    expect((await broker.find(wanted.clientOrderId))?.state).toBe('filled');
  }
  expect(await broker.find('f'.repeat(32))).toBeNull();
});

test('what is unavailable does nothing', async () => {
  await broker.control({
    do: 'fault',
    rule: { on: 'submit', after: 1, times: 1, fault: { kind: 'unavailable' } },
  });
  expect((await broker.submit(order(0, 'buy', 'SPY', 1))).state).toBe('filled');
  expect(await codeOf(broker.submit(order(1, 'buy', 'SPY', 1)))).toContain('unreachable');
  expect(await broker.find(order(1, 'buy', 'SPY', 1).clientOrderId)).toBeNull();
});

test('a part fill waits, and is then filled up or cancelled', async () => {
  const part = { kind: 'fill-part', part: 0.5 } as const;
  await broker.control({ do: 'fault', rule: { on: 'submit', after: 0, times: 2, fault: part } });
  const one = order(0, 'buy', 'SPY', 2);
  const two = order(1, 'buy', 'SPY', 4);
  expect(await broker.submit(one)).toMatchObject({
    state: 'partly-filled',
    filledUnits: toUnits(1),
  });
  expect((await broker.submit(two)).state).toBe('partly-filled');
  await broker.control({ do: 'release', clientOrderId: one.clientOrderId });
  expect(await broker.find(one.clientOrderId)).toMatchObject({ state: 'filled' });
  expect((await broker.find(one.clientOrderId))?.fills).toHaveLength(2);
  expect(await broker.cancel(two.clientOrderId)).toMatchObject({
    state: 'cancelled',
    filledUnits: toUnits(2),
    reason: 'Cancelled on request.',
  });
});

test('an order cancelled before it arrives is not taken when it does', async () => {
  const wanted = order(0, 'buy', 'SPY', 1);
  expect((await broker.cancel(wanted.clientOrderId)).state).toBe('cancelled');
  expect(await broker.submit(wanted)).toMatchObject({ state: 'cancelled', fills: [] });
  expect((await broker.account(account)).positions).toEqual([]);
});

test('a wrong token, a wrong path and wrong content are refused', async () => {
  const at = server.endpoint()!;
  const stranger = paperBroker(() => ({ ...at, token: `${at.token.slice(1)}0` }));
  expect(await codeOf(stranger.account(account))).toBe('refused: Wrong token.');
  const ask = (path: string, body: string) =>
    fetch(at.url + path, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${at.token}` },
    }).then((response) => response.status);
  expect(await ask('/orders', '{')).toBe(400);
  expect(await ask('/orders', '{"units":1e309}')).toBe(400);
  expect(await ask('/orders', 'null')).toBe(400);
  expect(await ask('/nothing', '{}')).toBe(404);
  expect(await ask('/orders', `"${'x'.repeat(2_100_000)}"`)).toBe(413);
});

test('a killed broker comes back with everything it had answered for', async () => {
  const filled = await broker.submit(order(0, 'buy', 'SPY', 3));
  const before = await broker.account(account);
  const pid = server.pid()!;
  const down = waitUntilDown(pid);
  process.kill(pid, 'SIGKILL');
  await down;
  await server.ready();
  expect(server.pid()).not.toBe(pid);
  expect(await broker.find(filled.clientOrderId)).toEqual(filled);
  expect(await broker.account(account)).toEqual(before);
});

test('without the flag the control door does not exist', async () => {
  const plain = await startPaperBroker({ file: join(folder, 'b.db'), log: quiet, now: 42 });
  try {
    const other = paperBroker(() => plain.endpoint());
    expect(await codeOf(other.control({ do: 'clear' }))).toBe('refused: There is nothing here.');
  } finally {
    await plain.stop();
  }
  expect(plain.pid()).toBeNull();
});

test('a damaged file stops the start with one sentence that says what to do', async () => {
  const file = join(folder, 'damaged.db');
  writeFileSync(file, 'this is not a database, and long enough to be read as one '.repeat(100));
  expect(await codeOf(startPaperBroker({ file, log: quiet }))).toBe(
    `damaged: The paper broker cannot open ${file} (file is not a database); restore it from a backup, or move it away to begin with an empty account.`,
  );
});

test('a broker does not outlive a parent that was killed', async () => {
  const start = new URL('./start.ts', import.meta.url).href;
  const script = `
    const { startPaperBroker } = await import(${JSON.stringify(start)});
    const log = { info() {}, warn() {}, error() {} };
    const running = await startPaperBroker({ file: ${JSON.stringify(join(folder, 'c.db'))}, log });
    console.log(running.pid());
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: parent.stdout });
  const pid = await new Promise<number>((resolve) => {
    lines.once('line', (line) => resolve(Number(line)));
  });
  expect(isAlive(pid)).toBe(true);
  parent.kill('SIGKILL');
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(isAlive(pid)).toBe(false);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Resolves when the handle has noticed that this process is gone. */
async function waitUntilDown(pid: number): Promise<void> {
  while (server.pid() === pid) await new Promise((resolve) => setTimeout(resolve, 5));
}
