/** Time that passes only by being waited for: pacing is tested without waiting. */
export function createLeapingTimer(start = 0) {
  let now = start;
  return {
    now: () => now,
    async wait(ms: number): Promise<void> {
      const until = now + ms;
      await new Promise<void>((resolve) => setImmediate(resolve));
      now = Math.max(now, until);
    },
    leap(ms: number): void {
      now += ms;
    },
  };
}

export type LeapingTimer = ReturnType<typeof createLeapingTimer>;
