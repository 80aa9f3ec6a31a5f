import { describe, expect, it } from 'vitest';
import { quiet } from '../../fakes/store.ts';
import { words } from '../../fakes/telegram/scripted.ts';
import { createLeapingTimer } from '../../fakes/telegram/timer.ts';
import { createPace } from './pace.ts';
import { createSender } from './sender.ts';

const long = [0, 1, 2].map((at) => `${at}${'word '.repeat(700)}`).join('\n\n');
const place = { chat: '5' };

/** A sender whose Telegram does with each message what it is told. */
function sending(answer: (text: string, timer: ReturnType<typeof createLeapingTimer>) => unknown) {
  const timer = createLeapingTimer();
  const sent: string[] = [];
  const api = {
    async sendMessage(_chat: string, html: string) {
      await answer(html, timer);
      sent.push(html.slice(0, 1));
      return { message_id: sent.length };
    },
  } as never;
  const images = { png: () => Promise.reject(new Error('none')) };
  const pace = createPace(timer);
  return { sent, sender: createSender({ api, pace, images, log: quiet, now: timer.now }) };
}

describe('a delivery', () => {
  it('that is still on its way is not sent a second time', async () => {
    const { sent, sender } = sending(() => new Promise((resolve) => setImmediate(resolve)));
    const reply = words('a', long);
    const first = sender.deliver(place, reply, null);
    const second = sender.deliver(place, reply, null);
    expect(await second).toEqual(await first);
    expect(sent).toEqual(['0', '1', '2']);
  });

  it('that ended after its caller may have given up is not sent again', async () => {
    const { sent, sender } = sending((_, timer) => timer.leap(5_000));
    const reply = words('a', long);
    const ids = await sender.deliver(place, reply, null);
    expect(await sender.deliver(place, reply, null)).toEqual(ids);
    expect(sent).toEqual(['0', '1', '2']);
  });

  it('is not taken for another one of the same words that broke off', async () => {
    let broken = true;
    const { sent, sender } = sending((text) => {
      if (broken && text.startsWith('1')) throw new Error('away');
    });
    await expect(sender.deliver(place, words('a', long), null)).rejects.toThrow();
    broken = false;
    expect(await sender.deliver(place, words('b', long), null)).toHaveLength(3);
    expect(sent).toEqual(['0', '0', '1', '2']);
  });

  it('that cannot be made is said to be so, and not blamed on the network', async () => {
    const { sender } = sending(() => undefined);
    const options = [{ label: 'x', value: 'v'.repeat(60) }];
    const action = { kind: 'select', label: 'l', do: 'v1.A.B', options } as const;
    const reply = words('a', 'Which?', { actions: [action] });
    await expect(sender.deliver(place, reply, null)).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringMatching(/could not be made.*64 bytes/),
    });
  });

  it('that broke off is remembered, however many did before', async () => {
    let broken = true;
    const { sent, sender } = sending((text) => {
      if (broken && text.startsWith('1')) throw new Error('away');
    });
    for (let at = 0; at < 1_100; at++) {
      const chat = { chat: String(at) };
      await expect(sender.deliver(chat, words('a', long), null)).rejects.toThrow();
    }
    broken = false;
    sent.length = 0;
    await sender.deliver({ chat: '1099' }, words('a', long), null);
    expect(sent).toEqual(['1', '2']);
  });
});
