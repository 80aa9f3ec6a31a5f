import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Random } from '../../bot/ports.ts';
import { limits } from './limits.ts';

const dayMs = 86_400_000;

/** Who a browser is: a random identity, known only to the cookie that carries it. */
export interface Session {
  readonly identity: string;
  /** Milliseconds since the epoch. */
  readonly issuedAt: number;
}

/**
 * Cookies ignore ports, so two installations on one machine would overwrite each other's: the name
 * carries a fingerprint of the key.
 */
export function cookieName(key: Uint8Array): string {
  const print = createHash('sha256').update('keel web cookie name').update(key).digest('hex');
  return `keel_${print.slice(0, 8)}`;
}

export function newSession(random: Random, now: number): Session {
  return { identity: Buffer.from(random.bytes(16)).toString('hex'), issuedAt: now };
}

/** `v1.<identity>.<issued>.<HMAC-SHA256>`. */
export function signSession(session: Session, key: Uint8Array): string {
  const payload = `v1.${session.identity}.${session.issuedAt.toString(36)}`;
  return `${payload}.${mac(payload, key)}`;
}

/** The session behind a cookie; null when it was not signed here, or has ended. */
export function verifySession(cookie: string, key: Uint8Array, now: number): Session | null {
  const match = /^(v1\.([0-9a-f]{32})\.([0-9a-z]{1,9}))\.([\w-]{43})$/.exec(cookie);
  if (match === null) return null;
  const [, payload, identity, issued, signature] = match;
  // As text, both 43 characters: decoded, several spellings would be the same signature.
  if (!timingSafeEqual(Buffer.from(signature), Buffer.from(mac(payload, key)))) return null;
  const issuedAt = Number.parseInt(issued, 36);
  const age = now - issuedAt;
  // A clock that stands still or went back a little, as in a demo, ends nobody's session.
  if (age > limits.sessionDays * dayMs) return null;
  return { identity, issuedAt };
}

export function wantsRenewal(session: Session, now: number): boolean {
  return now - session.issuedAt > limits.sessionRenewDays * dayMs;
}

function mac(payload: string, key: Uint8Array): string {
  return createHmac('sha256', key).update(`web-session\0${payload}`).digest('base64url');
}
