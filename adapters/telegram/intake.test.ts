import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPerson } from '../../fakes/telegram/person.ts';
import { schemaMissing } from '../../fakes/telegram/schema.ts';
import { scriptedTelegram } from '../../fakes/telegram/scripted.ts';

describe.skipIf(schemaMissing !== null)('what one person sends holds back nobody else', () => {
  let running: Awaited<ReturnType<typeof scriptedTelegram>>;
  beforeEach(async () => {
    running = await scriptedTelegram();
    await running.telegram.start();
  });
  afterEach(() => running.stop());
  const taken = (count: number) =>
    vi.waitFor(() => expect(running.events).toHaveLength(count), 3_000);

  it.each([
    ['fa-raw', 'fa'],
    ['zh-hans-raw', 'zh'],
    ['classic-zh-cn', 'en-US'],
    ['en-x', 'en'],
    ['x', 'en-US'],
    ['pt-br', 'pt-BR'],
  ])('a phone in the language "%s" is answered in "%s"', async (language, locale) => {
    createPerson(running.fake, 5, { language }).say('hello');
    await taken(1);
    expect(running.events[0].locale).toBe(locale);
  });

  it('a file that Telegram does not hand out is asked for again, and the next is heard', async () => {
    running.fake.inject((method) =>
      method === 'getFile' ? { kind: 'broken', status: 502 } : null,
    );
    const person = createPerson(running.fake, 5);
    person.upload('holdings.csv', Buffer.from('SPY,12\n'));
    createPerson(running.fake, 6).say('hello');
    await taken(1);
    expect(running.events[0].source.identity).toBe('6');
    const asked = running.fake.calls.filter(({ method }) => method === 'getFile');
    expect(asked).toHaveLength(3);
    await vi.waitFor(() => expect(person.messages().at(-1)?.text).toMatch(/send it again/));
  });

  it('a store that is away is called so, without what was written', async () => {
    running.failNext(1);
    createPerson(running.fake, 5).say('my secret plan');
    await taken(1);
    const told = running.lines.filter((line) => line.startsWith('warn'));
    expect(told.join()).toMatch(/could not be stored/);
    expect(told.join()).not.toMatch(/Telegram could not be reached|secret plan/);
  });

  it('data that no button of ours holds is cleaned', async () => {
    const person = createPerson(running.fake, 5);
    const update = person.typed('hello');
    const message = update.message as Record<string, unknown>;
    running.fake.delivery.push({
      update_id: update.update_id,
      callback_query: { id: '1', from: message.from, message, data: 'a\0b\ud800' },
    });
    await taken(1);
    expect(running.events[0].body).toEqual({ kind: 'button', token: 'a\ufffdb\ufffd' });
  });
});
