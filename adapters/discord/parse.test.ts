import { describe, expect, it } from 'vitest';
import { parseInteraction } from './parse.ts';
import { parseMessage } from './parse-message.ts';
import { interactionSchema, messageSchema } from './payload.ts';

const now = 1_795_000_000_000;
const self = { application: '77', user: '78' };
const interaction = (given: object) =>
  parseInteraction(
    interactionSchema.parse({
      id: '1574410088146272256',
      application_id: '77',
      type: 2,
      token: 'tok',
      context: 0,
      guild_id: '5',
      locale: 'de',
      member: { user: { id: '9' } },
      ...given,
    }),
    now,
  );
const message = (given: object) =>
  parseMessage(
    messageSchema.parse({
      id: '1574410088146272256',
      channel_id: '6',
      type: 0,
      author: { id: '9' },
      content: 'hello',
      timestamp: '2026-01-05T00:49:53.676000+00:00',
      mentions: [],
      attachments: [],
      ...given,
    }),
    self,
    now,
  );
const csv = { id: '4', filename: 'a.csv', size: 3, url: 'https://cdn.discordapp.com/a' };

describe('interactions', () => {
  it('become the person’s own conversation, whose answer only the person sees', () => {
    const parsed = interaction({
      data: { name: 'goal', options: [{ name: 'text', type: 3, value: ' 20k ' }] },
    });
    expect(parsed).toMatchObject({
      kind: 'event',
      pass: { where: 'server', waits: true, pressed: null, token: 'tok' },
      event: {
        id: '1574410088146272256',
        source: { platform: 'discord', installation: '77', conversation: '9', identity: '9' },
        surface: 'direct',
        locale: 'de',
        at: 1_795_439_016_139,
        body: { kind: 'command', name: 'goal', args: '20k' },
        ticket: { value: 'sw//tok' },
      },
    });
  });

  it.each([
    ['a direct chat', { context: 1, guild_id: null }, 'direct'],
    [
      'a direct chat that does not say so',
      { context: null, guild_id: null, channel: { type: 1 } },
      'direct',
    ],
    [
      'a private chat with others in it',
      { context: 2, guild_id: null, channel: { type: 3 } },
      'server',
    ],
    ['a direct chat of two others', { context: 2, guild_id: null, channel: { type: 1 } }, 'server'],
    ['a place that nobody named', { context: null, guild_id: null }, 'server'],
  ])('in %s are answered as seen by others unless it is safe', (_, given, where) => {
    expect(interaction({ ...given, data: { name: 'x' } })).toMatchObject({ pass: { where } });
  });

  it.each([
    [' increase bonds to 40 % ', { kind: 'text', text: 'increase bonds to 40 %' }],
    ['/Goal 20k', { kind: 'command', name: 'goal', args: '20k' }],
    ['a\0b\uD800', { kind: 'text', text: 'a\uFFFDb\uFFFD' }],
    ['', { kind: 'text', text: 'hello' }],
  ])('behind /keel say %j as a message would', (value, body) => {
    const options = value === '' ? [] : [{ name: 'text', type: 3, value }];
    expect(interaction({ data: { name: 'keel', options } })).toMatchObject({ event: { body } });
  });

  it('name the kind of a file without the charset that Discord guesses', () => {
    const attachment = { ...csv, content_type: 'text/csv; charset=utf-8' };
    const data = {
      name: 'file',
      options: [{ name: 'file', type: 11, value: '4' }],
      resolved: { attachments: { 4: attachment } },
    };
    expect(interaction({ data })).toMatchObject({
      kind: 'file',
      event: { body: { file: { name: 'a.csv', mediaType: 'text/csv' } } },
    });
  });

  it('of bots and of nobody are left aside', () => {
    expect(interaction({ member: { user: { id: '9', bot: true } } }).kind).toBe('ignored');
    expect(interaction({ member: null }).kind).toBe('ignored');
    expect(interaction({ type: 99, data: {} }).kind).toBe('ignored');
    expect(interaction({ type: 3, data: {} }).kind).toBe('ignored');
    expect(interaction({ type: 5, data: { custom_id: 'v1.a.b' } }).kind).toBe('ignored');
    expect(interaction({ data: { name: 'Look up', type: 2 } }).kind).toBe('ignored');
    expect(interaction({ data: { name: 'file' } }).kind).toBe('ignored');
  });

  it('carry no NUL and no half characters into the store', () => {
    const value = 'a\0b\ud800';
    const parsed = interaction({
      data: { name: 'goal', options: [{ name: 'text', type: 3, value }] },
    });
    expect(parsed).toMatchObject({ event: { body: { args: 'a\uFFFDb\uFFFD' } } });
  });

  it('read fields of a form wherever they stand, and the name of its file', () => {
    const data = {
      custom_id: 'r:holdings-2:v1.a.b',
      components: [
        { component: { custom_id: 'positions', value: '12 SPY' } },
        { component: { custom_id: 'kind', value: 'by-date' } },
        { component: { custom_id: 'choice', values: ['one'] } },
        { component: { custom_id: 'none', values: [] } },
        { component: { custom_id: 'file', values: ['4'] } },
        { components: [{ custom_id: 'old', value: 'way' }] },
      ],
      resolved: { attachments: { 4: csv } },
    };
    expect(interaction({ type: 5, message: { id: '3' }, data })).toMatchObject({
      kind: 'filled',
      press: { form: 'holdings-2', token: 'v1.a.b', again: true },
      pass: { waits: false, pressed: '3' },
      values: {
        positions: '12 SPY',
        kind: 'by-date',
        choice: 'one',
        none: '',
        file: 'a.csv',
        old: 'way',
      },
      attachments: { file: csv },
    });
  });

  it('with a token that could leave its place in an address are refused at the door', () => {
    for (const token of ['a/b', '../x', 'a b', '', 'é', 'a?b', 'a#b', '%2e']) {
      expect(
        interactionSchema.safeParse({ id: '1', application_id: '2', type: 2, token }).success,
      ).toBe(false);
    }
    expect(
      interactionSchema.safeParse({ id: '../1', application_id: '2', type: 2, token: 'a' }).success,
    ).toBe(false);
  });
});

describe('messages', () => {
  it('in the direct chat are words, commands or files', () => {
    expect(message({})).toMatchObject({
      event: { body: { kind: 'text', text: 'hello' }, at: 1_767_574_193_676, locale: 'en-US' },
      spot: null,
    });
    expect(message({ content: '/Goal  20k for a house' })).toMatchObject({
      event: { body: { kind: 'command', name: 'goal', args: '20k for a house' } },
    });
    expect(message({ content: 'mine', attachments: [csv, csv] })).toMatchObject({
      kind: 'file',
      more: 1,
      event: { body: { kind: 'file', caption: 'mine', file: { name: 'a.csv' } } },
    });
    expect(message({ content: '' }).kind).toBe('unreadable');
    expect(message({ type: 19, message_reference: { message_id: '2' } })).toMatchObject({
      event: { message: '2' },
    });
  });

  it('in a server count when they name the bot, and go on in private', () => {
    const named = { guild_id: '5', mentions: [{ id: '78' }] };
    expect(message({ guild_id: '5' }).kind).toBe('ignored');
    expect(message({ ...named, content: '<@78> what if markets crash <@!78>' })).toMatchObject({
      event: {
        surface: 'direct',
        overheard: true,
        source: { conversation: '9', installation: '77' },
        body: { kind: 'text', text: 'what if markets crash' },
      },
      spot: { channel: '6', message: '1574410088146272256' },
    });
    expect(message({ ...named, content: '<@78>' })).toMatchObject({
      event: { body: { kind: 'text', text: 'hello' } },
    });
  });

  it('of bots, webhooks and the place itself are left aside', () => {
    expect(message({ author: { id: '78' } }).kind).toBe('ignored');
    expect(message({ author: { id: '9', bot: true } }).kind).toBe('ignored');
    expect(message({ webhook_id: '5' }).kind).toBe('ignored');
    expect(message({ type: 7 }).kind).toBe('ignored');
  });
});
