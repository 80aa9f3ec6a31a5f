import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createPerson } from '../../fakes/telegram/person.ts';
import { schemaMissing } from '../../fakes/telegram/schema.ts';
import { scriptedTelegram } from '../../fakes/telegram/scripted.ts';
import { createHttpServer } from '../http/index.ts';
import { choices } from './limits.ts';

const secret = 'a-secret_of_this_test_0123456789';
const header = 'x-telegram-bot-api-secret-token';
const update = (id: number, text = 'hello') => ({
  update_id: id,
  message: {
    message_id: 1,
    date: 1_767_224_888,
    chat: { id: 5, type: 'private' },
    from: { id: 5, is_bot: false, first_name: 'P' },
    text,
  },
});
const json = JSON.stringify(update(1));

interface Forged {
  readonly name: string;
  readonly status: number;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}
const good = { [header]: secret, 'content-type': 'application/json' };
const typed = { 'content-type': 'application/json' };

/** Requests that somebody else, or a broken proxy, could make. */
const forged: readonly Forged[] = [
  { name: 'no secret', status: 401, headers: typed, body: json },
  { name: 'an empty secret', status: 401, headers: { ...typed, [header]: '' }, body: json },
  { name: 'a wrong secret', status: 401, headers: { ...typed, [header]: 'wrong' }, body: json },
  {
    name: 'the first half of the secret',
    status: 401,
    headers: { ...typed, [header]: secret.slice(0, 16) },
    body: json,
  },
  {
    name: 'the secret and more',
    status: 401,
    headers: { ...typed, [header]: `${secret}x` },
    body: json,
  },
  {
    name: 'the secret in capitals',
    status: 401,
    headers: { ...typed, [header]: secret.toUpperCase() },
    body: json,
  },
  {
    name: 'the last letter wrong',
    status: 401,
    headers: { ...typed, [header]: `${secret.slice(0, -1)}x` },
    body: json,
  },
  {
    name: 'a very long secret',
    status: 401,
    headers: { ...typed, [header]: 'x'.repeat(4_000) },
    body: json,
  },
  {
    name: 'the secret under another name',
    status: 401,
    headers: { ...typed, authorization: secret },
    body: json,
  },
  {
    name: 'a wrong secret with a huge body',
    status: 401,
    headers: { ...typed, [header]: 'x' },
    body: 'x'.repeat(300_000),
  },
  { name: 'a GET without a secret', status: 401, method: 'GET' },
  { name: 'a GET with the secret', status: 405, method: 'GET', headers: good },
  { name: 'a PUT with the secret', status: 405, method: 'PUT', headers: good, body: json },
  { name: 'a DELETE with the secret', status: 405, method: 'DELETE', headers: good },
  {
    name: 'a form instead of JSON',
    status: 415,
    headers: { ...good, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'update_id=1',
  },
  {
    name: 'plain text',
    status: 415,
    headers: { ...good, 'content-type': 'text/plain' },
    body: json,
  },
  {
    name: 'a body over the limit',
    status: 413,
    headers: good,
    body: JSON.stringify(update(1, 'x'.repeat(choices.updateBytes))),
  },
  {
    name: 'a body over the server limit',
    status: 413,
    headers: good,
    body: 'x'.repeat(5 * 1024 * 1024),
  },
  { name: 'an empty body', status: 400, headers: good, body: '' },
  { name: 'broken JSON', status: 400, headers: good, body: '{"update_id": 1' },
  { name: 'a list', status: 400, headers: good, body: '[]' },
  { name: 'null', status: 400, headers: good, body: 'null' },
  { name: 'no update id', status: 400, headers: good, body: '{"message":{}}' },
  { name: 'an update id that is text', status: 400, headers: good, body: '{"update_id":"1"}' },
  { name: 'a negative update id', status: 400, headers: good, body: '{"update_id":-1}' },
  {
    name: 'a chat of an unknown type',
    status: 400,
    headers: good,
    body: JSON.stringify({
      ...update(1),
      message: { ...update(1).message, chat: { id: 5, type: 'secret' } },
    }),
  },
  {
    name: 'a sender whose id is text',
    status: 400,
    headers: good,
    body: JSON.stringify({
      ...update(1),
      message: { ...update(1).message, from: { id: '5', is_bot: false } },
    }),
  },
];

describe.skipIf(schemaMissing !== null)('the Telegram webhook', () => {
  let running: Awaited<ReturnType<typeof scriptedTelegram>>;
  let http: ReturnType<typeof createHttpServer>;
  let url = '';
  beforeAll(async () => {
    const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
    // Telegram is told the address before it is known, so a port is taken first.
    const probe = createHttpServer({ host: '127.0.0.1', port: 0, log: quiet });
    const address = await probe.start();
    await probe.stop();
    http = createHttpServer({ host: '127.0.0.1', port: Number(new URL(address).port), log: quiet });
    url = `${address}/telegram`;
    running = await scriptedTelegram({ mode: { webhook: { url, secret, http } } });
    await http.start();
    await running.telegram.start();
  });
  afterAll(async () => {
    expect(running.fake.world.violations).toEqual([]);
    await running.stop();
    await http.stop();
  });

  for (const { name, status, method = 'POST', headers = {}, body } of forged) {
    it(`refuses ${name}, and logs nothing of it`, async () => {
      const before = running.lines.length;
      const answer = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
      expect(answer.status).toBe(status);
      expect(running.events).toEqual([]);
      const logged = running.lines.slice(before).join('\n');
      for (const kept of [secret, secret.slice(0, 16), running.fake.token, 'hello', 'xxxx']) {
        expect(logged).not.toContain(kept);
      }
    });
  }

  it('takes what Telegram posts once, however often it comes', async () => {
    createPerson(running.fake, 5).say('/help');
    await running.fake.delivery.posted();
    expect(running.events).toHaveLength(1);
    for (let again = 0; again < 3; again++) {
      const body = JSON.stringify(update(Number(running.events[0].id), 'something else'));
      const answer = await fetch(url, { method: 'POST', headers: good, body });
      expect(answer.status).toBe(200);
    }
    expect(running.events).toHaveLength(1);
    expect(running.events[0].body).toEqual({ kind: 'command', name: 'help', args: '' });
  });

  it('answers 200 only when the event is stored', async () => {
    running.failNext(1);
    const body = JSON.stringify(update(9_001));
    const post = () => fetch(url, { method: 'POST', headers: good, body });
    expect((await post()).status).toBe(503);
    expect(running.events).toHaveLength(1);
    expect((await post()).status).toBe(200);
    expect(running.events).toHaveLength(2);
  });

  it('is set with the secret, and only for what is read', async () => {
    const call = running.fake.calls.find(({ method }) => method === 'setWebhook');
    expect(call?.params).toMatchObject({ url, secret_token: secret });
    expect(running.fake.world.webhook).toEqual({ url, secret });
    await vi.waitFor(() => expect(running.telegram.fault()).toBe(null));
  });
});
