import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventSchema } from '../../bot/event.ts';
import { limits } from './limits.ts';
import {
  type Parsed,
  parseButton,
  parseFile,
  parseForm,
  parseMessage,
  parseSelect,
  textBody,
} from './parse.ts';

const sender = { identity: 'a'.repeat(32), languages: 'en-GB,en;q=0.9', at: 1_700_000_000_000 };
const id = '3f0c8f0e-6f0e-4c1e-9a54-0c3a8f1d2b11';

function eventOf(parsed: Parsed<unknown>) {
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.event;
}

function problemOf(parsed: { ok: boolean; problem?: string }) {
  expect(parsed.ok).toBe(false);
  return parsed.problem;
}

describe('web parse', () => {
  it('makes a text event whose id is the same for every retry', () => {
    const event = eventOf(parseMessage({ id, text: ' hello ' }, sender));
    expect(event).toEqual({
      id: expect.stringMatching(new RegExp(`^web:[\\w-]{16}:${id}$`)),
      source: {
        platform: 'web',
        installation: 'local',
        conversation: sender.identity,
        identity: sender.identity,
      },
      surface: 'direct',
      locale: 'en-GB',
      at: sender.at,
      body: { kind: 'text', text: 'hello' },
    });
  });

  it('gives an event an id of its own visitor that does not tell who it is', () => {
    const idOf = (identity: string) =>
      eventOf(parseMessage({ id, text: 'hello' }, { ...sender, identity })).id;
    expect(idOf(sender.identity)).not.toContain(sender.identity);
    expect(idOf(sender.identity)).not.toBe(idOf('b'.repeat(32)));
  });

  it('reads a slash word as a command with its arguments, and nothing else as one', () => {
    expect(textBody('/Recommend')).toEqual({ kind: 'command', name: 'recommend', args: '' });
    expect(textBody('/goal 20k by\n2032')).toEqual({
      kind: 'command',
      name: 'goal',
      args: '20k by\n2032',
    });
    for (const text of ['/', '/ start', '/60/40', 'a /start', '/etc/passwd']) {
      expect(textBody(text)).toEqual({ kind: 'text', text });
    }
  });

  it('refuses empty and too long text in words', () => {
    expect(problemOf(parseMessage({ id, text: '  \n ' }, sender))).toBe('Write something first.');
    const long = 'x'.repeat(limits.textLength + 1);
    expect(problemOf(parseMessage({ id, text: long }, sender))).toMatch(/at most 8,000 characters/);
  });

  it('takes buttons, selects and forms with the message they stand on', () => {
    const button = eventOf(parseButton({ id, message: 7, token: 'v1.x.y' }, sender));
    expect(button.message).toBe('7');
    expect(button.body).toEqual({ kind: 'button', token: 'v1.x.y' });
    const select = parseSelect({ id, message: null, token: 't', value: 'wait' }, sender);
    expect(eventOf(select)).not.toHaveProperty('message');
    const form = parseForm({ id, message: 1, token: 't', values: { amount: '20k' } }, sender);
    expect(eventOf(form).body).toEqual({ kind: 'form', token: 't', values: { amount: '20k' } });
  });

  it('takes a file as base64 with its real size, and refuses empty and oversized ones', () => {
    const file = (content: Uint8Array) => ({
      id,
      name: 'h.csv',
      mediaType: 'text/csv',
      content,
      caption: '',
    });
    const { body } = eventOf(parseFile(file(Buffer.from('SPY,12')), sender));
    expect(body).toMatchObject({ file: { bytes: 6, content: 'U1BZLDEy' } });
    expect(problemOf(parseFile(file(new Uint8Array(0)), sender))).toBe('That file is empty.');
    const large = new Uint8Array(limits.fileBytes + 1);
    expect(problemOf(parseFile(file(large), sender))).toMatch(/at most 1 MB/);
  });

  it('falls back to a plain locale when the header is missing or nonsense', () => {
    for (const languages of [undefined, '', '*', 'x'.repeat(200), '../../etc', 'a-b-c-d-e-f']) {
      const { locale } = eventOf(parseMessage({ id, text: 'a' }, { ...sender, languages }));
      expect(locale).toBe('en-US');
    }
  });

  it('answers any input with a valid event or a sentence, never a throw', () => {
    const property = fc.property(
      fc.oneof(
        fc.anything(),
        fc.record({
          id: fc.oneof(fc.uuid(), fc.string()),
          text: fc.string({ unit: 'binary', maxLength: 300 }),
          message: fc.oneof(fc.integer(), fc.constant(null)),
          token: fc.string({ maxLength: 300 }),
          value: fc.string(),
          values: fc.dictionary(fc.string(), fc.string()),
        }),
      ),
      (raw) => {
        for (const parse of [parseMessage, parseButton, parseSelect, parseForm, parseFile]) {
          const parsed = parse(raw, sender);
          if (!parsed.ok) expect(parsed.problem).toMatch(/[.]$/);
          else {
            eventSchema.parse(parsed.event);
            const json = JSON.stringify(parsed.event);
            expect(json).not.toMatch(/\\u0000|\\ud[89a-f]/i);
          }
        }
      },
    );
    fc.assert(property, { numRuns: 500 });
  });
});
