import { PortError } from '../../bot/errors.ts';
import type { Timer } from '../timer.ts';
import { type Rate, tokenBucket } from '../token-bucket.ts';
import { choices, limits, tierOf } from './limits.ts';

function rateOf(method: string): Rate | null {
  if (!Object.hasOwn(tierOf, method)) return null;
  const perMinute = limits.tiers[tierOf[method]];
  const { rate, burst } = choices.tierShare;
  return { perSecond: (perMinute * rate) / 60, burst: Math.max(1, perMinute * burst) };
}

/**
 * Keeps to Slack's pace: one message a second in a channel, and each method's tier in each
 * workspace. A 429 holds that method in that workspace; everything else goes on.
 */
export function createPace(timer: Timer) {
  const buckets = new Map<string, ReturnType<typeof tokenBucket>>();
  const held = new Map<string, number>();

  function bucketOf(name: string, rate: Rate) {
    const known = buckets.get(name);
    if (known) return known;
    if (buckets.size > 10_000) {
      // One that is full is like one never seen.
      for (const [each, one] of buckets) if (one.full(timer.now())) buckets.delete(each);
    }
    const made = tokenBucket(rate);
    buckets.set(name, made);
    return made;
  }

  function bucketsFor(installation: string, method: string, channel: string | undefined) {
    const tier = rateOf(method);
    const posts = /^chat\.post/.test(method) && channel !== undefined;
    return [
      ...(tier === null ? [] : [bucketOf(`${installation} ${method}`, tier)]),
      ...(posts ? [bucketOf(`${installation} #${channel}`, choices.channel)] : []),
    ];
  }

  return {
    /**
     * Waits for a turn.
     * @throws PortError 'rate-limited' when it would take too long to keep others waiting
     */
    async turn(installation: string, method: string, channel?: string): Promise<void> {
      const name = `${installation} ${method}`;
      for (;;) {
        const now = timer.now();
        const hold = (held.get(name) ?? now) - now;
        if (hold <= 0) held.delete(name);
        const mine = bucketsFor(installation, method, channel);
        const ms = Math.max(hold, ...mine.map((one) => one.waitMs(now)));
        if (ms <= 0) {
          for (const one of mine) one.take(now);
          return;
        }
        if (ms > choices.patienceMs) throw tooFast(ms);
        await timer.wait(Math.ceil(ms));
      }
    },
    /** Slack said 429 for this method in this workspace. */
    hold(installation: string, method: string, ms: number): void {
      held.set(`${installation} ${method}`, timer.now() + Math.min(ms, choices.longestRetryMs));
    },
  };
}

export type Pace = ReturnType<typeof createPace>;

export function tooFast(retryAfterMs: number): PortError {
  return new PortError('slack', 'rate-limited', 'Slack asks to slow down here.', {
    retryAfterMs: Math.min(Math.ceil(retryAfterMs), choices.longestRetryMs),
  });
}
