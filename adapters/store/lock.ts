import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { z } from 'zod';
import { PortError } from '../../bot/errors.ts';
import { makePrivateFolder } from '../private-folder.ts';

const holderSchema = z.object({
  pid: z.number().int().positive(),
  /** When that process began, in the system's own terms; '' where the system cannot say. */
  began: z.string(),
  host: z.string(),
  /** The process space that the number counts in; '' where there is but one. */
  space: z.string().default(''),
  nonce: z.string(),
});
type Holder = z.infer<typeof holderSchema>;

/**
 * Takes the exclusive right to a folder, because two processes on one PGlite folder silently
 * destroy it. A lock is stale only when its process is provably gone, never by age.
 * @returns gives the right back
 * @throws {PortError} 'locked' when another process has it
 */
export function lockFolder(folder: string): () => void {
  const file = `${folder}.lock`;
  makePrivateFolder(dirname(file));
  const me: Holder = {
    pid: process.pid,
    began: beganAt(process.pid),
    host: hostname(),
    space: processSpace(),
    nonce: randomBytes(8).toString('hex'),
  };
  if (!claim(file, me)) takeOver(folder, file, me);
  return () => {
    if (read(file)?.nonce === me.nonce) rmSync(file, { force: true });
  };
}

/** A hard link appears whole or not at all, so no reader ever sees half a lock. */
function claim(file: string, holder: Holder): boolean {
  const draft = `${file}.${holder.nonce}`;
  writeFileSync(draft, JSON.stringify(holder));
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Only one process at a time may replace a stale lock, so it takes a second lock to do so. */
function takeOver(folder: string, file: string, me: Holder): void {
  const turn = `${file}.turn`;
  if (!claim(turn, me)) throw locked(folder, turn, read(turn));
  try {
    const holder = read(file);
    if (holder === undefined || !isGone(holder)) throw locked(folder, file, holder);
    rmSync(file, { force: true });
    if (!claim(file, me)) throw locked(folder, file, read(file));
  } finally {
    rmSync(turn, { force: true });
  }
}

function read(file: string): Holder | undefined {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

function isGone(holder: Holder): boolean {
  if (holder.host !== hostname() || !sameSpace(holder)) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
  const began = beganAt(holder.pid);
  return holder.began !== '' && began !== '' && began !== holder.began;
}

/** Containers on one host may share its name and a folder, but not see each other's processes. */
function processSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

function sameSpace({ space }: Holder): boolean {
  const mine = processSpace();
  return space === '' || mine === '' || space === mine;
}

/** Boot and start tick of a process: a number given again to another process does not match. */
function beganAt(pid: number): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may itself hold spaces; state and start tick are fields 1 and 20 after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? 'ended' : `${boot}:${fields[19]}`;
  } catch {
    if (process.platform === 'win32' || process.platform === 'linux') return '';
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

function locked(folder: string, file: string, holder: Holder | undefined): PortError {
  if (holder === undefined) {
    return new PortError(
      'store',
      'locked',
      `The lock of the database folder ${folder} cannot be read: if no Keel is running, delete ${file}; else give this one another folder with KEEL_HOME.`,
    );
  }
  const here = sameSpace(holder) ? '' : ' of another container';
  const place = holder.host === hostname() ? here : ` on ${holder.host}`;
  const who = `process ${holder.pid}${place}`;
  return new PortError(
    'store',
    'locked',
    `The database folder ${folder} is in use by ${who}: stop it first, or give this one another folder with KEEL_HOME; if no Keel is running, delete ${file}.`,
  );
}
