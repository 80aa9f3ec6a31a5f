import { describe, expect, it } from 'vitest';
import { createInvalidCount } from './invalid-requests.ts';
import { choices, limits } from './limits.ts';

describe('the count of refused requests', () => {
  it('stops sending at half of what bans, and answering just before it', () => {
    let now = 0;
    const invalid = createInvalidCount(() => now);
    for (let at = 1; at < choices.invalidPause; at += 1) {
      expect(invalid.note([401, 403, 429][at % 3], null)).toBe(false);
    }
    invalid.check(false);
    expect(invalid.note(403, null)).toBe(true);
    now = 60_000;
    expect(() => invalid.check(false)).toThrow(/slow down/);
    invalid.check(true);
    while (invalid.count() < choices.invalidStop) invalid.note(403, null);
    expect(() => invalid.check(true)).toThrow(/slow down/);
    expect(choices.invalidStop).toBeLessThan(limits.invalidRequests.count);
    now = 60_000 + limits.invalidRequests.windowMs;
    invalid.check(false);
    expect(invalid.count()).toBe(0);
  });

  it('looks back over any ten minutes, whenever the first of them was', () => {
    let now = 0;
    const invalid = createInvalidCount(() => now);
    invalid.note(403, null);
    now = limits.invalidRequests.windowMs - 1;
    while (invalid.count() < choices.invalidStop) invalid.note(403, null);
    now += 1_000;
    expect(invalid.count()).toBe(choices.invalidStop - 1);
    invalid.note(403, null);
    expect(() => invalid.check(true)).toThrow(/slow down/);
    now += limits.invalidRequests.windowMs;
    invalid.check(false);
  });

  it('does not count what others used up, nor what was accepted', () => {
    const invalid = createInvalidCount(() => 0, 1);
    invalid.note(429, 'shared');
    invalid.note(200, null);
    invalid.note(404, null);
    expect(invalid.count()).toBe(0);
    invalid.check(false);
  });
});
