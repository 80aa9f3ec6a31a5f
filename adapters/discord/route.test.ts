import { generateKeyPairSync, sign } from 'node:crypto';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { type SigningKey, signedHeaders, signingKey } from '../../fakes/discord/signing.ts';
import { realTimer } from '../timer.ts';
import { interactionRoutes } from './interactions-route.ts';
import { choices } from './limits.ts';
import type { Interaction } from './payload.ts';

const now = 1_795_000_000_000;
const seconds = now / 1_000;
const key = signingKey(1);
const ping = JSON.stringify({ id: '1', application_id: '2', type: 1, token: 'a-token' });
const command = JSON.stringify({
  id: '1574410088146272256',
  application_id: '2',
  type: 2,
  token: 'secret-interaction-token',
  context: 0,
  user: { id: '3' },
  data: { name: 'help', type: 1 },
});

interface Sent {
  readonly body?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
}

function opened() {
  const taken: Interaction[] = [];
  const logged: string[] = [];
  const write = (...line: unknown[]) => logged.push(JSON.stringify(line));
  const routes = interactionRoutes({
    publicKey: key.publicHex,
    log: { info: write, warn: write, error: write },
    wall: () => now,
    timer: realTimer,
    heard: () => undefined,
    take: async (interaction, respond) => {
      taken.push(interaction);
      await respond({ type: 6 });
    },
  });
  const app = new Hono();
  app.route('/discord', routes);
  const send = async ({ body = ping, headers = {}, method = 'POST' }: Sent) =>
    app.request('/discord', {
      method,
      headers,
      ...(method === 'GET' ? {} : { body: typeof body === 'string' ? body : Buffer.from(body) }),
    });
  return { taken, logged, send };
}

const signed = (body: string, at: number = seconds, by: SigningKey = key) =>
  signedHeaders(by, String(at), body);
const without = (name: string) => {
  const { [name]: _, ...rest } = signed(command);
  return rest;
};
const changed = (name: string, change: (value: string) => string) => ({
  ...signed(command),
  [name]: change(signed(command)[name]),
});
const signature = 'x-signature-ed25519';
const timestamp = 'x-signature-timestamp';
const flip = (hex: string) => `${hex.slice(0, -1)}${hex.endsWith('0') ? '1' : '0'}`;
const rsa = generateKeyPairSync('rsa', { modulusLength: 1_024 });

/** Requests that somebody else, or a broken proxy, could make. */
const forged: readonly (Sent & { readonly name: string; readonly status?: number })[] = [
  { name: 'no signature', headers: without(signature) },
  { name: 'no time', headers: without(timestamp) },
  { name: 'nothing at all', headers: {} },
  { name: 'an empty signature', headers: changed(signature, () => '') },
  { name: 'the last digit wrong', headers: changed(signature, flip) },
  { name: 'the first digit wrong', headers: changed(signature, (hex) => `0${hex.slice(1)}`) },
  { name: 'half a signature', headers: changed(signature, (hex) => hex.slice(0, 64)) },
  { name: 'a signature and more', headers: changed(signature, (hex) => `${hex}00`) },
  { name: 'zeros', headers: changed(signature, () => '0'.repeat(128)) },
  { name: 'no hex', headers: changed(signature, () => 'z'.repeat(128)) },
  {
    name: 'base64 in place of hex',
    headers: changed(signature, (hex) => Buffer.from(hex, 'hex').toString('base64')),
  },
  { name: 'another key', headers: signed(command, seconds, signingKey(2)) },
  {
    name: 'another kind of key',
    headers: changed(signature, () =>
      sign('sha256', Buffer.from(`${seconds}${command}`), rsa.privateKey).toString('hex'),
    ),
  },
  { name: 'the signature of another body', headers: signed(ping) },
  { name: 'a body with a blank more', headers: signed(command), body: `${command} ` },
  {
    name: 'a body with a changed person',
    headers: signed(command),
    body: command.replace('"3"', '"4"'),
  },
  { name: 'an empty body', headers: signed(command), body: '' },
  {
    name: 'the same signature under another time',
    headers: changed(timestamp, () => `${seconds + 1}`),
  },
  { name: 'a request of six minutes ago, replayed', headers: signed(command, seconds - 360) },
  { name: 'a request of yesterday, replayed', headers: signed(command, seconds - 86_400) },
  { name: 'a time in six minutes', headers: signed(command, seconds + 360) },
  { name: 'a time in milliseconds', headers: signed(command, now) },
  { name: 'a time that is no number', headers: { ...signed(command), [timestamp]: 'now' } },
  { name: 'a negative time', headers: { ...signed(command), [timestamp]: `-${seconds}` } },
  { name: 'a PING that is not signed', headers: {}, body: ping },
  { name: 'a GET', headers: signed(command), method: 'GET', status: 405 },
  { name: 'a DELETE', headers: signed(command), method: 'DELETE', status: 405 },
  {
    name: 'too large a body',
    headers: { ...signed(command), 'content-length': `${choices.interactionBytes + 1}` },
    body: 'x'.repeat(choices.interactionBytes + 1),
    status: 413,
  },
];

describe('interactions by HTTP', () => {
  for (const { name, status = 401, ...request } of forged) {
    it(`refuses ${name}, stores nothing and logs no secret`, async () => {
      const { send, taken, logged } = opened();
      const answer = await send({ body: command, ...request });
      expect(answer.status).toBe(status);
      expect(taken).toEqual([]);
      expect(logged).toHaveLength(1);
      expect(logged.join()).not.toMatch(/secret-interaction-token|[0-9a-f]{64}/);
      expect(await answer.text()).not.toContain('secret');
    });
  }

  it('refuses what is signed and no interaction', async () => {
    for (const body of ['', '{', 'null', '{"type":2}', '[]', command.replace('"secret-', '"../')]) {
      const { send, taken } = opened();
      const answer = await send({ body, headers: signed(body) });
      expect(answer.status).toBe(400);
      expect(taken).toEqual([]);
    }
  });

  it('answers PING with PONG, at both ends of the five minutes', async () => {
    for (const at of [seconds, seconds - 300, seconds + 300]) {
      const { send, taken } = opened();
      const answer = await send({ body: ping, headers: signed(ping, at) });
      expect(answer.status).toBe(200);
      expect(await answer.json()).toEqual({ type: 1 });
      expect(taken).toEqual([]);
    }
  });

  it('takes what Discord signed, byte for byte, and answers in the response', async () => {
    const { send, taken } = opened();
    const body = command.replace('"help"', '"hé\\u006cp 日本 👩‍👩‍👧"').replace('{', '{ \n');
    const answer = await send({ body, headers: signed(body) });
    expect(await answer.json()).toEqual({ type: 6 });
    expect(taken[0].data?.name).toBe('hélp 日本 👩‍👩‍👧');
  });

  it('says that nothing was done when taking it in fails', async () => {
    const routes = interactionRoutes({
      publicKey: key.publicHex,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      wall: () => now,
      timer: realTimer,
      heard: () => undefined,
      take: () => Promise.reject(new Error('a bug')),
    });
    const answer = await routes.request('/', {
      method: 'POST',
      headers: signed(command),
      body: command,
    });
    const { type, data } = (await answer.json()) as { type: number; data: { flags: number } };
    expect(type).toBe(4);
    expect(data.flags & 64).toBe(64);
    expect(JSON.stringify(data)).toContain('Nothing was done');
  });

  it('asks for a key of 64 digits', () => {
    const ports = { ...({} as Parameters<typeof interactionRoutes>[0]), publicKey: 'abcd' };
    expect(() => interactionRoutes(ports)).toThrow(/64 hex digits/);
  });
});
