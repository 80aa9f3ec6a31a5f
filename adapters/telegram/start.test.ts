import { afterEach, describe, expect, it, vi } from 'vitest';
import { createPerson } from '../../fakes/telegram/person.ts';
import { schemaMissing } from '../../fakes/telegram/schema.ts';
import { scriptedTelegram } from '../../fakes/telegram/scripted.ts';
import { sentences } from './faults.ts';
import { createTelegram } from './index.ts';

describe.skipIf(schemaMissing !== null)('starting on Telegram', () => {
  let running: Awaited<ReturnType<typeof scriptedTelegram>> | null = null;
  afterEach(async () => {
    const { world } = running!.fake;
    expect(world.violations).toEqual([]);
    expect(running!.lines.join()).not.toContain(world.token);
    await running!.stop();
  });
  const second = (token: string, apiRoot: string) =>
    createTelegram({
      token,
      apiRoot,
      mode: 'polling',
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      clock: { now: () => 0 },
      images: { png: async () => new Uint8Array() },
      commands: [],
    });

  it('puts the commands into the menu and reads what people write', async () => {
    running = await scriptedTelegram();
    expect(running.telegram.address()).toBeNull();
    await running.telegram.start();
    expect(running.telegram.address()).toBe('https://t.me/keel_test_bot');
    expect(running.fake.world.commands).toEqual([
      { command: 'help', description: 'Everything I can do' },
    ]);
    createPerson(running.fake, 5).say('/start');
    await vi.waitFor(() => expect(running!.events).toHaveLength(1));
    expect(running.events[0]).toMatchObject({
      source: { platform: 'telegram', installation: '7000001', conversation: '5', identity: '5' },
      body: { kind: 'command', name: 'start' },
    });
  });

  it('says what to do about a token that Telegram does not know', async () => {
    running = await scriptedTelegram();
    const wrong = second('7000001:wrong-wrong-wrong-wrong', running.fake.url);
    await expect(wrong.start()).rejects.toThrow(sentences.token);
  });

  it('says what to do when the token is revoked midway', async () => {
    running = await scriptedTelegram();
    await running.telegram.start();
    running.fake.revoke();
    await vi.waitFor(() => expect(running!.telegram.fault()).toBe(sentences.revoked));
    const told = running.lines.filter((line) => line.includes(sentences.revoked));
    expect(told).toHaveLength(1);
  });

  it('says what to do when a webhook is set elsewhere', async () => {
    running = await scriptedTelegram();
    running.fake.world.webhook = { url: 'https://other.example.org/hook', secret: '' };
    await expect(running.telegram.start()).rejects.toThrow(sentences.webhook('other.example.org'));
  });

  it('says what to do when a webhook is set midway, and goes on when it is gone', async () => {
    running = await scriptedTelegram();
    await running.telegram.start();
    running.fake.world.webhook = { url: 'https://other.example.org/hook', secret: '' };
    createPerson(running.fake, 5);
    running.fake.delivery.interrupt(new Error('gone') as never);
    await vi.waitFor(() => expect(running!.telegram.fault()).toBe(sentences.webhookLost));
    running.fake.world.webhook = { url: '', secret: '' };
    createPerson(running.fake, 6).say('hello');
    await vi.waitFor(() => expect(running!.telegram.fault()).toBe(null));
    expect(running.events).toHaveLength(1);
  });

  it('says what to do when a second poller reads the same bot', async () => {
    running = await scriptedTelegram();
    await running.telegram.start();
    const other = second(running.fake.token, running.fake.url);
    other.connect({ receive: async () => true, openForm: async () => ({ refused: '' }) });
    await other.start();
    await vi.waitFor(() => expect(running!.telegram.fault()).toBe(sentences.poller));
    await other.stop();
    await vi.waitFor(() => expect(running!.fake.calls.length).toBeGreaterThan(5));
  });

  it('does not come back after it was stopped while Telegram was away', async () => {
    running = await scriptedTelegram();
    running.fake.inject((method) => (method === 'getMe' ? { kind: 'broken', status: 502 } : null));
    await running.telegram.start();
    expect(running.telegram.fault()).toBe(sentences.away);
    running.fake.inject((method) => (method === 'getMe' ? { kind: 'slow', ms: 100 } : null));
    await vi.waitFor(() =>
      expect(running!.fake.calls.filter(({ method }) => method === 'getMe')).toHaveLength(2),
    );
    await running.telegram.stop();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(running.fake.calls.some(({ method }) => method === 'getUpdates')).toBe(false);
  });

  it('waits through a long outage without piling anything up', async () => {
    const added = vi.spyOn(AbortSignal.prototype, 'addEventListener');
    const removed = vi.spyOn(AbortSignal.prototype, 'removeEventListener');
    running = await scriptedTelegram({ pollPauseMs: 1 });
    await running.telegram.start();
    running.fake.inject((method) =>
      method === 'getUpdates' ? { kind: 'broken', status: 502 } : null,
    );
    running.fake.delivery.interrupt(new Error('gone') as never);
    await vi.waitFor(() => expect(running!.fake.calls.length).toBeGreaterThan(50));
    await running.telegram.stop();
    expect(added.mock.calls.length - removed.mock.calls.length).toBeLessThan(40);
    vi.restoreAllMocks();
  });

  it('loses no update when the store is away for a moment', async () => {
    running = await scriptedTelegram();
    await running.telegram.start();
    running.failNext(2);
    const person = createPerson(running.fake, 5);
    person.say('one');
    person.say('two');
    await vi.waitFor(() => expect(running!.events).toHaveLength(2));
    expect(running.events.map((event) => event.body)).toEqual([
      { kind: 'text', text: 'one' },
      { kind: 'text', text: 'two' },
    ]);
  });
});
