import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { says } from './fixtures/replies.ts';
import { type ScriptedChat, startScriptedChat } from './fixtures/scripted-chat.ts';
import { visit } from './fixtures/visitor.ts';
import { limits } from './limits.ts';
import type { PageMessage } from './operation.ts';

let chat: ScriptedChat;
beforeAll(async () => {
  chat = await startScriptedChat();
});
afterAll(() => chat.stop());

const textsOf = (messages: readonly PageMessage[]) =>
  messages.map(({ operation }) =>
    operation.blocks.map((block) => ('text' in block ? block.text : block.kind)).join(' | '),
  );

describe('web chat over HTTP', () => {
  it('acknowledges a message once it is stored, and shows both sides in history, in order', async () => {
    const visitor = await visit(chat.url);
    const sent = await visitor.post('messages', { id: randomUUID(), text: 'hello there' });
    expect(sent.status).toBe(202);
    await chat.answered();
    expect(textsOf(await visitor.history())).toEqual(['hello there', 'You said: hello there']);
  });

  it('takes a delivery that comes five times as one', async () => {
    const visitor = await visit(chat.url);
    const body = { id: randomUUID(), text: 'once' };
    const before = chat.events.length;
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => visitor.post('messages', body)),
    );
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
    await chat.answered();
    expect(chat.events.length - before).toBe(1);
    expect(textsOf(await visitor.history())).toEqual(['once', 'You said: once']);
  });

  it('names a pressed button by its label and remembers which one it was', async () => {
    const visitor = await visit(chat.url);
    await visitor.post('messages', { id: randomUUID(), text: '/start' });
    await chat.answered();
    const hello = (await visitor.history())[1];
    const press = { id: randomUUID(), message: hello.position, token: 'v1.agree' };
    expect((await visitor.post('buttons', press)).status).toBe(202);
    await chat.answered();
    const mine = (await visitor.history())[2];
    expect(mine.operation).toMatchObject({
      from: 'you',
      blocks: [{ text: 'I agree, go on' }],
      chose: { token: 'v1.agree' },
    });
    expect(chat.events.at(-1)).toMatchObject({
      message: String(hello.position),
      body: { kind: 'button', token: 'v1.agree' },
    });
  });

  it('opens a form, answers field errors, and makes an event only of good values', async () => {
    const visitor = await visit(chat.url);
    const opened = await visitor.post('forms/open', { token: 'v1.goal' });
    expect(opened.body).toMatchObject({
      form: { title: 'Your goal', fields: [{ name: 'amount' }, { name: 'by' }, { name: 'every' }] },
      initial: { by: 'June 2032' },
    });
    expect(JSON.stringify(opened.body)).not.toContain('schema');
    const before = chat.events.length;
    const form = { id: randomUUID(), token: 'v1.goal', message: null };
    const bad = await visitor.post('forms', { ...form, values: { amount: 'lots', by: '2032' } });
    expect(bad.status).toBe(422);
    expect(bad.body).toEqual({ errors: { amount: 'Write an amount, such as $20,000.' } });
    expect(chat.events.length).toBe(before);
    const values = { amount: '$20,000', by: '2032', every: 'month' };
    expect((await visitor.post('forms', { ...form, values })).status).toBe(202);
    await chat.answered();
    expect((await visitor.history())[0].operation.blocks[1]).toEqual({
      kind: 'facts',
      facts: [
        { label: 'How much', value: '$20,000' },
        { label: 'By when', value: '2032' },
        { label: 'Adding money', value: 'Every month' },
      ],
    });
    expect((await visitor.post('forms/open', { token: 'v1.other' })).status).toBe(409);
  });

  it('takes a file up to the limit and refuses a larger one in words', async () => {
    const visitor = await visit(chat.url);
    const upload = (bytes: number) => {
      const body = new FormData();
      body.set('id', randomUUID());
      body.set('file', new File([new Uint8Array(bytes)], 'holdings.csv', { type: 'text/csv' }));
      return visitor.upload(body);
    };
    expect((await upload(limits.fileBytes)).status).toBe(202);
    await chat.answered();
    expect(textsOf(await visitor.history())[1]).toBe('I read holdings.csv: 1048576 bytes.');
    const slightly = await upload(limits.fileBytes + 1);
    expect(slightly).toMatchObject({
      status: 422,
      body: { problem: expect.stringMatching(/at most 1 MB/) },
    });
    const far = await upload(3 * limits.fileBytes);
    expect(far).toMatchObject({ status: 413, body: { problem: expect.stringMatching(/1 MB/) } });
  });

  it('answers malformed requests in words and stores nothing of them', async () => {
    const visitor = await visit(chat.url);
    const before = chat.events.length;
    const refused = [
      await visitor.post('messages', '{"id": '),
      await visitor.post('messages', 'null'),
      await visitor.post('messages', { id: 'not-a-uuid', text: 'x' }),
      await visitor.post('messages', { id: randomUUID(), text: ' ' }),
      await visitor.post(
        'messages',
        { id: randomUUID(), text: 'x' },
        { 'content-type': 'text/plain' },
      ),
      await visitor.post('buttons', { id: randomUUID(), message: -1, token: 'x' }),
      await visitor.post('selects', { id: randomUUID(), message: 1, token: 'x' }),
      await visitor.post('files', { id: randomUUID() }),
    ];
    for (const { status, body } of refused) {
      expect(status).toBe(422);
      expect(body.problem).toMatch(/\.$/);
    }
    const huge = await visitor.post('messages', { id: randomUUID(), text: 'x'.repeat(1 << 20) });
    expect(huge.status).toBe(413);
    expect(huge.body.problem).toContain('8,000 characters');
    expect(chat.events.length).toBe(before);
    expect(await visitor.history()).toEqual([]);
  });

  it('says that nothing was done when it cannot store, and takes the same delivery later', async () => {
    const visitor = await visit(chat.url);
    chat.failNext(1);
    const body = { id: randomUUID(), text: 'important' };
    expect((await visitor.post('messages', body)).status).toBe(503);
    expect((await visitor.history())[0].operation.undelivered).toBe(true);
    expect((await visitor.post('messages', body)).status).toBe(202);
    await chat.answered();
    const history = await visitor.history();
    expect(textsOf(history)).toEqual(['important', 'You said: important']);
    expect(history[0].operation.undelivered).toBeUndefined();
  });

  it('replaces a message in place and keeps its position', async () => {
    const visitor = await visit(chat.url);
    await visitor.post('messages', { id: randomUUID(), text: 'x' });
    await chat.answered();
    const { source } = chat.events.at(-1)!;
    const first = await chat.chat.deliver(source, says('a', 'working'), null);
    await chat.chat.deliver(source, says('b', 'after'), null);
    expect(await chat.chat.deliver(source, { ...says('c', 'done'), replaces: 'a' }, first)).toEqual(
      first,
    );
    // The same delivery once more, as after a lost answer.
    await chat.chat.deliver(source, { ...says('c', 'done'), replaces: 'a' }, first);
    expect(textsOf(await visitor.history()).slice(2)).toEqual(['done', 'after']);
  });

  it('serves a chart and a file only to the person whose message they are in', async () => {
    const [owner, other] = [await visit(chat.url), await visit(chat.url)];
    await owner.post('messages', { id: randomUUID(), text: '/recommend' });
    await owner.post('messages', { id: randomUUID(), text: '/export' });
    await chat.answered();
    const history = await owner.history();
    const withChart = history.find(({ operation }) =>
      operation.blocks.some((b) => b.kind === 'chart'),
    )!;
    const chart = withChart.operation.blocks.find((block) => block.kind === 'chart')!;
    const image = `images/${chart.hash}.png?message=${withChart.position}&theme=dark`;
    const png = await owner.get(image);
    expect(png.status).toBe(200);
    expect(png.headers.get('content-type')).toBe('image/png');
    expect((await other.get(image)).status).toBe(404);
    const withFile = history.at(-1)!;
    const file = `files/1?message=${withFile.position}`;
    const download = await owner.get(file);
    expect(download.bytes.toString()).toBe('{"goals":["house"]}');
    expect(download.headers.get('content-disposition')).toContain('attachment');
    expect((await other.get(file)).status).toBe(404);
    // What was erased here must not live on in a browser's cache.
    for (const { headers } of [png, download, await owner.get('history')]) {
      expect(headers.get('cache-control')).toBe('no-store');
    }
    expect(await other.history()).toEqual([]);
  });

  it('refuses to show one person’s reply in another’s conversation', async () => {
    const to = { platform: 'web', installation: 'local', conversation: 'a', identity: 'b' };
    await expect(chat.chat.deliver(to, says('k', 'private'), null)).rejects.toThrow(/one person/);
  });
});
