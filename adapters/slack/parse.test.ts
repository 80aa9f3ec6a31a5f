import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPressed } from './actions.ts';
import { withoutSecrets } from './bolt-logger.ts';
import { parse } from './parse.ts';
import { deliverySchema } from './payload.ts';
import { plainText } from './text.ts';
import { readTicket } from './ticket.ts';

const samples = JSON.parse(
  readFileSync(new URL('fixtures/deliveries.json', import.meta.url), 'utf8'),
) as readonly { readonly name: string; readonly delivery: Record<string, unknown> }[];
const sample = (name: string) => samples.find((one) => one.name === name)!.delivery;

function read(delivery: unknown) {
  return parse(deliverySchema.parse(delivery), {
    installation: 'T0001',
    botUser: 'UBOT',
    commands: new Set(['recommend', 'goal', 'help']),
    now: 1_780_000_000_000,
  });
}
const said = (change: object, text: string) => {
  const event = { ...(sample('a command by name in a channel').event as object), text, ...change };
  return read({ ...sample('a command by name in a channel'), event });
};

describe('reading what Slack delivers', () => {
  it.each([
    ['<@UBOT> goal 20k by 2030', { kind: 'command', name: 'goal', args: '20k by 2030' }],
    ['<@UBOT>', { kind: 'command', name: 'help', args: '' }],
    ['hey <@UBOT> what now', { kind: 'text', text: 'hey   what now' }],
    ['<@UBOT> /recommend', { kind: 'command', name: 'recommend', args: '' }],
    ['<@UBOT> recommending is hard', { kind: 'text', text: 'recommending is hard' }],
  ])('takes "%s" in a channel for what it is', (text, body) => {
    expect(said({}, text)).toMatchObject({ kind: 'event', event: { body, surface: 'group' } });
  });

  it('takes an answer in a thread of the direct chat that was also sent to the chat', () => {
    const words = sample('words in the direct chat');
    const event = { ...(words.event as object), thread_ts: '17.1', subtype: 'thread_broadcast' };
    expect(read({ ...words, event })).toMatchObject({ kind: 'event', event: { id: 'Ev0001' } });
    const edited = { ...(words.event as object), subtype: 'message_changed' };
    expect(read({ ...words, event: edited })).toMatchObject({ kind: 'ignored' });
  });

  it('takes nothing for an unknown event that is a known one of a wrong shape', () => {
    const words = sample('words in the direct chat');
    const broken = { ...words, event: { ...(words.event as object), channel: 7 } };
    expect(deliverySchema.safeParse(broken).success).toBe(false);
    const unknown = { ...words, event: { type: 'reaction_added', item: {} } };
    expect(read(unknown)).toMatchObject({ kind: 'ignored' });
  });

  it('keeps threads apart, and people within them', () => {
    const parsed = said({ thread_ts: '17.1' }, '<@UBOT> hi');
    expect(parsed).toMatchObject({
      event: { surface: 'thread', source: { conversation: 'C0001:U0001:17.1' } },
    });
  });

  it('tells an interaction apart by its trigger, an event by its id', () => {
    expect(read(sample('a button'))).toMatchObject({ event: { id: '1.2.3' } });
    expect(read(sample('words in the direct chat'))).toMatchObject({ event: { id: 'Ev0001' } });
  });

  it('keeps the address for answers only where it is needed, with the message it can replace', () => {
    const direct = read(sample('a button'));
    expect('event' in direct && direct.event.ticket).toBeUndefined();
    const choice = read(sample('a choice'));
    const ticket = 'event' in choice ? choice.event.ticket : undefined;
    expect(ticket && readTicket(ticket)).toEqual({
      url: 'https://hooks.slack.com/actions/T0001/1/x',
      origin: '1767224888.000100',
      until: 1_780_000_000_000 + 30 * 60_000,
    });
  });

  it('leaves presses by people of another workspace aside', () => {
    const user = { id: 'U0666', team_id: 'T0666' };
    expect(read({ ...sample('a button'), user })).toMatchObject({ kind: 'ignored' });
  });

  it.each([
    ['1 &lt; 2 &amp;&amp; 3 &gt; 2', '1 < 2 && 3 > 2'],
    ['see <https://a.b/c|the page> and <https://a.b/d>', 'see the page and https://a.b/d'],
    ['write <mailto:a@b.c|a@b.c> in <#C1|general>', 'write a@b.c in #general'],
    ['<@UBOT> ask <@U2|ann> and <!here>', 'ask @ann and @here'],
  ])('reads "%s" as people wrote it', (text, words) => {
    expect(plainText(text, 'UBOT')).toBe(words);
  });

  it('replaces what the databases refuse', () => {
    expect(plainText('a\0b\ud800', 'UBOT')).toBe('a\uFFFDb\uFFFD');
  });

  it.each(['', 'yes', '0:button', 'x:button:t', '0:form:t', '0:form.Goal:t', '0:other:t'])(
    'knows that the button "%s" is none of ours',
    (id) => expect(readPressed(id)).toBeNull(),
  );

  it('leaves no secret in what Bolt has to say', () => {
    const text =
      'failed xoxb-12-ab xapp-1-A-2 wss://x.y/link?ticket=1 https://hooks.slack.com/a/b Bearer abc ?code=12&state=3';
    expect(withoutSecrets(text)).not.toMatch(/xoxb|xapp|ticket|hooks|abc|12|state=3/);
  });
});
