import { createHmac, timingSafeEqual } from 'node:crypto';
import { limits } from './limits.ts';

/** Why a request is not Slack's, or null when it is. */
export type Refused =
  | 'no signature'
  | 'wrong signature'
  | 'no timestamp'
  | 'too old'
  | 'from the future';

interface Signed {
  readonly body: Uint8Array;
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
}

/**
 * Checks Slack's v0 signature over the raw body. A timestamp more than five minutes off, in either
 * direction, is refused: a captured request is worth nothing later.
 *
 * @param now milliseconds, by a real clock
 */
export function refusedSignature(secret: string, request: Signed, now: number): Refused | null {
  const { body, timestamp, signature } = request;
  if (timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) return 'no timestamp';
  if (signature === undefined || !/^v0=[0-9a-f]{64}$/.test(signature)) return 'no signature';
  const expected = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest();
  if (!timingSafeEqual(expected, Buffer.from(signature.slice(3), 'hex'))) return 'wrong signature';
  const age = Math.floor(now / 1_000) - Number(timestamp);
  if (age > limits.signatureAgeSeconds) return 'too old';
  return age < -limits.signatureAgeSeconds ? 'from the future' : null;
}
