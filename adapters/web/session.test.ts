import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { limits } from './limits.ts';
import { cookieName, newSession, signSession, verifySession, wantsRenewal } from './session.ts';

const key = new Uint8Array(32).fill(1);
const other = new Uint8Array(32).fill(2);
const random = { bytes: (count: number) => new Uint8Array(randomBytes(count)) };
const now = 1_700_000_000_000;
const day = 86_400_000;

describe('web session', () => {
  it('survives the round trip', () => {
    const session = newSession(random, now);
    expect(session.identity).toMatch(/^[0-9a-f]{32}$/);
    expect(verifySession(signSession(session, key), key, now)).toEqual(session);
  });

  it('is refused when any character of it is changed', () => {
    const cookie = signSession(newSession(random, now), key);
    for (let i = 0; i < cookie.length; i++) {
      const changed = `${cookie.slice(0, i)}${cookie[i] === '0' ? '1' : '0'}${cookie.slice(i + 1)}`;
      expect(verifySession(changed, key, now), `changed at ${i}`).toBeNull();
    }
  });

  it('is refused under another installation’s key, which also names another cookie', () => {
    const cookie = signSession(newSession(random, now), key);
    expect(verifySession(cookie, other, now)).toBeNull();
    expect(cookieName(key)).not.toBe(cookieName(other));
  });

  it('is refused when it is not a session at all', () => {
    for (const value of [
      '',
      'v1',
      'v1...',
      `v1.${'a'.repeat(32)}.1.${'A'.repeat(43)}`,
      'x'.repeat(9e4),
    ]) {
      expect(verifySession(value, key, now)).toBeNull();
    }
  });

  it('ends after its time, and is written anew after a day of use', () => {
    const session = newSession(random, now);
    const cookie = signSession(session, key);
    expect(verifySession(cookie, key, now + limits.sessionDays * day)).toEqual(session);
    expect(verifySession(cookie, key, now + limits.sessionDays * day + 1)).toBeNull();
    expect(wantsRenewal(session, now + day)).toBe(false);
    expect(wantsRenewal(session, now + day + 1)).toBe(true);
  });

  it('gives everybody an identity of their own', () => {
    const seen = new Set(Array.from({ length: 500 }, () => newSession(random, now).identity));
    expect(seen.size).toBe(500);
  });
});
