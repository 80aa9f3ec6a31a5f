import { describe, expect, it } from 'vitest';
import { shown } from '../../fakes/talk.ts';
import { type Context, offeredToAll } from './command.ts';
import { help } from './help.ts';
import { parked } from './parked.ts';

const at = Date.UTC(2026, 10, 20, 9, 30);

function asks(identity: string, stuck: { replies: boolean }): Context {
  const source = { platform: 'telegram', installation: '1', conversation: identity, identity };
  const body = { kind: 'text' as const, text: 'my secret' };
  const event = { id: '1', source, surface: 'direct' as const, locale: 'en', at, body };
  const read = {
    inbox: {
      parked: async () => (stuck.replies ? [{ id: 4, conversation: 'c', event, attempts: 3 }] : []),
    },
    outbox: {
      parked: async () =>
        stuck.replies ? [{ id: 9, platform: 'telegram', at, error: 'The bot is blocked.' }] : [],
    },
  };
  return { event, read, newId: () => 'k' } as unknown as Context;
}

const say = async (context: Context) =>
  (await parked(['telegram:12345']).run(context, '')).replies.map(shown).join('\n');

describe('/parked', () => {
  it('shows admins what is stuck and why, and nothing of what was said', async () => {
    const text = await say(asks('12345', { replies: true }));
    expect(text).toContain(
      'Stuck: 1 undelivered reply and 1 unanswered message. Kept, and not tried again.',
    );
    expect(text).toContain('Reply 9 | telegram');
    expect(text).toContain('The bot is blocked.');
    expect(text).toContain('Message 4 | telegram');
    expect(text).not.toContain('my secret');
  });

  it('tells admins when nothing is stuck', async () => {
    expect(await say(asks('12345', { replies: false }))).toBe('Nothing is stuck.');
  });

  it('is refused to everybody else', async () => {
    expect(await say(asks('99', { replies: true }))).toBe(
      'That is for the people who run me; to me you are telegram:99.',
    );
  });

  it('is offered in the help of admins alone, and in no menu', async () => {
    const commands = [parked(['telegram:12345'])];
    const helped = async (identity: string) => {
      const { replies } = await help(() => commands).run(asks(identity, { replies: false }), '');
      return replies.map(shown).join('\n');
    };
    expect(await helped('12345')).toContain('/parked');
    expect(await helped('99')).not.toContain('/parked');
    expect(offeredToAll(commands)).toEqual([]);
  });
});
