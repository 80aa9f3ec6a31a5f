import { afterEach, describe, expect, it } from 'vitest';
import { seededDeliveries, seededFaults } from './faults.ts';
import { createDiscordPerson } from './person.ts';
import { discordRates } from './rates.ts';
import { createRaw } from './raw.ts';
import { answerFlaws, specMissing } from './schema.ts';
import { type DiscordOptions, startDiscord } from './server.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function start(options: DiscordOptions = {}) {
  const fake = await startDiscord(options);
  closing.push(() => fake.stop());
  const direct = fake.world.direct('2001').id;
  return { fake, ask: createRaw(fake), path: `/channels/${direct}/messages`, direct };
}

describe.skipIf(specMissing !== null)(`Discord's REST interface${specMissing ?? ''}`, () => {
  it('answers in the official shapes', async () => {
    const { fake, ask, path, direct } = await start();
    const button = { type: 2, style: 1, label: 'Go', custom_id: 'a' };
    const card = {
      flags: 32_768,
      components: [
        {
          type: 17,
          accent_color: 255,
          components: [
            { type: 10, content: 'x' },
            { type: 12, items: [{ media: { url: 'attachment://c.png' }, description: 'A chart' }] },
            { type: 14, divider: true, spacing: 1 },
            { type: 9, components: [{ type: 10, content: 'y' }], accessory: button },
          ],
        },
      ],
    };
    const sent = await ask('POST', path, card, { files: { 'c.png': Buffer.from('png') } });
    const documented = '/channels/{channel_id}/messages';
    expect(answerFlaws('POST', documented, 200, sent.body)).toEqual([]);
    const commands = '/applications/{application_id}/commands';
    const put = await ask('PUT', `/applications/${fake.applicationId}/commands`, [
      { name: 'help', description: 'Help' },
    ]);
    expect(answerFlaws('PUT', commands, 200, put.body)).toEqual([]);
    for (const same of ['/gateway/bot', '/users/@me', '/applications/@me']) {
      const { status, body } = await ask('GET', same);
      expect([same, status, answerFlaws('GET', same, 200, body)]).toEqual([same, 200, []]);
    }
    const opened = await ask('POST', '/users/@me/channels', { recipient_id: '2001' });
    expect(opened.body.id).toBe(direct);
    expect(answerFlaws('POST', '/users/@me/channels', 200, opened.body)).toEqual([]);
    expect(await ask('POST', `/channels/${direct}/typing`)).toMatchObject({ status: 204 });
    expect(fake.world.violations).toEqual([]);
  });

  it('knows whose message it is, who blocked the bot, and where the bot may not go', async () => {
    const { fake, ask, path, direct } = await start();
    const ada = createDiscordPerson(fake, '2001');
    ada.typed('hello');
    const [own] = ada.messages();
    const edited = await ask('PATCH', `${path}/${own.id}`, { content: 'x' });
    expect(edited).toMatchObject({ status: 403, body: { code: 50005 } });
    expect(await ask('DELETE', `${path}/${own.id}`)).toMatchObject({ body: { code: 50003 } });
    expect(fake.world.violations).toHaveLength(2);
    ada.block();
    const blocked = await ask('POST', path, { content: 'x' });
    expect(blocked).toMatchObject({ status: 403, body: { code: 50007 } });
    ada.unblock();
    expect(await ask('POST', path, { content: 'x' })).toMatchObject({ status: 200 });
    const channel = fake.world.channelIn('900', '901');
    channel.readable = false;
    const hidden = await ask('POST', '/channels/901/messages', { content: 'x' });
    expect(hidden).toMatchObject({ status: 403, body: { code: 50001 } });
    channel.readable = true;
    channel.writable = false;
    const mute = await ask('POST', '/channels/901/messages', { content: 'x' });
    expect(mute).toMatchObject({ status: 403, body: { code: 50013 } });
    fake.world.guild('900').joined = false;
    expect(await ask('GET', '/channels/901')).toMatchObject({ body: { code: 50001 } });
    expect(await ask('GET', '/channels/77')).toMatchObject({ status: 404, body: { code: 10003 } });
    const gone = await ask('PATCH', `/channels/${direct}/messages/5`, { content: 'x' });
    expect(gone).toMatchObject({ status: 404, body: { code: 10008 } });
    expect(fake.world.violations).toHaveLength(2);
  });

  it('takes only the right token, and none once it is revoked', async () => {
    const { fake, ask, path } = await start();
    const wrong = await ask('POST', path, { content: 'x' }, { token: 'guess' });
    expect(wrong).toMatchObject({ status: 401 });
    expect(fake.world.violations).toHaveLength(1);
    fake.revoke();
    expect(await ask('GET', '/users/@me')).toMatchObject({ status: 401 });
    expect(fake.world.violations).toHaveLength(1);
  });

  it('knows no other path, and no body that is not JSON', async () => {
    const { fake, ask, path } = await start();
    expect(await ask('POST', '/messages', {})).toMatchObject({ status: 404 });
    expect(await ask('GET', `${path}?limit=5`)).toMatchObject({ status: 200 });
    expect(await ask('GET', `${path}?count=5`)).toMatchObject({ status: 400 });
    expect(await ask('GET', `${path}?limit=500`)).toMatchObject({ status: 400 });
    const response = await fetch(`${fake.url}/api/v10${path}`, {
      method: 'POST',
      headers: { authorization: `Bot ${fake.token}`, 'content-type': 'application/json' },
      body: '{',
    });
    expect([response.status, await response.json()]).toEqual([
      400,
      { code: 50109, message: 'The request body contains invalid JSON.' },
    ]);
    expect(fake.world.violations).toHaveLength(4);
  });

  it('tells its limits in headers, and refuses what goes over them until the time has come', async () => {
    let at = 1_000_000;
    const { fake, ask, path } = await start({ rates: discordRates, paceNow: () => at });
    const left: (string | null)[] = [];
    for (let i = 0; i < 5; i++) {
      const { headers } = await ask('POST', path, { content: 'x' });
      left.push(headers.get('x-ratelimit-remaining'));
    }
    expect(left).toEqual(['4', '3', '2', '1', '0']);
    const over = await ask('POST', path, { content: 'x' });
    expect(over).toMatchObject({ status: 429, body: { retry_after: 5, global: false } });
    expect(over.headers.get('retry-after')).toBe('5');
    expect(over.headers.get('x-ratelimit-scope')).toBe('user');
    const other = `/channels/${fake.world.direct('2002').id}/messages`;
    expect(await ask('POST', other, { content: 'x' })).toMatchObject({ status: 200 });
    at += 5_000;
    expect(await ask('POST', path, { content: 'x' })).toMatchObject({ status: 200 });
  });

  it('counts all requests of the bot together, interactions apart', async () => {
    const limits = { bucket: () => ({ limit: 1_000, ms: 1_000 }), globalPerSecond: 3 };
    let at = 1_000_000;
    const { fake, ask } = await start({ rates: limits, paceNow: () => at });
    for (let i = 0; i < 3; i++) await ask('GET', '/users/@me');
    const over = await ask('GET', '/users/@me');
    expect(over).toMatchObject({ status: 429, body: { global: true } });
    expect(over.headers.get('x-ratelimit-global')).toBe('true');
    const hook = await ask('POST', `/webhooks/${fake.applicationId}/none`, { content: 'x' });
    expect(hook.status).toBe(404);
    at += 1_001;
    expect(await ask('GET', '/users/@me')).toMatchObject({ status: 200 });
  });

  it('bans an address that keeps asking for what it is refused', async () => {
    let at = 1_000_000;
    const { fake, ask, path } = await start({ invalidBound: 3, paceNow: () => at });
    const ada = createDiscordPerson(fake, '2001');
    ada.block();
    for (let i = 0; i < 3; i++) await ask('POST', path, { content: 'x' });
    expect(fake.rates.invalid()).toBe(3);
    at += 10 * 60_000;
    for (let i = 0; i < 3; i++) await ask('POST', path, { content: 'x' });
    expect(fake.world.violations).toEqual([]);
    await ask('POST', path, { content: 'x' });
    expect(fake.world.violations).toEqual([expect.stringContaining('banned')]);
    const banned = await ask('GET', '/users/@me');
    expect(banned).toMatchObject({ status: 429, body: { text: 'error code: 1015' } });
  });

  it('does to requests what it is told: limits, breaks, loses, hides and holds', async () => {
    const { fake, ask, path, direct } = await start();
    const standing = () => [...fake.world.channels.get(direct)!.messages.values()].length;
    fake.inject(() => ({ kind: 'limited', retryAfter: 0.25, shared: true }));
    const limited = await ask('POST', path, { content: 'x' });
    expect(limited).toMatchObject({ status: 429, body: { retry_after: 0.25 } });
    expect([limited.headers.get('x-ratelimit-scope'), fake.rates.invalid()]).toEqual(['shared', 0]);
    fake.inject(() => ({ kind: 'broken', status: 502 }));
    expect(await ask('POST', path, { content: 'x' })).toMatchObject({ status: 502 });
    fake.inject(() => ({ kind: 'lost' }));
    await expect(ask('POST', path, { content: 'x' })).rejects.toThrow('fetch failed');
    expect(standing()).toBe(0);
    fake.inject(() => ({ kind: 'hidden' }));
    await expect(ask('POST', path, { content: 'x' })).rejects.toThrow('fetch failed');
    expect(standing()).toBe(1);
    expect(fake.world.sent).toEqual([expect.objectContaining({ hidden: true })]);
    let release: (value: unknown) => void = () => undefined;
    const until = new Promise((resolve) => {
      release = resolve;
    });
    fake.inject(() => ({ kind: 'held', until }));
    const held = ask('POST', path, { content: 'y' });
    release(null);
    expect(await held).toMatchObject({ status: 200 });
    expect(fake.world.violations).toEqual([]);
  });

  it('does the same for the same seed', () => {
    const draw = (seed: number) => {
      const next = seededFaults(seed, { limited: 0.2, hidden: 0.2 });
      const call = { method: 'GET', route: '/', params: {}, body: null, count: 0 };
      return Array.from({ length: 50 }, () => next(call)?.kind ?? 'none');
    };
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    expect(new Set(draw(1))).toEqual(new Set(['limited', 'hidden', 'none']));
    const deliver = seededDeliveries(3, { twice: 0.5, later: 0.5 });
    expect(new Set(Array.from({ length: 20 }, deliver))).toEqual(new Set(['twice', 'later']));
  });
});
