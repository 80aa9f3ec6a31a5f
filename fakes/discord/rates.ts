import { createHash } from 'node:crypto';

export interface RateLimits {
  /** Requests in a bucket, that is a route with its channel, guild or webhook, in a window. */
  readonly bucket: (route: string) => { readonly limit: number; readonly ms: number };
  /** Requests of the bot in any second, interactions apart. */
  readonly globalPerSecond: number;
}

/** Limits as Discord was seen to set them; it may change them any time and tells them in headers. */
export const discordRates: RateLimits = {
  bucket(route) {
    if (/^POST .*\/messages$|^POST .*\/typing$/.test(route)) return { limit: 5, ms: 5_000 };
    if (/^PATCH .*\/channels\//.test(route)) return { limit: 5, ms: 5_000 };
    if (/\/webhooks\//.test(route)) return { limit: 5, ms: 2_000 };
    if (/\/commands$/.test(route)) return { limit: 20, ms: 20_000 };
    return { limit: 50, ms: 1_000 };
  },
  globalPerSecond: 50,
};

/** For tests that are not about pace: headers as ever, but nothing is short. */
export const ampleRates: RateLimits = {
  bucket: () => ({ limit: 100_000, ms: 1_000 }),
  globalPerSecond: 1_000_000,
};

const invalidWindowMs = 10 * 60_000;

export interface Taken {
  readonly headers: Readonly<Record<string, string>>;
  /** Seconds to wait; null when the request may pass. */
  readonly retryAfter: number | null;
  readonly global: boolean;
}

/** Buckets, the global limit, and the count of invalid requests by which an address is banned. */
export function createRates(limits: RateLimits, now: () => number, invalidBound: number) {
  const buckets = new Map<string, { used: number; until: number }>();
  let second: number[] = [];
  let invalid: number[] = [];
  let banned = false;

  /** @param route the documented path; @param subject the channel, guild or webhook it is about */
  function take(route: string, subject: string, counted: boolean): Taken {
    const { limit, ms } = limits.bucket(route);
    const key = `${route} ${subject}`;
    const at = now();
    const known = buckets.get(key);
    const bucket = known !== undefined && known.until > at ? known : { used: 0, until: at + ms };
    buckets.set(key, bucket);
    const seconds = (bucket.until - at) / 1_000;
    const headers = (remaining: number) => ({
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(remaining),
      'x-ratelimit-reset': (bucket.until / 1_000).toFixed(3),
      'x-ratelimit-reset-after': seconds.toFixed(3),
      'x-ratelimit-bucket': bucketHash(route),
    });
    if (counted) {
      second = second.filter((one) => one > at - 1_000);
      if (second.length >= limits.globalPerSecond) {
        const retryAfter = (second[0] + 1_000 - at) / 1_000;
        return { headers: headers(limit - bucket.used), retryAfter, global: true };
      }
    }
    if (bucket.used >= limit) return { headers: headers(0), retryAfter: seconds, global: false };
    bucket.used += 1;
    if (counted) second.push(at);
    return { headers: headers(limit - bucket.used), retryAfter: null, global: false };
  }

  return {
    take,
    /** Notes an answer; true when it was one too many. */
    note(status: number, shared = false): boolean {
      if (![401, 403, 429].includes(status) || shared) return false;
      invalid = invalid.filter((one) => one > now() - invalidWindowMs);
      invalid.push(now());
      if (invalid.length <= invalidBound || banned) return false;
      banned = true;
      return true;
    },
    invalid: () => invalid.filter((one) => one > now() - invalidWindowMs).length,
    banned: () => banned,
  };
}

/** The hash that names a rate-limit bucket. */
function bucketHash(route: string): string {
  return createHash('sha256').update(route).digest('hex').slice(0, 32);
}
