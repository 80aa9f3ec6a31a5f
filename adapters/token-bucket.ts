export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** A token bucket that lends: the debt is the wait. Moments are monotonic milliseconds. */
export function tokenBucket({ perSecond, burst }: Rate) {
  let tokens: number = burst;
  let at = Number.NEGATIVE_INFINITY;
  const refill = (now: number) => {
    tokens = Math.min(burst, tokens + (Math.max(0, now - at) / 1_000) * perSecond);
    at = Math.max(at, now);
  };
  return {
    waitMs(now: number): number {
      refill(now);
      return tokens >= 1 ? 0 : ((1 - tokens) / perSecond) * 1_000;
    },
    take(now: number): void {
      refill(now);
      tokens -= 1;
    },
    full(now: number): boolean {
      refill(now);
      return tokens >= burst;
    },
  };
}
