import { Api } from 'grammy';
import emulator from 'telegram-test-api';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Event } from '../../bot/event.ts';
import { quiet } from '../../fakes/store.ts';
import { words } from '../../fakes/telegram/scripted.ts';
import { createLeapingTimer } from '../../fakes/telegram/timer.ts';
import { createPace } from './pace.ts';
import { parse } from './parse.ts';
import { createPolling } from './polling.ts';
import { createSender } from './sender.ts';

/** A CommonJS package whose export is the class itself, whatever its types say. */
const TelegramServer = emulator as unknown as typeof emulator.default;
let port = 20_000 + (process.pid % 20_000);

const token = '7000002:second_opinion_0123456789';
const press = 'v1.AAAAAAAAAAAAAAAA.BBBBBBBBBBBBBBBB';

/**
 * Somebody else's emulator of the Bot API, for the calls that it knows: it has no menu, webhook
 * information, photos or files, so the adapter's parts are put together without them.
 */
describe('Keel on the emulator of telegram-test-api', () => {
  const self = { id: 7_000_002, username: 'second_bot' };
  let server: InstanceType<typeof TelegramServer>;
  let polling: ReturnType<typeof createPolling>;
  let sender: ReturnType<typeof createSender>;
  let events: Event[];
  beforeEach(async () => {
    port += 1;
    server = new TelegramServer({ port, host: '127.0.0.1' });
    await server.start();
    const api = new Api(token, { apiRoot: server.config.apiURL });
    const images = { png: async () => new Uint8Array() };
    const timer = createLeapingTimer();
    sender = createSender({ api, pace: createPace(timer), images, log: quiet, now: timer.now });
    events = [];
    polling = createPolling({
      api,
      log: quiet,
      fault: () => undefined,
      pauseMs: 20,
      take: async (update) => {
        const parsed = parse(update, self, 1);
        if (parsed.kind === 'event') events.push(parsed.event);
      },
    });
  });
  afterEach(async () => {
    await polling.stop();
    await server.stop();
  });

  it('reads what is written, answers with buttons, and reads the press', async () => {
    const client = server.getClient(token, { timeout: 5_000, chatId: 9, userId: 9 });
    await client.sendCommand(client.makeCommand('/start'));
    await polling.start();
    await vi.waitFor(() => expect(events).toHaveLength(1), 5_000);
    expect(events[0]).toMatchObject({
      source: { conversation: '9', identity: '9' },
      body: { kind: 'command', name: 'start' },
    });
    const action = { kind: 'choice', label: 'Yes', do: press } as const;
    await sender.deliver({ chat: '9' }, words('a', 'Is 3 < 4?', { actions: [action] }), null);
    const { result } = await client.getUpdates();
    expect(result[0].message).toMatchObject({
      chat_id: '9',
      text: 'Is 3 &lt; 4?',
      parse_mode: 'HTML',
      reply_markup: { inline_keyboard: [[{ text: 'Yes', callback_data: press }]] },
    });
    const callback = client.makeCallbackQuery(press, {
      message: { message_id: result[0].messageId },
    } as never);
    await client.sendCallback(callback);
    await vi.waitFor(() => expect(events).toHaveLength(2), 5_000);
    expect(events[1].body).toEqual({ kind: 'button', token: press });
  });

  it('edits its message in place', async () => {
    const client = server.getClient(token, { timeout: 5_000, chatId: 9, userId: 9 });
    const ids = await sender.deliver({ chat: '9' }, words('a', 'before'), null);
    expect(await sender.deliver({ chat: '9' }, words('a', 'after'), ids)).toEqual(ids);
    const { result } = await client.getUpdates();
    expect(result[0].message.text).toBe('after');
  });
});
