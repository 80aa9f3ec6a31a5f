import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { says } from './fixtures/replies.ts';
import { type ScriptedChat, startScriptedChat } from './fixtures/scripted-chat.ts';
import { visit } from './fixtures/visitor.ts';
import { limits } from './limits.ts';

let chat: ScriptedChat;
beforeAll(async () => {
  chat = await startScriptedChat();
});
afterAll(() => chat.stop());

/** A visitor who has said something, and where their replies go. */
async function begun() {
  const visitor = await visit(chat.url);
  await visitor.post('messages', { id: randomUUID(), text: 'hello' });
  await chat.answered();
  const { cursor = 0 } = (await visitor.get('history')).body;
  return { visitor, cursor, to: chat.events.at(-1)!.source };
}

describe('web event stream', () => {
  it('sends what comes, and typing before it', async () => {
    const { visitor, cursor, to } = await begun();
    const stream = await visitor.follow(cursor);
    chat.chat.typing(to);
    await stream.next('typing');
    await chat.chat.deliver(to, says('a', 'one'), null);
    expect((await stream.next()).key).toBe('a');
    stream.close();
  });

  it('resumes after a break with everything missed, once and in order', async () => {
    const { visitor, cursor, to } = await begun();
    const first = await visitor.follow(cursor);
    await chat.chat.deliver(to, says('m0', '0'), null);
    const seen = await first.next();
    first.close();
    for (let i = 1; i <= 120; i++) await chat.chat.deliver(to, says(`m${i}`, String(i)), null);
    // The header that a browser adds by itself wins over the address it was opened with.
    const second = await visitor.follow(cursor, seen.cursor);
    const keys: string[] = [];
    while (keys.length < 120) keys.push((await second.next()).key);
    expect(keys).toEqual(Array.from({ length: 120 }, (_, i) => `m${i + 1}`));
    await chat.chat.deliver(to, says('last', 'x'), null);
    expect((await second.next()).key).toBe('last');
    second.close();
  });

  it('loses nothing that is written while the stream opens', async () => {
    const { visitor, cursor, to } = await begun();
    const opening = visitor.follow(cursor);
    const writing = Array.from({ length: 30 }, (_, i) =>
      chat.chat.deliver(to, says(`w${i}`, String(i)), null),
    );
    const stream = await opening;
    await Promise.all(writing);
    const keys = new Set<string>();
    for (let i = 0; i < 30; i++) keys.add((await stream.next()).key);
    expect(keys.size).toBe(30);
    stream.close();
  });

  it('tells an open page to start over once its conversation was erased', async () => {
    const { visitor, cursor, to } = await begun();
    const stream = await visitor.follow(cursor);
    await chat.messages.erase(to.conversation);
    await chat.chat.deliver(to, says('bye', 'Everything is forgotten.'), null);
    await stream.next('reset');
    expect((await visitor.history()).map(({ key }) => key)).toEqual(['bye']);
    stream.close();
  });

  it('sends nobody else’s messages', async () => {
    const { visitor, cursor } = await begun();
    const stream = await visitor.follow(cursor);
    const other = await begun();
    await chat.chat.deliver(other.to, says('theirs', 'private'), null);
    await visitor.post('messages', { id: randomUUID(), text: 'mine' });
    expect((await stream.next()).operation.blocks[0]).toMatchObject({ text: 'mine' });
    stream.close();
  });

  it('refuses more streams than a person can watch, and frees those that close', async () => {
    const { visitor, cursor } = await begun();
    const streams = [];
    for (let i = 0; i < limits.streamsPerConversation; i++) {
      streams.push(await visitor.follow(cursor));
    }
    expect((await visitor.follow(cursor)).status).toBe(429);
    for (const stream of streams) stream.close();
    await expect.poll(async () => (await visitor.follow(cursor)).status).toBe(200);
  });

  it('ends every stream when the chat closes, so that the server can stop', async () => {
    const own = await startScriptedChat();
    const visitor = await visit(own.url);
    const stream = await visitor.follow(0);
    const ended = stream.next().catch((error: Error) => error.message);
    await own.stop();
    expect(await ended).toMatch(/ended|terminated/);
  });
});
