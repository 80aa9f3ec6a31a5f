import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRaw, type Raw } from './raw.ts';
import { specMissing } from './schema.ts';
import { type FakeDiscord, startDiscord } from './server.ts';

const v2 = 32_768;
const button = (name: string, more = {}) => ({
  type: 2,
  style: 1,
  label: 'Go',
  custom_id: name,
  ...more,
});
const row = (...components: unknown[]) => ({ type: 1, components });
const text = (content: string) => ({ type: 10, content });
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const select = (more = {}) => ({
  type: 3,
  custom_id: 's',
  options: [
    { label: 'One', value: '1' },
    { label: 'Two', value: '2' },
  ],
  ...more,
});
const gallery = (name: string) => ({
  type: 12,
  items: [{ media: { url: `attachment://${name}` } }],
});
const bytes = Buffer.from('a,b\n1,2\n');

interface Case {
  readonly rule: string;
  readonly good: object;
  readonly bad: object;
  readonly goodFiles?: Record<string, Uint8Array>;
  readonly badFiles?: Record<string, Uint8Array>;
  readonly where: string;
  readonly status?: number;
}

const cases: readonly Case[] = [
  {
    rule: 'content has at most 2,000 characters',
    good: { content: 'x'.repeat(2_000) },
    bad: { content: 'x'.repeat(2_001) },
    where: 'content',
  },
  {
    rule: 'unknown fields are refused',
    good: { content: 'x' },
    bad: { content: 'x', contnt: 'y' },
    where: 'contnt',
  },
  {
    rule: 'unknown fields of a button are refused',
    good: { content: 'x', components: [row(button('a'))] },
    bad: { content: 'x', components: [row(button('a', { callback_data: 'b' }))] },
    where: 'callback_data',
  },
  {
    rule: 'the V2 flag excludes content',
    good: { flags: v2, components: [text('x')] },
    bad: { flags: v2, components: [text('x')], content: 'y' },
    where: 'content',
  },
  {
    rule: 'the V2 flag excludes embeds',
    good: { embeds: [{ title: 'x' }] },
    bad: { flags: v2, components: [text('x')], embeds: [{ title: 'x' }] },
    where: 'embeds',
  },
  {
    rule: 'a text display needs the V2 flag',
    good: { flags: v2, components: [text('x')] },
    bad: { components: [text('x')] },
    where: 'components',
  },
  {
    rule: 'a V2 message has at most 40 components in all',
    good: { flags: v2, components: [{ type: 17, components: many(39, () => text('x')) }] },
    bad: {
      flags: v2,
      components: many(2, () => ({ type: 17, components: many(20, () => text('x')) })),
    },
    where: '40',
  },
  {
    rule: 'a V2 message has at most 4,000 characters of text',
    good: { flags: v2, components: many(2, () => text('x'.repeat(2_000))) },
    bad: { flags: v2, components: [text('x'.repeat(2_001)), text('x'.repeat(2_000))] },
    where: '4000',
  },
  {
    rule: 'custom ids differ',
    good: { content: 'x', components: [row(button('a'), button('b'))] },
    bad: { content: 'x', components: [row(button('a')), row(button('a'))] },
    where: 'COMPONENT_CUSTOM_ID_DUPLICATED',
  },
  {
    rule: 'a custom id has at most 100 characters',
    good: { content: 'x', components: [row(button('a'.repeat(100)))] },
    bad: { content: 'x', components: [row(button('a'.repeat(101)))] },
    where: 'custom_id',
  },
  {
    rule: 'a row has at most five buttons',
    good: { content: 'x', components: [row(...many(5, (i) => button(`b${i}`)))] },
    bad: { content: 'x', components: [row(...many(6, (i) => button(`b${i}`)))] },
    where: 'components',
  },
  {
    rule: 'a message without V2 has at most five rows',
    good: { content: 'x', components: many(5, (i) => row(button(`b${i}`))) },
    bad: { content: 'x', components: many(6, (i) => row(button(`b${i}`))) },
    where: 'components',
  },
  {
    rule: 'a select shares its row with nothing',
    good: { content: 'x', components: [row(select()), row(button('a'))] },
    bad: { content: 'x', components: [row(select(), button('a'))] },
    where: 'components',
  },
  {
    rule: 'a select has at most 25 options',
    good: {
      content: 'x',
      components: [row(select({ options: many(25, (i) => ({ label: 'x', value: `${i}` })) }))],
    },
    bad: {
      content: 'x',
      components: [row(select({ options: many(26, (i) => ({ label: 'x', value: `${i}` })) }))],
    },
    where: 'options',
  },
  {
    rule: 'the values of a select differ',
    good: { content: 'x', components: [row(select())] },
    bad: {
      content: 'x',
      components: [row(select({ options: many(2, () => ({ label: 'x', value: 'v' })) }))],
    },
    where: 'OPTION_VALUE_DUPLICATED',
  },
  {
    rule: 'a select cannot ask for more than it has',
    good: { content: 'x', components: [row(select({ max_values: 2 }))] },
    bad: { content: 'x', components: [row(select({ max_values: 3 }))] },
    where: 'max_values',
  },
  {
    rule: 'a link carries an address and no custom id',
    good: {
      content: 'x',
      components: [row({ type: 2, style: 5, label: 'See', url: 'https://example.org' })],
    },
    bad: { content: 'x', components: [row(button('a', { style: 5, url: 'https://example.org' }))] },
    where: 'custom_id',
  },
  {
    rule: 'a link goes to the web',
    good: {
      content: 'x',
      components: [row({ type: 2, style: 5, label: 'See', url: 'http://example.org' })],
    },
    bad: {
      content: 'x',
      components: [row({ type: 2, style: 5, label: 'See', url: 'javascript:alert(1)' })],
    },
    where: 'url',
  },
  {
    rule: 'a button has words or an emoji',
    good: { content: 'x', components: [row(button('a', { label: null, emoji: { name: '✅' } }))] },
    bad: { content: 'x', components: [row(button('a', { label: null }))] },
    where: 'LABEL_REQUIRED',
  },
  {
    rule: 'a button label has at most 80 characters',
    good: { content: 'x', components: [row(button('a', { label: 'x'.repeat(80) }))] },
    bad: { content: 'x', components: [row(button('a', { label: 'x'.repeat(81) }))] },
    where: 'label',
  },
  {
    rule: 'a file that is shown is sent',
    good: { flags: v2, components: [gallery('c.png')], attachments: [{ id: '0' }] },
    goodFiles: { 'c.png': bytes },
    bad: { flags: v2, components: [gallery('c.png')] },
    where: 'ATTACHMENT_NOT_FOUND',
  },
  {
    rule: 'a file that is sent is shown',
    good: { flags: v2, components: [{ type: 13, file: { url: 'attachment://c.csv' } }] },
    goodFiles: { 'c.csv': bytes },
    bad: { flags: v2, components: [text('x')] },
    badFiles: { 'c.csv': bytes },
    where: 'attachment://c.csv',
  },
  {
    rule: 'a listed attachment is sent',
    good: { attachments: [{ id: '0', filename: 'c.csv' }] },
    goodFiles: { 'c.csv': bytes },
    bad: { content: 'x', attachments: [{ id: '0', filename: 'c.csv' }] },
    where: 'ATTACHMENT_NOT_FOUND',
  },
  {
    rule: 'a sent file is listed, when others are',
    good: { attachments: [{ id: '0' }] },
    goodFiles: { 'c.csv': bytes },
    bad: { attachments: [] },
    badFiles: { 'c.csv': bytes },
    where: 'files[0]',
  },
  {
    rule: 'a file has at most 10 MiB',
    good: {},
    goodFiles: { 'c.csv': Buffer.alloc(1024 * 1024) },
    bad: {},
    badFiles: { 'c.csv': Buffer.alloc(10 * 1024 * 1024 + 1) },
    status: 413,
    where: 'too large',
  },
  {
    rule: 'a nonce has at most 25 characters',
    good: { content: 'x', nonce: 'n'.repeat(25) },
    bad: { content: 'x', nonce: 'n'.repeat(26) },
    where: 'nonce',
  },
  {
    rule: 'embeds have at most 6,000 characters',
    good: { embeds: [{ description: 'x'.repeat(4_000) }] },
    bad: { embeds: [{ description: 'x'.repeat(4_000) }, { description: 'x'.repeat(2_001) }] },
    where: 'embeds',
  },
  {
    rule: 'a file that is shown has a plain name',
    good: { flags: v2, components: [{ type: 13, file: { url: 'attachment://c-1_a.csv' } }] },
    goodFiles: { 'c-1_a.csv': bytes },
    bad: { flags: v2, components: [{ type: 13, file: { url: 'attachment://c(1).csv' } }] },
    badFiles: { 'c(1).csv': bytes },
    where: 'only letters',
  },
  {
    rule: 'people are mentioned by kind or by name',
    good: { content: 'x', allowed_mentions: { parse: [] } },
    bad: { content: 'x', allowed_mentions: { parse: ['users'], users: ['2001'] } },
    where: 'PARSE_EXCLUSIVE',
  },
  {
    rule: 'a message says something',
    good: { content: 'x' },
    bad: { content: '  ' },
    where: 'empty message',
  },
  {
    rule: 'only an answer can be ephemeral',
    good: { content: 'x', flags: 4_096 },
    bad: { content: 'x', flags: 64 },
    where: 'ephemeral',
  },
];

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

  it.each(cases)('$rule', async ({ good, bad, goodFiles, badFiles, where, status }) => {
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

  it('hands a file out as it came in', async () => {
    const { body } = await ask('POST', path, { content: 'x' }, { files: { 'a.csv': bytes } });
    const [{ url }] = body.attachments as { url: string }[];
    const response = await fetch(url);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
  });
});
