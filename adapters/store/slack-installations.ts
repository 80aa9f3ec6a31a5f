import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { and, eq, lt, lte } from 'drizzle-orm';
import { PortError } from '../../bot/errors.ts';
import type { Database } from './database.ts';
import { asPortError } from './failures.ts';
import { slackInstallations, slackStates } from './schema/slack.ts';

/** A Slack workspace that installed Keel, with what is needed to speak there. */
interface Installation {
  readonly installation: string;
  readonly team: string | null;
  readonly enterprise: string | null;
  readonly app: string | null;
  readonly botUser: string;
  readonly token: string;
  readonly scopes: readonly string[];
  /** Milliseconds since the epoch. */
  readonly installedAt: number;
}

type Bound = Pick<Installation, 'installation' | 'team' | 'enterprise'>;

const format = 1;
const ivBytes = 12;
const tagBytes = 16;

/**
 * Slack's installations in the database. Tokens are sealed with AES-256-GCM under a key of this
 * purpose alone, each bound to its workspace: a row moved to another workspace opens nothing.
 *
 * @param secret a key of this installation of Keel, the same in every process
 */
export function createSlackInstallations({ db, transaction, where }: Database, secret: Uint8Array) {
  const key = new Uint8Array(hkdfSync('sha256', secret, 'keel', 'keel slack tokens v1', 32));

  async function guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw asPortError(error, where);
    }
  }

  return {
    find: (installation: string): Promise<Installation | null> =>
      guarded(async () => {
        const [row] = await db
          .select()
          .from(slackInstallations)
          .where(eq(slackInstallations.installation, installation));
        if (row === undefined) return null;
        const { sealedToken, ...rest } = row;
        return { ...rest, token: opened(key, row, sealedToken) };
      }),

    /** Installing again takes the place of what was. */
    put: (installation: Installation): Promise<void> =>
      guarded(async () => {
        const { token, scopes, ...rest } = installation;
        const row = { ...rest, scopes: [...scopes], sealedToken: sealed(key, installation, token) };
        await db
          .insert(slackInstallations)
          .values(row)
          .onConflictDoUpdate({ target: slackInstallations.installation, set: row });
      }),

    /** Forgets a workspace, unless it installed Keel again after `until`. */
    remove: (installation: string, until: number): Promise<boolean> =>
      guarded(async () => {
        const gone = await db
          .delete(slackInstallations)
          .where(
            and(
              eq(slackInstallations.installation, installation),
              lte(slackInstallations.installedAt, until),
            ),
          )
          .returning({ installation: slackInstallations.installation });
        return gone.length > 0;
      }),

    /** True the first time that a state is used. */
    spend: (state: string, expiresAt: number, now: number): Promise<boolean> =>
      guarded(() =>
        transaction(async (tx) => {
          await tx.delete(slackStates).where(lt(slackStates.expiresAt, now));
          const added = await tx
            .insert(slackStates)
            .values({ state, expiresAt })
            .onConflictDoNothing()
            .returning({ state: slackStates.state });
          return added.length > 0;
        }),
      ),
  };
}

function bindings({ installation, team, enterprise }: Bound): Buffer {
  return Buffer.from(JSON.stringify(['slack', format, installation, team, enterprise]));
}

function sealed(key: Uint8Array, bound: Bound, token: string): Uint8Array {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(bindings(bound));
  const text = Buffer.concat([cipher.update(token, 'utf8'), cipher.final()]);
  return new Uint8Array(Buffer.concat([Buffer.from([format]), iv, cipher.getAuthTag(), text]));
}

function opened(key: Uint8Array, bound: Bound, given: Uint8Array): string {
  const bytes = Buffer.from(given);
  const iv = bytes.subarray(1, 1 + ivBytes);
  const tag = bytes.subarray(1 + ivBytes, 1 + ivBytes + tagBytes);
  try {
    if (bytes[0] !== format) throw new Error('unknown format');
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes })
      .setAAD(bindings(bound))
      .setAuthTag(tag);
    const text = bytes.subarray(1 + ivBytes + tagBytes);
    return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
  } catch {
    // Without its cause: it says nothing, and nothing of the row belongs in a log.
    throw new PortError(
      'store',
      'damaged',
      "A Slack workspace's token cannot be opened: the secret of this Keel has changed. Set KEEL_SECRET back, or have the workspace install Keel again.",
    );
  }
}
