import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const PATIENCE_MS = 90_000;

/** A real `node main.ts`, as an operator starts it. */
export interface KeelProcess {
  readonly pid: number;
  /** Resolves with the address it prints; rejects with what it said when it ends first. */
  readonly ready: Promise<string>;
  readonly ended: Promise<{
    readonly code: number | null;
    readonly signal: string | null;
    readonly out: string;
    readonly err: string;
  }>;
  signal(name: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): void;
}

/** Starts Keel with these settings and no others, in a folder without an .env unless one is given. */
export function startKeel(
  settings: Readonly<Record<string, string>>,
  cwd: string = root,
): KeelProcess {
  const env = { PATH: process.env.PATH ?? '', KEEL_PORT: '0', ...settings };
  const main = fileURLToPath(new URL('../main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  const hard = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  const ready = Promise.withResolvers<string>();
  ready.promise.catch(() => undefined);
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    const address = /Keel is at (\S+)/.exec(out)?.[1];
    if (address === undefined) return;
    clearTimeout(hard);
    ready.resolve(address);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const ended = new Promise<Awaited<KeelProcess['ended']>>((resolve) => {
    child.once('close', (code, signal) => {
      clearTimeout(hard);
      ready.reject(new Error(`Keel ended with ${code ?? signal}: ${err || out}`));
      resolve({ code, signal, out, err });
    });
  });
  return {
    pid: child.pid!,
    ready: ready.promise,
    ended,
    signal: (name) => {
      child.kill(name);
    },
  };
}
