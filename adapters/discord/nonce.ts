import { createHash } from 'node:crypto';
import { limits } from './limits.ts';

/** A short name of anything: the same for the same. */
export function digest(of: unknown): string {
  return createHash('sha256').update(JSON.stringify(of)).digest('base64url');
}

/** What a message carries so that Discord shows it once however often it is sent. */
export function nonceOf(of: unknown): string {
  return digest(of).slice(0, limits.nonce);
}
