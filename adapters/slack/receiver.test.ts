import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSlackPerson } from '../../fakes/slack/person.ts';
import { schemaMissing } from '../../fakes/slack/schema.ts';
import { type Scripted, scriptedSlack } from './scripted.fixture.ts';

interface Request {
  body: string;
  headers: Record<string, string>;
}

const now = 1_780_000_000_000;

describe.skipIf(schemaMissing !== null)('requests that claim to be from Slack', () => {
  let running: Scripted;
  beforeEach(async () => {
    running = await scriptedSlack({
      fake: { now: () => now, signNow: () => now },
      slack: { wallNow: () => now },
    });
    await running.slack.start();
  });
  afterEach(async () => {
    const said = running.lines.join('\n');
    for (const secret of [running.fake.token(), running.fake.app.signingSecret, 'v0=', 'hello']) {
      expect(said).not.toContain(secret);
    }
    await running.stop();
  });

  /** A request as Slack sends it, signed. */
  function genuine(kind: 'event' | 'command' = 'event'): Request {
    const person = createSlackPerson(running.fake, 'T0001', 'U0001');
    const delivery = kind === 'event' ? person.typed('hello') : person.commanded('/keel', 'hello');
    return running.fake.delivery.request(delivery);
  }
  const sign = (body: string, at: number, secret = running.fake.app.signingSecret) => ({
    'x-slack-request-timestamp': String(at),
    'x-slack-signature': `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`,
  });
  const signedNow = (body: string) => sign(body, now / 1_000);
  const changed = (body: string, change: object) =>
    JSON.stringify({ ...(JSON.parse(body) as object), ...change });
  async function post({ body, headers }: Request): Promise<Response> {
    const url = `${running.address}/slack/events`;
    return fetch(url, { method: 'POST', body, headers });
  }

  it('takes the genuine one, so that the others are refused for what is wrong with them', async () => {
    expect((await post(genuine())).status).toBe(200);
    expect((await post(genuine('command'))).status).toBe(200);
    expect(running.events).toHaveLength(2);
  });

  const forgeries: readonly [name: string, forge: (request: Request) => Request][] = [
    [
      'without a signature',
      ({ body, headers: { 'x-slack-signature': _, ...headers } }) => ({ body, headers }),
    ],
    [
      'without a timestamp',
      ({ body, headers: { 'x-slack-request-timestamp': _, ...headers } }) => ({ body, headers }),
    ],
    [
      'with an empty signature',
      (r) => ({ ...r, headers: { ...r.headers, 'x-slack-signature': '' } }),
    ],
    [
      'with the signature of another version',
      (r) => ({
        ...r,
        headers: {
          ...r.headers,
          'x-slack-signature': r.headers['x-slack-signature'].replace('v0=', 'v1='),
        },
      }),
    ],
    [
      'with a signature cut short',
      (r) => ({
        ...r,
        headers: { ...r.headers, 'x-slack-signature': r.headers['x-slack-signature'].slice(0, -2) },
      }),
    ],
    [
      'with one digit of the signature changed',
      (r) => ({
        ...r,
        headers: {
          ...r.headers,
          'x-slack-signature': r.headers['x-slack-signature'].replace(/.$/, (digit) =>
            digit === '0' ? '1' : '0',
          ),
        },
      }),
    ],
    [
      'with the signature of zeros',
      (r) => ({ ...r, headers: { ...r.headers, 'x-slack-signature': `v0=${'0'.repeat(64)}` } }),
    ],
    [
      'with letters in the signature',
      (r) => ({ ...r, headers: { ...r.headers, 'x-slack-signature': `v0=${'z'.repeat(64)}` } }),
    ],
    [
      'signed with another secret',
      (r) => ({ ...r, headers: { ...r.headers, ...sign(r.body, now / 1_000, 'another') } }),
    ],
    [
      'signed with an empty secret',
      (r) => ({ ...r, headers: { ...r.headers, ...sign(r.body, now / 1_000, '') } }),
    ],
    ['whose body was changed', (r) => ({ ...r, body: r.body.replace('hello', 'hullo') })],
    ['whose body has a blank more', (r) => ({ ...r, body: `${r.body} ` })],
    ['whose body was taken away', (r) => ({ ...r, body: '' })],
    [
      'whose timestamp was renewed',
      (r) => ({
        ...r,
        headers: { ...r.headers, 'x-slack-request-timestamp': String(now / 1_000 - 1) },
      }),
    ],
    [
      'from six minutes ago, signed well',
      (r) => ({ ...r, headers: { ...r.headers, ...sign(r.body, now / 1_000 - 301) } }),
    ],
    [
      'from a day ago, signed well',
      (r) => ({ ...r, headers: { ...r.headers, ...sign(r.body, now / 1_000 - 86_400) } }),
    ],
    [
      'from six minutes ahead, signed well',
      (r) => ({ ...r, headers: { ...r.headers, ...sign(r.body, now / 1_000 + 301) } }),
    ],
    [
      'from a far future, signed well',
      (r) => ({ ...r, headers: { ...r.headers, ...sign(r.body, now * 1_000) } }),
    ],
    [
      'with a timestamp of words',
      (r) => ({ ...r, headers: { ...r.headers, ...sign(r.body, Number.NaN) } }),
    ],
    [
      'with a negative timestamp',
      (r) => ({ ...r, headers: { ...r.headers, ...sign(r.body, -5) } }),
    ],
    [
      'with the signature of another request',
      (r) => ({ ...r, headers: { ...r.headers, ...signedNow('{}') } }),
    ],
  ];
  it.each(forgeries)('refuses one %s', async (_, forge) => {
    const answer = await post(forge(genuine()));
    expect(answer.status).toBe(401);
    expect(await answer.text()).not.toContain('hello');
    expect(running.events).toEqual([]);
    expect(running.lines.join()).toContain('a request was refused');
  });

  it('takes one that is nearly five minutes off in either direction', async () => {
    for (const off of [-299, 299]) {
      const { body, headers } = genuine();
      const signed = { ...headers, ...sign(body, now / 1_000 + off) };
      expect((await post({ body, headers: signed })).status).toBe(200);
    }
  });

  it('stores a request that is replayed within its time once', async () => {
    const request = genuine();
    for (let round = 0; round < 3; round++) expect((await post(request)).status).toBe(200);
    expect(running.events).toHaveLength(1);
  });

  it.each([
    ['a workspace that has not installed Keel', { team_id: 'T0666', authorizations: [] }],
    ['another app', { api_app_id: 'A0OTHER' }],
    ['no workspace at all', { team_id: null, authorizations: null }],
    [
      'an enterprise that has not installed Keel',
      {
        enterprise_id: 'E0666',
        authorizations: [{ team_id: 'T0001', enterprise_id: 'E0666', is_enterprise_install: true }],
      },
    ],
  ])('refuses a signed one for %s, and wants it never again', async (_, change) => {
    expect((await post(genuine())).status).toBe(200);
    const { body, headers } = genuine();
    const other = changed(body, change);
    const answer = await post({ body: other, headers: { ...headers, ...signedNow(other) } });
    expect(answer.status).toBe(403);
    expect(answer.headers.get('x-slack-no-retry')).toBe('1');
    expect(running.events).toHaveLength(1);
  });

  it.each([
    ['no JSON', '{"type":', 'application/json'],
    ['JSON that is no delivery', '{"type":"event_callback"}', 'application/json'],
    ['a list', '[1,2]', 'application/json'],
    ['a form without a command', 'a=1', 'application/x-www-form-urlencoded'],
    ['an interaction that is no JSON', 'payload=%7B', 'application/x-www-form-urlencoded'],
    ['another type', '{}', 'text/plain'],
  ])('refuses a signed one of %s', async (_, body, type) => {
    const answer = await post({ body, headers: { 'content-type': type, ...signedNow(body) } });
    expect(answer.status).toBe(400);
    expect(running.events).toEqual([]);
  });

  it('refuses a body that is too large before it is read', async () => {
    const body = 'x'.repeat(600_000);
    const answer = await post({ body, headers: signedNow(body) });
    expect(answer.status).toBe(413);
  });

  it('answers the check of its address, when it is signed', async () => {
    expect(await running.fake.events.verifyUrl()).toBe(true);
    const body = JSON.stringify({ type: 'url_verification', challenge: 'abc' });
    const headers = { 'content-type': 'application/json', ...sign(body, 1, 'x') };
    expect((await post({ body, headers })).status).toBe(401);
  });
});
