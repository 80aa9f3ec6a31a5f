import { readSpec } from './schema.ts';
import type { Json } from './world.ts';

/** Calls a minute by tier; a tier of its own name has a rule of its own. */
const perMinute: Readonly<Record<string, number>> = {
  Tier1: 1,
  Tier2: 20,
  Tier3: 50,
  Tier4: 100,
};
/** "Burst behaviour is allowed": so many at once before the pace counts. */
const bursts: Readonly<Record<string, number>> = { Tier1: 10, Tier2: 20, Tier3: 50, Tier4: 100 };
/** One message a second in a channel, with short bursts. */
const channel = { perMinute: 60, burst: 4 };

/**
 * Judges by buckets on the given clock. Too fast is refused with the seconds to wait; null lets pass.
 */
export function createPaceCheck(now: () => number) {
  const tiers = readSpec('slack/rate_limit_tiers.json') as Readonly<Record<string, string>>;
  const buckets = new Map<string, { tokens: number; at: number }>();

  function waitFor(name: string, rate: number, burst: number): number {
    const bucket = buckets.get(name) ?? { tokens: burst, at: now() };
    bucket.tokens = Math.min(burst, bucket.tokens + ((now() - bucket.at) / 60_000) * rate);
    bucket.at = now();
    buckets.set(name, bucket);
    if (bucket.tokens < 1) return Math.ceil(((1 - bucket.tokens) / rate) * 60);
    bucket.tokens -= 1;
    return 0;
  }

  return (method: string, team: string, params: Json): number | null => {
    const tier = tiers[method] ?? '';
    if (method === 'chat.postMessage' || method === 'chat.postEphemeral') {
      const name = `${team} ${String(params.channel)}`;
      const wait = waitFor(name, channel.perMinute, channel.burst);
      if (wait > 0) return wait;
    }
    if (!Object.hasOwn(perMinute, tier)) return null;
    const wait = waitFor(`${team} ${method}`, perMinute[tier], bursts[tier]);
    return wait > 0 ? wait : null;
  };
}
