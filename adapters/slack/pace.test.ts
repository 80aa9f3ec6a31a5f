import { describe, expect, it } from 'vitest';
import { createLeapingTimer } from '../../fakes/telegram/timer.ts';
import { createPace } from './pace.ts';

/** How many turns are given within a minute. */
async function inAMinute(method: string, channel?: string) {
  const timer = createLeapingTimer();
  const pace = createPace(timer);
  let turns = 0;
  for (;;) {
    await pace.turn('T1', method, channel);
    if (timer.now() >= 60_000) return turns;
    turns += 1;
  }
}

describe("Slack's pace", () => {
  it.each([
    ['chat.update', 50],
    ['chat.postEphemeral', 100],
    ['views.publish', 100],
    ['conversations.open', 50],
  ])('lets %s through within its tier', async (method, most) => {
    const turns = await inAMinute(method);
    expect(turns).toBeLessThanOrEqual(most);
    expect(turns).toBeGreaterThan(most * 0.8);
  });

  it('sends one message a second in a channel after a short burst', async () => {
    const turns = await inAMinute('chat.postMessage', 'C1');
    expect(turns).toBeGreaterThanOrEqual(60);
    expect(turns).toBeLessThanOrEqual(64);
  });

  it('keeps other methods and workspaces going when one is held', async () => {
    const timer = createLeapingTimer();
    const pace = createPace(timer);
    pace.hold('T1', 'chat.postMessage', 60_000);
    await expect(pace.turn('T1', 'chat.postMessage', 'C1')).rejects.toMatchObject({
      code: 'rate-limited',
      retryAfterMs: 60_000,
    });
    await pace.turn('T1', 'chat.update', 'C1');
    await pace.turn('T2', 'chat.postMessage', 'C1');
    expect(timer.now()).toBe(0);
    timer.leap(60_001);
    await pace.turn('T1', 'chat.postMessage', 'C1');
  });
});
