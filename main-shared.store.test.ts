import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openWebClient, textOf } from './demo/web-client.ts';
import { startPostgres, type TestPostgres } from './fakes/postgres.ts';
import { brokersOn, openStartBench } from './fakes/start-bench.ts';

let bench: ReturnType<typeof openStartBench>;
let home: string;
beforeAll(() => {
  bench = openStartBench();
});
beforeEach(() => {
  home = bench.newHome();
});
afterAll(() => bench.close());

describe('what another program holds', () => {
  test('a port in use, until it is free', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const port = String(typeof address === 'object' && address !== null && address.port);
    expect(await bench.refusal({ KEEL_HOME: home, KEEL_PORT: port })).toMatch(
      new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is already in use: stop the other program, or`),
    );
    await new Promise((resolve) => taken.close(resolve));
    await bench.stops(await bench.starts({ KEEL_HOME: home, KEEL_PORT: port }));
  });

  test('the same home, until the first is gone, even by a kill', async () => {
    const first = await bench.starts({ KEEL_HOME: home });
    expect(await bench.refusal({ KEEL_HOME: home })).toMatch(
      new RegExp(`^The database folder .* is in use by process ${first.pid}: stop it first, or`),
    );
    first.signal('SIGKILL');
    await first.ended;
    await bench.stops(await bench.starts({ KEEL_HOME: home }));
    expect(existsSync(join(home, 'db.lock'))).toBe(false);
  });
});

describe('a Postgres that cannot be used', () => {
  let server: TestPostgres;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  test('is named by place and reason, never with its password, and then used', async () => {
    const url = new URL(await server.fresh());
    const at = (change: (to: URL) => void): string => {
      const to = new URL(url);
      to.password = 'hunter2';
      change(to);
      return to.href;
    };
    const cases: readonly (readonly [string, RegExp])[] = [
      [
        at((to) => {
          to.port = '1';
        }),
        /could not be reached \(ECONNREFUSED\); check that it is running/,
      ],
      [
        at((to) => {
          to.hostname = 'nowhere.invalid';
        }),
        /nowhere\.invalid:\d+ could not be reached/,
      ],
      [at(() => undefined), /refused the user or password; check DATABASE_URL/],
      [
        at((to) => {
          to.password = url.password;
          to.pathname = '/absent';
        }),
        /does not exist at .*; create it/,
      ],
    ];
    for (const [address, said] of cases) {
      const words = await bench.refusal({ KEEL_HOME: home, DATABASE_URL: address });
      expect(words).toMatch(said);
    }
    await bench.stops(await bench.starts({ KEEL_HOME: home, DATABASE_URL: url.href }));
  });
});

test('a picture named .csv in the middle of the questions is refused, and no answer is lost', async () => {
  const keel = await bench.starts({ KEEL_HOME: home });
  const client = await openWebClient(await keel.ready);
  await client.say('hello');
  await client.press('I have read this and agree');
  await client.press('In 6 to 10 years');
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13);
  const replies = await client.upload('holdings.csv', png, 'text/csv');
  expect(replies.map(textOf).join()).toContain('That is a picture (PNG), which I cannot read.');
  expect((await client.say('/profile')).map(textOf).join()).toContain('Question 2 of 10');
  client.close();
  await bench.stops(keel);
});

test('a stop ends open streams, is over in 3 seconds, and the conversation goes on after it', async () => {
  const first = await bench.starts({ KEEL_HOME: home });
  const address = await first.ready;
  const client = await openWebClient(address);
  const headers = { cookie: client.cookie, origin: address };
  await client.say('hello');
  await client.press('I have read this and agree');
  await client.press('In 6 to 10 years');
  client.close();
  const stream = await fetch(`${address}/web/events?after=0`, { headers });
  expect(stream.ok).toBe(true);
  const began = performance.now();
  await bench.stops(first);
  expect(performance.now() - began).toBeLessThan(3_000);
  expect(existsSync(join(home, 'db.lock'))).toBe(false);
  expect(brokersOn(home)).toEqual([]);

  const second = await bench.starts({ KEEL_HOME: home });
  const url = await second.ready;
  const send = (path: string, init: RequestInit = {}) =>
    fetch(`${url}/web/${path}`, {
      ...init,
      headers: { cookie: client.cookie, origin: url, 'content-type': 'application/json' },
    });
  const told = await send('messages', {
    method: 'POST',
    body: JSON.stringify({ id: randomUUID(), text: '/profile' }),
  });
  expect(told.status).toBe(202);
  const history = async () => (await send('history')).text();
  await expect.poll(history, { timeout: 20_000 }).toContain('/profile');
  expect(await history()).toContain('You agreed to this on');
  expect(await history()).toContain('Question 2 of 10');
  second.signal('SIGINT');
  expect((await second.ended).code).toBe(0);
});
