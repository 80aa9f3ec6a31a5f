import { hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from './config.ts';
import { makePrivateFolder } from './private-folder.ts';

/** Keys for separate purposes, all derived from one installation secret. */
export interface Keys {
  readonly button: Uint8Array;
  readonly session: Uint8Array;
  readonly broker: Uint8Array;
  /** Seals the tokens of other systems. */
  readonly tokens: Uint8Array;
}

const SECRET = /^[A-Za-z0-9_-]{43}$/;

/**
 * The keys of this installation. The secret is given, or made at the first start and kept in
 * `home/secret`, readable by its owner alone. None stands in the source.
 */
export function installationKeys(home: string, given: string | undefined): Keys {
  const secret = given ?? storedSecret(home);
  const derive = (purpose: string) =>
    new Uint8Array(hkdfSync('sha256', secret, 'keel', `keel ${purpose} v1`, 32));
  return {
    button: derive('button'),
    session: derive('session'),
    broker: derive('broker'),
    tokens: derive('tokens'),
  };
}

function storedSecret(home: string): string {
  const path = join(home, 'secret');
  const secret = readOrMake(home, path);
  if (!SECRET.test(secret)) {
    throw new ConfigError(
      `The secret in ${path} is damaged. Restore it from your backup, or delete it to have a new one made; open web sessions and buttons then stop working.`,
    );
  }
  return secret;
}

function readOrMake(home: string, path: string): string {
  try {
    makePrivateFolder(home);
    if (!existsSync(path)) {
      // 'wx' makes exactly one of two racing first starts the author; the other reads what it wrote.
      const made = randomBytes(32).toString('base64url');
      writeFileSync(path, made, { flag: 'wx', mode: 0o600 });
    }
  } catch (error) {
    if (!existsSync(path)) throw unusable(home, error);
  }
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw unusable(home, error);
  }
}

function unusable(home: string, error: unknown): ConfigError {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  return new ConfigError(
    `Keel cannot keep its data in ${home} (${code}): set KEEL_HOME to a folder that it may write to, for example KEEL_HOME=.keel.`,
  );
}
