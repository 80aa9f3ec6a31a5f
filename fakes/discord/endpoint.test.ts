import { createPublicKey, verify } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscordPerson } from './person.ts';
import { createRaw, type Raw } from './raw.ts';
import { specMissing } from './schema.ts';
import { type FakeDiscord, startDiscord } from './server.ts';

const spki = Buffer.from('302a300506032b6570032100', 'hex');

type Reply = { status: number; body?: unknown };

/** A small application behind a URL; `careless` ones look at no signature. */
async function application(publicKey: string, careless = false) {
  const key = createPublicKey({
    key: Buffer.concat([spki, Buffer.from(publicKey, 'hex')]),
    format: 'der',
    type: 'spki',
  });
  const app = {
    url: '',
    took: [] as unknown[],
    answer: (_: unknown): Reply => ({ status: 200, body: { type: 4, data: { content: 'Hi' } } }),
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const stamp = String(request.headers['x-signature-timestamp']);
    const signature = Buffer.from(String(request.headers['x-signature-ed25519']), 'hex');
    if (!careless && !verify(null, Buffer.from(stamp + body), key, signature)) {
      response.writeHead(401).end('invalid request signature');
      return;
    }
    const payload = JSON.parse(body) as { type: number };
    const reply = payload.type === 1 ? { status: 200, body: { type: 1 } } : app.answer(payload);
    if (payload.type !== 1) app.took.push(payload);
    response
      .writeHead(reply.status, { 'content-type': 'application/json' })
      .end(reply.body === undefined ? '' : JSON.stringify(reply.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  app.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/interactions`;
  return app;
}

describe.skipIf(specMissing !== null)(`interactions by HTTP${specMissing ?? ''}`, () => {
  let fake: FakeDiscord;
  let ask: Raw;
  let at = 1_780_000_000_000;
  let apps: Awaited<ReturnType<typeof application>>[] = [];

  beforeEach(async () => {
    fake = await startDiscord({ now: () => at });
    ask = createRaw(fake);
    await ask('PUT', `/applications/${fake.applicationId}/commands`, [
      { name: 'help', description: 'Help' },
    ]);
  });
  afterEach(async () => {
    for (const app of apps) await app.stop();
    apps = [];
    await fake.stop();
  });

  async function registered(careless = false) {
    const app = await application(fake.publicKey, careless);
    apps.push(app);
    const answer = await ask('PATCH', '/applications/@me', { interactions_endpoint_url: app.url });
    return { app, answer };
  }

  it('are posted, signed, to a URL that passed the check, and answered in the response', async () => {
    const { app, answer } = await registered();
    expect(answer.body).toMatchObject({ interactions_endpoint_url: app.url });
    const ada = createDiscordPerson(fake, '2001');
    const { interaction } = ada.run('help');
    await fake.delivery.posted();
    expect(app.took).toEqual([interaction.payload]);
    expect(ada.standing().map(({ words }) => words)).toEqual(['Hi']);
    expect(fake.world.violations).toEqual([]);
  });

  it('do not go to a URL that takes a forged signature', async () => {
    const { answer } = await registered(true);
    expect(answer).toMatchObject({ status: 400, body: { code: 50035 } });
    expect(JSON.stringify(answer.body)).toContain('forged signature was answered with 200');
    expect(fake.world.endpoint).toBeNull();
  });

  it('may be acknowledged with 202 and answered by the callback', async () => {
    const { app } = await registered();
    app.answer = () => ({ status: 202 });
    const ada = createDiscordPerson(fake, '2001');
    const { interaction } = ada.run('help');
    await fake.delivery.posted();
    const path = `/interactions/${interaction.id}/${interaction.token}/callback`;
    await ask('POST', path, { type: 4, data: { content: 'Later' } }, { token: null });
    expect(ada.standing().map(({ words }) => words)).toEqual(['Later']);
    expect(fake.world.violations).toEqual([]);
  });

  it.each([
    ['a wrong status', () => ({ status: 500 }), '500'],
    [
      'an unknown field',
      () => ({ status: 200, body: { type: 4, data: { text: 'x' } } }),
      'UNKNOWN',
    ],
    [
      'too long words',
      () => ({ status: 200, body: { type: 4, data: { content: 'x'.repeat(2_001) } } }),
      '2000',
    ],
    [
      'a wrong type',
      () => ({ status: 200, body: { type: 7, data: { content: 'x' } } }),
      'does not fit',
    ],
  ])('are not answered by %s', async (_, answer, why) => {
    const { app } = await registered();
    app.answer = answer;
    const ada = createDiscordPerson(fake, '2001');
    const { interaction } = ada.run('help');
    await fake.delivery.posted();
    expect(fake.world.violations).toEqual([expect.stringContaining(why)]);
    expect(interaction.answer).toBeNull();
  });

  it('are answered within three seconds', async () => {
    const { app } = await registered();
    app.answer = () => {
      at += 3_001;
      return { status: 200, body: { type: 5 } };
    };
    createDiscordPerson(fake, '2001').run('help');
    await fake.delivery.posted();
    expect(fake.world.violations).toEqual([expect.stringContaining('10062')]);
  });

  it('come twice when told to, and the second answer is only refused', async () => {
    const { app } = await registered();
    const ada = createDiscordPerson(fake, '2001');
    fake.delivery.inject(() => 'twice');
    ada.run('help');
    await fake.delivery.posted();
    expect(app.took).toHaveLength(2);
    expect(ada.standing()).toHaveLength(1);
    expect(fake.world.violations).toEqual([]);
  });

  it('can be forged in any way, to see them refused', async () => {
    const { app } = await registered();
    const ada = createDiscordPerson(fake, '2001');
    const { payload } = ada.commanded('help').interaction;
    const forged = await fake.endpoint.forge(payload, (headers) => ({
      ...headers,
      'x-signature-timestamp': '1',
    }));
    expect(forged.status).toBe(401);
    expect(app.took).toEqual([]);
    expect((await fake.endpoint.forge(payload, (same) => same)).status).toBe(200);
  });
});
