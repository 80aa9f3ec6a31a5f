import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPerson } from '../../fakes/telegram/person.ts';
import { schemaMissing } from '../../fakes/telegram/schema.ts';
import { scriptedTelegram, words } from '../../fakes/telegram/scripted.ts';
import { pointerText } from './place.ts';

const token = 'v1.AAAAAAAAAAAAAAAA.BBBBBBBBBBBBBBBB';
const foreign = 'v1.CCCCCCCCCCCCCCCC.BBBBBBBBBBBBBBBB';
const group = -1_001;

describe.skipIf(schemaMissing !== null)('Keel on Telegram', () => {
  let running: Awaited<ReturnType<typeof scriptedTelegram>>;
  beforeEach(async () => {
    running = await scriptedTelegram();
    await running.telegram.start();
  });
  afterEach(async () => {
    expect(running.fake.world.violations).toEqual([]);
    await running.stop();
  });
  const to = (id: number, conversation = String(id)) => ({
    platform: 'telegram',
    installation: '7000001',
    conversation,
    identity: String(id),
  });
  const inChat = (chat: number) => [...running.fake.world.chat(chat).messages.values()];
  const fromBot = (chat: number) => inChat(chat).filter((message) => message.from === null);
  const taken = (count: number) =>
    vi.waitFor(() => expect(running.events).toHaveLength(count), 3_000);

  it('answers a press after it is stored, so that the phone stops waiting', async () => {
    const person = createPerson(running.fake, 5);
    person.say('hello');
    const action = { kind: 'choice', label: 'Why?', do: token } as const;
    await running.telegram.deliver(to(5), words('a', 'Shall I?', { actions: [action] }), null);
    person.press('Why?');
    await taken(2);
    expect(running.events[1].body).toEqual({ kind: 'button', token });
    await vi.waitFor(() => expect(running.fake.world.answers).toHaveLength(1));
  });

  it('opens the command behind a form and says at once what to type', async () => {
    const person = createPerson(running.fake, 5);
    person.say('hello');
    const action = { kind: 'form', label: 'Fill in a form', form: 'goal', do: token } as const;
    await running.telegram.deliver(to(5), words('a', 'What for?', { actions: [action] }), null);
    person.press('Fill in a form');
    await taken(2);
    expect(running.events[1].body).toEqual({ kind: 'command', name: 'goal', args: '' });
    await vi.waitFor(() => expect(running.fake.world.answers).toHaveLength(1));
    const [{ text }] = running.fake.world.answers;
    expect(text).toContain('What is this money for?');
    expect(text).toContain('20k towards a house by June 2032');
    expect(text.length).toBeLessThanOrEqual(200);
  });

  it("refuses somebody else's form in the answer to the press", async () => {
    const person = createPerson(running.fake, 5);
    person.say('hello');
    const action = { kind: 'form', label: 'Fill in', form: 'goal', do: foreign } as const;
    await running.telegram.deliver(to(5), words('a', 'What for?', { actions: [action] }), null);
    person.press('Fill in');
    await vi.waitFor(() => expect(running.fake.world.answers).toHaveLength(1));
    expect(running.fake.world.answers[0].text).toMatch(/someone else/);
    expect(running.events).toHaveLength(1);
  });

  it('reads a file, and says so when it is too large', async () => {
    const person = createPerson(running.fake, 5);
    person.upload('holdings.csv', Buffer.from('SPY,12\n'));
    await taken(1);
    expect(running.events[0].body).toMatchObject({
      kind: 'file',
      file: { name: 'holdings.csv', bytes: 7, content: Buffer.from('SPY,12\n').toString('base64') },
    });
    person.upload('large.csv', Buffer.alloc(1_048_577));
    await vi.waitFor(() => expect(fromBot(5).at(-1)?.text).toMatch(/too large: at most 1 MB/));
    expect(running.events).toHaveLength(1);
  });

  it('holds what is asked in a group in the direct chat', async () => {
    const person = createPerson(running.fake, 5);
    running.fake.world.chat(5).open = true;
    running.fake.delivery.push(person.typedIn(group, '/portfolio@keel_test_bot'));
    await taken(1);
    expect(running.events[0]).toMatchObject({
      surface: 'direct',
      overheard: true,
      source: { conversation: '5', identity: '5' },
      body: { kind: 'command', name: 'portfolio' },
    });
    expect(fromBot(group)).toEqual([]);
  });

  it('points to the direct chat when it may not write there, with the question in the address', async () => {
    const person = createPerson(running.fake, 5);
    running.fake.delivery.push(person.typedIn(group, '/portfolio', 45));
    await vi.waitFor(() => expect(fromBot(group)).toHaveLength(1));
    const [pointer] = fromBot(group);
    expect(pointer).toMatchObject({ text: pointerText, topic: 45 });
    expect(pointer.keyboard[0][0].url).toBe('https://t.me/keel_test_bot?start=do_portfolio');
    expect(running.events).toEqual([]);
    person.say('/start do_portfolio');
    await taken(1);
    expect(running.events[0].body).toEqual({ kind: 'command', name: 'portfolio', args: '' });
  });

  it('takes in a code typed in a group, so that it ends, even when the direct chat is closed', async () => {
    const person = createPerson(running.fake, 5);
    running.fake.delivery.push(person.typedIn(group, '/link ABCD-EFGH'));
    await taken(1);
    expect(running.events[0]).toMatchObject({ overheard: true, source: { conversation: '5' } });
  });

  it('never says a private reply in a group, even when the direct chat is closed', async () => {
    createPerson(running.fake, 5);
    running.fake.world.chat(group);
    running.fake.world.chat(5);
    const secret = words('s', 'You hold $15,000.00.');
    await expect(running.telegram.deliver(to(5, `${group}`), secret, null)).rejects.toMatchObject({
      code: 'gone',
    });
    expect(fromBot(group).map(({ text }) => text)).toEqual([pointerText]);
  });

  it('says a public reply where it was asked, in its topic', async () => {
    running.fake.world.chat(group);
    const open = words('p', 'Markets are closed today.', { visibility: 'public' });
    await running.telegram.deliver(to(5, `${group}/45`), open, null);
    expect(fromBot(group)).toMatchObject([{ text: 'Markets are closed today.', topic: 45 }]);
  });

  it('notes that somebody has blocked the bot, and that they are back', async () => {
    const person = createPerson(running.fake, 5);
    person.say('hello');
    await taken(1);
    running.fake.world.chat(5).open = false;
    const reply = words('a', 'Are you there?');
    await expect(running.telegram.deliver(to(5), reply, null)).rejects.toMatchObject({
      code: 'gone',
    });
    await expect(running.telegram.deliver(to(5), reply, null)).rejects.toMatchObject({
      code: 'gone',
    });
    expect(running.events.slice(1).map(({ body }) => body)).toEqual([
      { kind: 'lifecycle', what: 'blocked' },
    ]);
    running.fake.delivery.push(person.unblocks());
    await taken(3);
    expect(running.events[2].body).toEqual({ kind: 'lifecycle', what: 'unblocked' });
  });

  it('waits as it is told and lets other chats go on', async () => {
    for (const id of [5, 6]) createPerson(running.fake, id).say('hello');
    await taken(2);
    running.fake.inject((method, { chat_id }) =>
      method === 'sendMessage' && chat_id === '5' ? { kind: 'flood', retryAfter: 30 } : null,
    );
    const reply = words('a', 'Hello');
    await expect(running.telegram.deliver(to(5), reply, null)).rejects.toMatchObject({
      code: 'rate-limited',
      retryAfterMs: 30_000,
    });
    running.fake.inject(() => null);
    await running.telegram.deliver(to(6), reply, null);
    // The chat is still held; Telegram is not asked again before its time.
    const asked = running.fake.calls.length;
    await expect(running.telegram.deliver(to(5), reply, null)).rejects.toMatchObject({
      code: 'rate-limited',
    });
    expect(running.fake.calls.length).toBe(asked);
    running.timer.leap(30_000);
    await running.telegram.deliver(to(5), reply, null);
    expect(fromBot(5)).toHaveLength(1);
  });

  it('goes on with a reply of several messages where it broke off', async () => {
    createPerson(running.fake, 5).say('hello');
    await taken(1);
    const paragraphs = Array.from({ length: 3 }, (_, at) => `${at}${'word '.repeat(700)}`);
    const reply = words('long', paragraphs.join('\n\n'));
    let sends = 0;
    running.fake.inject((method) => {
      if (method !== 'sendMessage') return null;
      sends += 1;
      return sends === 2 ? { kind: 'broken', status: 502 } : null;
    });
    await expect(running.telegram.deliver(to(5), reply, null)).rejects.toMatchObject({
      code: 'unreachable',
    });
    expect(await running.telegram.deliver(to(5), reply, null)).toHaveLength(3);
    expect(fromBot(5).map(({ text }) => text[0])).toEqual(['0', '1', '2']);
  });

  it('says a chart in words when it cannot be drawn', async () => {
    createPerson(running.fake, 5).say('hello');
    await taken(1);
    const { recommendation } = await import('../web/fixtures/replies.ts');
    await running.telegram.deliver(to(5), recommendation, null);
    expect(fromBot(5)[0]).toMatchObject({ kind: 'text' });
    expect(fromBot(5)[0].text).toContain('US stocks fall from 62.0\u00a0% to 34.0\u00a0%.');
  });

  it('says what it can read when it is sent something else', async () => {
    const person = createPerson(running.fake, 5);
    const update = person.typed('x');
    const { text: _, ...message } = update.message as Record<string, unknown>;
    running.fake.delivery.push({ ...update, message: { ...message, sticker: {} } });
    await vi.waitFor(() => expect(fromBot(5).at(-1)?.text).toMatch(/words and CSV files/));
  });
});
