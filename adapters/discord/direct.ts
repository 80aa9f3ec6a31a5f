import { Routes } from 'discord.js';
import type { Api } from './api.ts';
import { choices } from './limits.ts';

/** Direct chats: each is opened once and remembered. */
export function createDirect(api: Api) {
  const known = new Map<string, string>();

  function learn(person: string, channel: string): void {
    if (known.size >= choices.remembered) known.clear();
    known.set(person, channel);
  }

  return {
    learn,
    /** null when nothing was said there since the start. */
    seen: (person: string): string | null => known.get(person) ?? null,
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
