import type { Params } from './methods.ts';

/**
 * Telegram's advice on pace, as buckets: one a second in a chat and thirty in all with short bursts,
 * twenty a minute in a group. One is let through beyond, for clocks that differ.
 */
const rates = {
  private: { perSecond: 1, burst: 4 },
  group: { perSecond: 20 / 60, burst: 21 },
  all: { perSecond: 30, burst: 31 },
};

export function createPaceCheck(now: () => number) {
  const buckets = new Map<string, { tokens: number; at: number }>();

  function over(name: string, { perSecond, burst }: { perSecond: number; burst: number }): boolean {
    const bucket = buckets.get(name) ?? { tokens: burst, at: now() };
    bucket.tokens = Math.min(burst, bucket.tokens + ((now() - bucket.at) / 1_000) * perSecond) - 1;
    bucket.at = now();
    buckets.set(name, bucket);
    return bucket.tokens < 0;
  }

  return (method: string, params: Params): string | null => {
    if (!/^(send(Message|Photo|Document)|editMessage\w+)$/.test(method)) return null;
    const chat = String(params.chat_id);
    const one = over(`chat ${chat}`, chat.startsWith('-') ? rates.group : rates.private);
    const all = over('all', rates.all);
    if (one) return `${method}: too fast for chat ${chat}`;
    return all ? `${method}: too fast in all` : null;
  };
}
