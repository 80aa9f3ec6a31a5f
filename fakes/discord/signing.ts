import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';

/** An Ed25519 key in PKCS#8 is this and the 32 bytes of the seed. */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

export interface SigningKey {
  readonly privateKey: KeyObject;
  /** 64 hex digits, as the developer portal shows it. */
  readonly publicHex: string;
}

/** A key that is the same for the same seed. */
export function signingKey(seed: number): SigningKey {
  const bytes = Buffer.alloc(32, seed % 256);
  bytes.writeUInt32BE(seed >>> 0);
  const privateKey = createPrivateKey({
    key: Buffer.concat([pkcs8, bytes]),
    format: 'der',
    type: 'pkcs8',
  });
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return { privateKey, publicHex: spki.subarray(-32).toString('hex') };
}

/** Headers over timestamp and body, as Discord signs interactions. */
export function signedHeaders(
  key: SigningKey,
  timestamp: string,
  body: string,
): Readonly<Record<string, string>> {
  const signature = sign(null, Buffer.from(timestamp + body), key.privateKey);
  return {
    'content-type': 'application/json',
    'user-agent': 'Discord-Interactions/1.0 (+https://discord.com)',
    'x-signature-ed25519': signature.toString('hex'),
    'x-signature-timestamp': timestamp,
  };
}
