import { SocketModeClient } from '@slack/socket-mode';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSlackPerson, type SlackPerson } from './person.ts';
import { schemaMissing } from './schema.ts';
import { type FakeSlack, startSlack } from './server.ts';
import { call, eventually } from './testing.ts';
import { createLeapingTimers } from './timers.ts';

/** A client by hand: it sees every frame. */
async function connect(fake: FakeSlack) {
  const { url } = await call(fake, 'apps.connections.open', {}, fake.app.appToken);
  const socket = new WebSocket(String(url));
  const frames: Record<string, unknown>[] = [];
  socket.addEventListener('message', ({ data }) => frames.push(JSON.parse(String(data))));
  await eventually(() => expect(frames[0]).toMatchObject({ type: 'hello' }));
  return { socket, frames };
}

describe.skipIf(schemaMissing !== null)('Socket Mode of the fake', () => {
  const timers = createLeapingTimers();
  let fake: FakeSlack;
  let person: SlackPerson;
  beforeEach(async () => {
    fake = await startSlack({ timers });
    person = createSlackPerson(fake, 'T0001', 'U1');
  });
  afterEach(() => fake.stop());

  it('hands out envelopes and waits for their acknowledgement', async () => {
    const { socket, frames } = await connect(fake);
    const said = person.say('hello');
    await eventually(() => expect(frames).toHaveLength(2));
    expect(frames[1]).toMatchObject({
      type: 'events_api',
      accepts_response_payload: false,
      retry_attempt: 0,
      payload: { event: { text: 'hello' } },
    });
    socket.send(JSON.stringify({ envelope_id: frames[1].envelope_id, payload: {} }));
    expect(await said).toMatchObject({ acknowledged: true, body: '' });
    expect(fake.world.violations).toEqual([]);
  });

  it('carries answers to commands in the acknowledgement', async () => {
    const { socket, frames } = await connect(fake);
    const asked = person.command('/keel');
    await eventually(() => expect(frames).toHaveLength(2));
    expect(frames[1]).toMatchObject({ type: 'slash_commands', accepts_response_payload: true });
    const { envelope_id } = frames[1];
    socket.send(JSON.stringify({ envelope_id, payload: { text: 'Here you are.' } }));
    await asked;
    expect(person.standing()).toMatchObject([{ words: 'Here you are.', ephemeral: true }]);
  });

  it('carries what is longer than a short frame, both ways', async () => {
    const { socket, frames } = await connect(fake);
    const asked = person.command('/keel', '€'.repeat(30_000));
    await eventually(() => expect(frames).toHaveLength(2));
    expect(frames[1]).toMatchObject({ payload: { text: '€'.repeat(30_000) } });
    const { envelope_id } = frames[1];
    socket.send(JSON.stringify({ envelope_id, payload: { text: '€'.repeat(30_000) } }));
    await asked;
    expect(person.standing()[0].words).toBe('€'.repeat(30_000));
  });

  it('tries again what was not acknowledged within three seconds', async () => {
    const { socket, frames } = await connect(fake);
    const said = person.say('hello');
    await eventually(() => expect(frames).toHaveLength(2));
    timers.leap(3_000);
    expect(await said).toMatchObject({ reason: 'http_timeout' });
    await eventually(() => expect(frames).toHaveLength(3));
    expect(frames[2]).toMatchObject({ retry_attempt: 1, retry_reason: 'http_timeout' });
    expect(frames[2].envelope_id).not.toBe(frames[1].envelope_id);
    socket.send(JSON.stringify({ envelope_id: frames[2].envelope_id }));
    await fake.delivery.settled();
    expect(fake.world.unanswered).toEqual([]);
  });

  it('counts acknowledgements of nothing, broken JSON and unknown keys', async () => {
    const { socket } = await connect(fake);
    socket.send('no json');
    socket.send(JSON.stringify({ envelope_id: 'nothing', extra: 1 }));
    await eventually(() => expect(fake.world.violations).toHaveLength(3));
  });

  it('gives a ticket for one connection only', async () => {
    const { url } = await call(fake, 'apps.connections.open', {}, fake.app.appToken);
    const first = new WebSocket(String(url));
    await new Promise((resolve) => first.addEventListener('open', resolve));
    const second = new WebSocket(String(url));
    await new Promise((resolve) => second.addEventListener('error', resolve));
    expect(fake.sockets.connected()).toBe(1);
    expect(await call(fake, 'apps.connections.open', {}, 'xapp-wrong')).toMatchObject({
      error: 'invalid_auth',
    });
  });

  it('finds nobody when the line is cut; the retry reaches the next connection', async () => {
    await connect(fake);
    fake.sockets.cut();
    await eventually(() => expect(fake.sockets.connected()).toBe(0));
    expect(await person.say('hello')).toMatchObject({ reason: 'connection_failed' });
    await eventually(() => expect(timers.nextIn()).toBe(60_000));
    const { socket, frames } = await connect(fake);
    timers.leap(60_000);
    await eventually(() => expect(frames).toHaveLength(2));
    expect(frames[1]).toMatchObject({ retry_attempt: 2, payload: { event: { text: 'hello' } } });
    socket.send(JSON.stringify({ envelope_id: frames[1].envelope_id }));
    await fake.delivery.settled();
    expect(fake.world.unanswered).toEqual([]);
  });

  it('asks the real client to come again, and is called again', async () => {
    const client = new SocketModeClient({
      appToken: fake.app.appToken,
      clientPingTimeout: 50,
      clientOptions: { slackApiUrl: fake.apiUrl, retryConfig: { retries: 0 } },
    });
    client.on('message', ({ ack }) => ack());
    await client.start();
    await fake.sockets.ready();
    fake.sockets.refresh('refresh_requested');
    await eventually(() => expect(fake.sockets.connected()).toBe(0));
    await fake.sockets.ready();
    expect(await person.say('after')).toMatchObject({ acknowledged: true });
    await client.disconnect();
  });
});
