const epoch = 1_420_070_400_000;

/** Ids that rise and carry the fake's time, however often the clock stands still. */
export function createSnowflakes(now: () => number): () => string {
  let last = 0n;
  return () => {
    const fromClock = BigInt(Math.max(0, Math.floor(now()) - epoch)) << 22n;
    last = fromClock > last ? fromClock : last + 1n;
    return String(last);
  };
}

/** The shard that a guild's events go to; direct messages go to shard 0. */
export function shardOf(guild: string | null, count: number): number {
  return guild === null ? 0 : Number((BigInt(guild) >> 22n) % BigInt(count));
}
