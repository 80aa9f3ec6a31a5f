import { createPerson } from '../fakes/telegram/person.ts';
import { type FakeTelegram, startTelegram } from '../fakes/telegram/server.ts';
import { createLeapingTimer } from '../fakes/telegram/timer.ts';
import type { FakeUpdate } from '../fakes/telegram/world.ts';
import type { ChatPlatform, Delivery } from './chat-stage.ts';
import { disturbances } from './disturbed.ts';
import { waitFor } from './settled.ts';

export interface TelegramPlatform extends ChatPlatform {
  readonly fake: FakeTelegram;
}

/** Telegram, which either posts updates to a webhook or is asked for them. */
export const openTelegram =
  (way: 'webhook' | 'polling') =>
  async (clock: { now(): number }): Promise<TelegramPlatform> => {
    const timer = createLeapingTimer();
    const fake = await startTelegram({ now: clock.now, paceNow: timer.now });
    const disturbed = disturbances();
    async function polled(update: FakeUpdate): Promise<void> {
      fake.delivery.push(update);
      await waitFor('an update taken in', () => fake.world.updates.length === 0);
    }
    async function posted(update: FakeUpdate): Promise<void> {
      const status = await fake.delivery.post(update);
      if (status !== 200) throw new Error(`The webhook answered ${status}.`);
    }
    const carried = (update: FakeUpdate): Delivery => ({
      post: () => (way === 'polling' ? polled(update) : disturbed.carry(() => posted(update))),
    });
    return {
      fake,
      name: `telegram by ${way}`,
      env: (port) => ({
        TELEGRAM_BOT_TOKEN: fake.token,
        TELEGRAM_API_ROOT: fake.url,
        ...(way === 'webhook' ? { TELEGRAM_WEBHOOK_URL: `http://127.0.0.1:${port}/telegram` } : {}),
      }),
      options: { chatTime: timer },
      person(at) {
        const person = createPerson(fake, 501 + at);
        return {
          said: (text) => carried(person.typed(text)),
          pressed: (label) => carried(person.pressed(label)),
          sentFile: (name, content) => carried(person.sentFile(name, content)),
          standing: () =>
            person.messages().map(({ text, keyboard }) => ({
              words: text,
              labels: keyboard
                .flat()
                .filter((button) => ![undefined, 'choose'].includes(button.callback_data))
                .map((button) => button.text),
            })),
        };
      },
      violations: () => fake.world.violations,
      disturb: disturbed.begin,
      release: () => undefined,
      leap: (ms) => timer.leap(ms),
      stop: () => fake.stop(),
    };
  };
