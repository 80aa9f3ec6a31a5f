import { createHash, randomBytes } from 'node:crypto';

/** What stands before the first row of every chain. */
export const genesis = '0'.repeat(64);

export interface ChainRow {
  readonly workspace: string;
  readonly seq: number;
  readonly at: number;
  readonly actor: string;
  readonly person: string | null;
  readonly kind: string;
  readonly payloadHash: string;
  readonly previous: string;
}

/** The hash of a row over everything in it and the row before. A JSON array leaves no two readings. */
export function rowHash(row: ChainRow): string {
  return sha256(
    JSON.stringify([
      'keel-audit-1',
      row.workspace,
      row.seq,
      row.at,
      row.actor,
      row.person,
      row.kind,
      row.payloadHash,
      row.previous,
    ]),
  );
}

/** The salt keeps an erased payload from being guessed back out of its hash. */
export function payloadHash(salt: string, body: string): string {
  return sha256(`${salt}\n${body}`);
}

export function newSalt(): string {
  return randomBytes(16).toString('hex');
}

/** Plain JSON; exact integers become decimal strings. */
export function toJson(value: unknown): string {
  return (
    JSON.stringify(value, (_key, one) => (typeof one === 'bigint' ? one.toString() : one)) ?? 'null'
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
