import { Routes } from 'discord.js';
import type { Api } from './api.ts';
import { choices } from './limits.ts';

/** Direct chats: each is opened once and remembered. */
export function createDirect(api: Api) {
  const known = new Map<string, string>();
  /** Who did something in a server last. */
  const elsewhere = new Set<string>();

  function learn(person: string, channel: string): void {
    if (known.size >= choices.remembered) known.clear();
    known.set(person, channel);
  }

  return {
    /** The person is in the direct chat, whose channel this is. */
    here(person: string, channel: string): void {
      learn(person, channel);
      elsewhere.delete(person);
    },
    /** The person is in a server: there the answer itself says "thinking". */
    away(person: string): void {
      if (elsewhere.size >= choices.remembered) elsewhere.clear();
      elsewhere.add(person);
    },
    /** The channel of the direct chat when the person is in it. */
    seen: (person: string): string | null =>
      elsewhere.has(person) ? null : (known.get(person) ?? null),
    async channelOf(person: string): Promise<string> {
      const channel = known.get(person);
      if (channel !== undefined) return channel;
      const body = { recipient_id: person };
      const { id } = await api.call<{ readonly id: string }>('POST', Routes.userChannels(), {
        body,
      });
      learn(person, id);
      return id;
    },
  };
}

export type Direct = ReturnType<typeof createDirect>;
