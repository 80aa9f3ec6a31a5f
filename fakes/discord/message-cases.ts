/** A rule of messages, with a body that keeps it and one that breaks it. */
export interface MessageCase {
  readonly rule: string;
  readonly good: object;
  readonly bad: object;
  readonly goodFiles?: Record<string, Uint8Array>;
  readonly badFiles?: Record<string, Uint8Array>;
  readonly where: string;
  readonly status?: number;
}

export const v2 = 32_768;
export const button = (name: string, more = {}) => ({
  type: 2,
  style: 1,
  label: 'Go',
  custom_id: name,
  ...more,
});
export const row = (...components: unknown[]) => ({ type: 1, components });
export const text = (content: string) => ({ type: 10, content });
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
export const bytes = Buffer.from('a,b\n1,2\n');

/** What Discord asks of a message, beyond and within the official document. */
export const messageCases: readonly MessageCase[] = [
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
