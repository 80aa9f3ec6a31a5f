import type { Params } from './methods.ts';

/**
 * Telegram's advice on pace: one a second in a chat with short bursts, as a bucket; twenty in any
 * minute in a group and thirty in any second in all. One is let through beyond, for clocks that
 * differ.
 */
const chatRate = { perSecond: 1, burst: 4 };
const windows = {
  group: { most: 21, ms: 60_000 },
  all: { most: 31, ms: 1_000 },
};

export function createPaceCheck(now: () => number) {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const recent = new Map<string, number[]>();

  function overBucket(chat: string): boolean {
    const { perSecond, burst } = chatRate;
    const bucket = buckets.get(chat) ?? { tokens: burst, at: now() };
    bucket.tokens = Math.min(burst, bucket.tokens + ((now() - bucket.at) / 1_000) * perSecond) - 1;
    bucket.at = now();
    buckets.set(chat, bucket);
    return bucket.tokens < 0;
  }

  function overWindow(name: string, { most, ms }: { most: number; ms: number }): boolean {
    const times = (recent.get(name) ?? []).filter((at) => at > now() - ms);
    times.push(now());
    recent.set(name, times);
    return times.length > most;
  }

  return (method: string, params: Params): string | null => {
    if (!/^(send(Message|Photo|Document)|editMessage\w+)$/.test(method)) return null;
    const chat = String(params.chat_id);
    const one = chat.startsWith('-')
      ? overWindow(`chat ${chat}`, windows.group)
      : overBucket(`chat ${chat}`);
    const all = overWindow('all', windows.all);
    if (one) return `${method}: too fast for chat ${chat}`;
    return all ? `${method}: too fast in all` : null;
  };
}
