import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSlackPerson, type SlackPerson } from './person.ts';
import { schemaMissing } from './schema.ts';
import { type FakeSlack, startSlack } from './server.ts';
import { type Answering, call, eventually, listenTo } from './testing.ts';
import { createLeapingTimers } from './timers.ts';

describe.skipIf(schemaMissing !== null)('deliveries of the fake over HTTP', () => {
  const timers = createLeapingTimers();
  let fake: FakeSlack;
  let person: SlackPerson;
  let app: Awaited<ReturnType<typeof listenTo>>;
  let answer: Answering;
  beforeEach(async () => {
    fake = await startSlack({ timers, now: () => 1_780_000_000_000 });
    person = createSlackPerson(fake, 'T0001', 'U1');
    answer = () => ({});
    app = await listenTo(fake, (heard) => answer(heard));
  });
  afterEach(async () => {
    await app.stop();
    await fake.stop();
  });
  const heard = (count: number) => eventually(() => expect(app.heard).toHaveLength(count));

  it('signs what it sends, on the clock that it is given', async () => {
    await person.say('hello');
    const { headers, raw, body } = app.heard[0];
    const at = headers['x-slack-request-timestamp'];
    const hmac = createHmac('sha256', fake.app.signingSecret).update(`v0:${at}:${raw}`);
    expect(at).toBe('1780000000');
    expect(headers['x-slack-signature']).toBe(`v0=${hmac.digest('hex')}`);
    expect(headers['content-type']).toBe('application/json');
    expect(headers['x-slack-retry-num']).toBeUndefined();
    expect(body).toMatchObject({
      type: 'event_callback',
      team_id: 'T0001',
      event: { type: 'message', channel_type: 'im', user: 'U1', text: 'hello' },
    });
  });

  it('sends commands as a form and interactions as a payload in one', async () => {
    await person.command('/keel', 'goal & plan');
    expect(app.heard[0].headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(app.heard[0].body).toMatchObject({
      command: '/keel',
      text: 'goal & plan',
      user_id: 'U1',
      channel_id: person.dm,
      is_enterprise_install: 'false',
    });
    expect(app.heard[0].raw).toContain('response_url=http');
  });

  it('tries an event again at once, after a minute and after five, then gives up', async () => {
    answer = () => ({ status: 500 });
    expect(await person.say('hello')).toMatchObject({ acknowledged: false, reason: 'http_error' });
    await heard(2);
    expect(app.heard[1].headers).toMatchObject({
      'x-slack-retry-num': '1',
      'x-slack-retry-reason': 'http_error',
    });
    await eventually(() => expect(timers.nextIn()).toBe(60_000));
    timers.leap(59_000);
    expect(app.heard).toHaveLength(2);
    timers.leap(1_000);
    await heard(3);
    await eventually(() => expect(timers.nextIn()).toBe(300_000));
    timers.leap(300_000);
    await heard(4);
    await fake.delivery.settled();
    expect(app.heard.map(({ body }) => body.event_id)).toEqual(
      Array(4).fill(app.heard[0].body.event_id),
    );
    expect(fake.world.unanswered).toHaveLength(1);
  });

  it('stops when the app says so with X-Slack-No-Retry', async () => {
    answer = () => ({ status: 500, headers: { 'x-slack-no-retry': '1' } });
    await person.say('hello');
    await fake.delivery.settled();
    expect(app.heard).toHaveLength(1);
  });

  it('takes an answer after three seconds for none, and retries with http_timeout', async () => {
    let go = () => {};
    const after = new Promise<void>((resolve) => {
      go = resolve;
    });
    answer = ({ headers }) => (headers['x-slack-retry-num'] ? {} : { after });
    const said = person.say('hello');
    await heard(1);
    timers.leap(3_000);
    expect(await said).toMatchObject({ acknowledged: false, reason: 'http_timeout' });
    await heard(2);
    expect(app.heard[1].headers['x-slack-retry-reason']).toBe('http_timeout');
    go();
    await fake.delivery.settled();
    expect(fake.world.unanswered).toEqual([]);
  });

  it('does not retry a command or a press; the person sees that it failed', async () => {
    answer = () => ({ status: 500 });
    expect(await person.command('/keel')).toMatchObject({ acknowledged: false });
    await fake.delivery.settled();
    expect(app.heard).toHaveLength(1);
    expect(fake.world.unanswered).toHaveLength(1);
  });

  it('delivers twice, loses acknowledgements, sends nothing and reorders, as scripted', async () => {
    fake.injectDelivery((_, attempt) => (attempt === 0 ? { kind: 'twice' } : null));
    await person.say('twice');
    expect(app.heard).toHaveLength(2);
    fake.injectDelivery((_, attempt) => (attempt === 0 ? { kind: 'ack lost' } : null));
    await person.say('lost');
    await fake.delivery.settled();
    expect(app.heard).toHaveLength(4);
    fake.injectDelivery((_, attempt) => (attempt === 0 ? { kind: 'not sent' } : null));
    await person.say('late');
    await fake.delivery.settled();
    expect(app.heard).toHaveLength(5);
    expect(app.heard[4].headers['x-slack-retry-reason']).toBe('connection_failed');
    fake.injectDelivery(() => ({ kind: 'held' }));
    const both = [person.say('first'), person.say('second')];
    fake.delivery.release();
    await Promise.all(both);
    const texts = app.heard.slice(5).map(({ body }) => (body.event as { text: string }).text);
    expect(texts.sort()).toEqual(['first', 'second']);
    expect(fake.world.unanswered).toEqual([]);
  });

  it('sends the same again, byte for byte', async () => {
    const event = person.typed('once');
    await fake.delivery.push(event);
    await fake.delivery.repeat(event);
    expect(app.heard[1].raw).toBe(app.heard[0].raw);
    expect(app.heard[1].headers['x-slack-retry-num']).toBe('1');
  });

  it("tells the bot of its own direct messages, when a test wants Slack's echoes", async () => {
    const echoing = await startSlack({ timers, echoes: true });
    const own = await listenTo(echoing);
    const { dm } = createSlackPerson(echoing, 'T0001', 'U1');
    const { ts } = await call(echoing, 'chat.postMessage', { channel: dm, text: 'a' });
    await call(echoing, 'chat.update', { channel: dm, ts, text: 'b' });
    await call(echoing, 'chat.delete', { channel: dm, ts });
    await eventually(() => expect(own.heard).toHaveLength(3));
    const told = own.heard.map(({ body }) => body.event as { readonly event_ts: string });
    expect(told.sort((a, b) => Number(a.event_ts) - Number(b.event_ts))).toMatchObject([
      { type: 'message', bot_id: 'BBOT0001', user: 'UBOT0001', text: 'a', channel_type: 'im' },
      { subtype: 'message_changed', message: { text: 'b' } },
      { subtype: 'message_deleted', deleted_ts: ts },
    ]);
    await own.stop();
    await echoing.stop();
  });

  it('sends shortcuts, from the menu and from a message', async () => {
    await person.shortcut('keel_help');
    expect(app.heard[0].body).toMatchObject({ type: 'shortcut', callback_id: 'keel_help' });
    await person.say('hello');
    await person.shortcut('keel_why', person.messages()[0]);
    expect(app.heard[2].body).toMatchObject({
      type: 'message_action',
      message: { text: 'hello' },
      channel: { id: person.dm },
    });
  });

  it('verifies an address by its challenge', async () => {
    answer = ({ body }) => ({ body: { challenge: body.challenge } });
    expect(await fake.events.verifyUrl()).toBe(true);
    answer = () => ({ body: 'something else' });
    expect(await fake.events.verifyUrl()).toBe(false);
  });

  it('shows what a command is answered with, and refuses what is no message', async () => {
    answer = () => ({ body: { response_type: 'ephemeral', text: 'Only you see this.' } });
    await person.command('/keel');
    expect(person.standing()).toMatchObject([{ words: 'Only you see this.', ephemeral: true }]);
    answer = () => ({ body: 'Plain words.' });
    await person.command('/keel');
    expect(person.standing()[1].words).toBe('Plain words.');
    expect(fake.world.violations).toEqual([]);
    answer = () => ({ body: { text: 'x', colour: 'red' } });
    await person.command('/keel');
    expect(fake.world.violations).toEqual([expect.stringContaining('unknown argument colour')]);
  });
});
