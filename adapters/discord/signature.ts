import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { choices } from './limits.ts';

/** An Ed25519 public key in SPKI is this and its 32 bytes. */
const spki = Buffer.from('302a300506032b6570032100', 'hex');

/** @param hex 64 digits, as the Developer Portal shows it */
export function publicKeyOf(hex: string): KeyObject {
  const bytes = Buffer.from(hex, 'hex');
  if (bytes.length !== 32) throw new Error('The public key has 64 hex digits.');
  return createPublicKey({ key: Buffer.concat([spki, bytes]), format: 'der', type: 'spki' });
}

export interface Signed {
  readonly signature: string | undefined;
  /** Seconds since the epoch, as the header says it. */
  readonly timestamp: string | undefined;
  readonly body: Uint8Array;
}

/** Why a request is not Discord's, or null when it is. */
export function signatureFlaw(
  key: KeyObject,
  { signature, timestamp, body }: Signed,
  now: number,
): string | null {
  if (signature === undefined || timestamp === undefined) return 'no signature';
  if (!/^[0-9a-f]{128}$/i.test(signature)) return 'no signature by its shape';
  if (!/^\d{1,12}$/.test(timestamp)) return 'no time by its shape';
  const message = Buffer.concat([Buffer.from(timestamp), body]);
  if (!verify(null, message, key, Buffer.from(signature, 'hex'))) return 'wrong signature';
  // Only now: the time counts when it is Discord's own.
  return Math.abs(now - Number(timestamp) * 1_000) > choices.signedMs ? 'wrong time' : null;
}
