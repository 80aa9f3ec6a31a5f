import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLeapingTimer } from '../../fakes/telegram/timer.ts';
import { limits } from './limits.ts';
import { createPace } from './pace.ts';

/** Takes turns one after the other; what must wait too long waits as long as it is told. */
async function takeAll(chats: readonly string[]): Promise<{ chat: string; at: number }[]> {
  const timer = createLeapingTimer();
  const pace = createPace(timer);
  const taken: { chat: string; at: number }[] = [];
  for (const chat of chats) {
    await pace.turn(chat).catch(async (error: { retryAfterMs: number }) => {
      timer.leap(error.retryAfterMs);
      await pace.turn(chat);
    });
    taken.push({ chat, at: timer.now() });
  }
  return taken;
}

/** The most that fell into any window of so many milliseconds. */
function most(times: readonly number[], windowMs: number): number {
  return Math.max(
    0,
    ...times.map((from) => times.filter((at) => at >= from && at < from + windowMs).length),
  );
}

describe('the pace of messages', () => {
  it('keeps to one a second in a chat, twenty a minute in a group, thirty a second in all', async () => {
    const chat = fc.constantFrom('1', '2', '3', '-7', '-8');
    const property = fc.asyncProperty(
      fc.array(chat, { minLength: 30, maxLength: 120 }),
      async (chats) => {
        const taken = await takeAll(chats);
        expect(taken).toHaveLength(chats.length);
        const { burst } = limits.pace.chat;
        for (const one of new Set(chats)) {
          const times = taken.filter((each) => each.chat === one).map(({ at }) => at);
          if (one.startsWith('-')) expect(most(times, 60_000)).toBeLessThanOrEqual(20);
          else expect(most(times, 10_000)).toBeLessThanOrEqual(10 + burst);
        }
        expect(
          most(
            taken.map(({ at }) => at),
            1_000,
          ),
        ).toBeLessThanOrEqual(30);
      },
    );
    await fc.assert(property, { numRuns: 30 });
  });

  it('lets a short burst through at once', async () => {
    expect((await takeAll(['1', '1', '1'])).map(({ at }) => at)).toEqual([0, 0, 0]);
    expect((await takeAll(['1', '1', '1', '1'])).at(-1)?.at).toBe(1_000);
  });

  it('sends many people at most thirty messages in any second', async () => {
    const taken = await takeAll(Array.from({ length: 90 }, (_, at) => String(at + 1)));
    const times = taken.map(({ at }) => at);
    expect(most(times, 1_000)).toBeLessThanOrEqual(30);
    expect(times.at(-1)).toBeLessThanOrEqual(4_000);
  });

  it('says how long to wait when that would keep others waiting', async () => {
    const timer = createLeapingTimer();
    const pace = createPace(timer);
    pace.hold('1', 60_000);
    await expect(pace.turn('1')).rejects.toMatchObject({
      code: 'rate-limited',
      retryAfterMs: 60_000,
    });
    await pace.turn('2');
    timer.leap(60_000);
    await pace.turn('1');
  });

  it('honours no wait beyond an hour', async () => {
    const pace = createPace(createLeapingTimer());
    pace.hold('1', 86_400_000);
    await expect(pace.turn('1')).rejects.toMatchObject({ retryAfterMs: 3_600_000 });
  });
});
