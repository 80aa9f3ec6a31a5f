import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { button, bytes, messageCases, row, text, v2 } from './message-cases.ts';
import { createRaw, type Raw } from './raw.ts';
import { specMissing } from './schema.ts';
import { type FakeDiscord, startDiscord } from './server.ts';

describe.skipIf(specMissing !== null)(`rules of messages${specMissing ?? ''}`, () => {
  let fake: FakeDiscord;
  let ask: Raw;
  let path = '';
  beforeAll(async () => {
    fake = await startDiscord();
    ask = createRaw(fake);
    path = `/channels/${fake.world.direct('2001').id}/messages`;
  });
  afterAll(() => fake.stop());

  it.each(messageCases)('$rule', async ({ good, bad, goodFiles, badFiles, where, status }) => {
    fake.world.violations.length = 0;
    const passed = await ask('POST', path, good, goodFiles ? { files: goodFiles } : {});
    expect(passed).toMatchObject({ status: 200 });
    expect(fake.world.violations).toEqual([]);
    const refused = await ask('POST', path, bad, badFiles ? { files: badFiles } : {});
    expect(refused.status).toBe(status ?? 400);
    expect([50035, 50006, 40005]).toContain(refused.body.code);
    expect(JSON.stringify(refused.body)).toContain(where);
    expect(fake.world.violations).toHaveLength(1);
  });

  it('says where an error is, as Discord does', async () => {
    const { body } = await ask('POST', path, { content: 'x'.repeat(2_001) });
    expect(body).toEqual({
      message: 'Invalid Form Body',
      code: 50035,
      errors: {
        content: {
          _errors: [{ code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 2000 or fewer in length.' }],
        },
      },
    });
  });

  it('sends once for an enforced nonce, again after a few minutes, and twice without', async () => {
    let at = 1_780_000_000_000;
    const timed = await startDiscord({ now: () => at });
    const asked = createRaw(timed);
    const there = `/channels/${timed.world.direct('2001').id}/messages`;
    const once = { content: 'x', nonce: 'one', enforce_nonce: true };
    const first = await asked('POST', there, once);
    const second = await asked('POST', there, once);
    expect(second.body.id).toBe(first.body.id);
    at += 6 * 60_000;
    const later = await asked('POST', there, once);
    expect(later.body.id).not.toBe(first.body.id);
    const loose = { content: 'x', nonce: 'two' };
    const third = await asked('POST', there, loose);
    const fourth = await asked('POST', there, loose);
    expect(fourth.body.id).not.toBe(third.body.id);
    expect(timed.world.violations).toEqual([]);
    const elsewhere = `/channels/${timed.world.direct('2002').id}/messages`;
    await asked('POST', elsewhere, once);
    expect(timed.world.violations).toEqual([expect.stringContaining('another channel')]);
    await timed.stop();
  });

  it('keeps the V2 flag, and refuses words and its removal afterwards', async () => {
    fake.world.violations.length = 0;
    const { body } = await ask('POST', path, { flags: v2, components: [text('x')] });
    const edited = await ask('PATCH', `${path}/${body.id}`, { components: [text('y')] });
    expect(edited.body).toMatchObject({ flags: v2, components: [{ content: 'y' }] });
    expect(fake.world.violations).toEqual([]);
    expect(await ask('PATCH', `${path}/${body.id}`, { content: 'z' })).toMatchObject({
      status: 400,
    });
    const off = await ask('PATCH', `${path}/${body.id}`, { flags: 0, components: [text('z')] });
    expect(off.status).toBe(400);
    expect(fake.world.violations).toHaveLength(2);
  });

  it('turns a message to V2 when its words are taken away', async () => {
    const { body } = await ask('POST', path, { content: 'x' });
    const still = { flags: v2, components: [text('y')] };
    expect(await ask('PATCH', `${path}/${body.id}`, still)).toMatchObject({ status: 400 });
    const whole = await ask('PATCH', `${path}/${body.id}`, { ...still, content: null });
    expect(whole.body).toMatchObject({ flags: v2, content: '' });
  });

  it('keeps components that an edit leaves out, and files that it lists', async () => {
    const { body } = await ask(
      'POST',
      path,
      { content: 'x', components: [row(button('a'))] },
      { files: { 'a.csv': bytes, 'b.csv': bytes } },
    );
    const [first] = body.attachments as { id: string }[];
    const edited = await ask('PATCH', `${path}/${body.id}`, {
      content: 'y',
      attachments: [{ id: first.id }],
    });
    expect(edited.body.components).toEqual(body.components);
    expect(edited.body.attachments).toEqual([first]);
    const without = await ask('PATCH', `${path}/${body.id}`, { components: [] });
    expect(without.body.components).toEqual([]);
  });

  it('knows which file is meant: a new one needs the old one of its name taken away', async () => {
    const card = {
      flags: v2,
      components: [{ type: 13, file: { url: 'attachment://a.csv' } }],
    };
    const files = { 'a.csv': bytes };
    const { body } = await ask('POST', path, card, { files });
    const whole = { ...card, attachments: [{ id: '0', filename: 'a.csv' }] };
    const clear = await ask('PATCH', `${path}/${body.id}`, whole, { files });
    expect([clear.status, clear.body.attachments]).toEqual([200, [expect.anything()]]);
    const unclear = await ask('PATCH', `${path}/${body.id}`, card, { files });
    expect(unclear.status).toBe(400);
    expect(JSON.stringify(unclear.body)).toContain('two files');
  });

  it('hands a file out as it came in', async () => {
    const { body } = await ask('POST', path, { content: 'x' }, { files: { 'a.csv': bytes } });
    const [{ url }] = body.attachments as { url: string }[];
    const response = await fetch(url);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
  });
});
