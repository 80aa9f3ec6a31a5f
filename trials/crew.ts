import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** A running Keel that can be killed. */
export interface Worker {
  readonly address: string;
  /** Kills it and waits until the system says that it died of that and of nothing else. */
  kill(): Promise<void>;
}

export interface Crew {
  start(): Promise<Worker>;
  stop(): void;
}

const entry = fileURLToPath(new URL('./worker.ts', import.meta.url));
/** Compiled code is kept between processes: a start is a third faster. */
const compiled = fileURLToPath(new URL('../node_modules/.cache/keel-code', import.meta.url));

const PATIENCE_MS = 60_000;

/** Starts one process after the other; the next one loads its code while this one works. */
export function createCrew(env: Readonly<Record<string, string>>): Crew {
  const alive = new Set<ChildProcess>();
  let spare = begin();

  function begin() {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH ?? '', NODE_COMPILE_CACHE: compiled, ...env },
    });
    alive.add(child);
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4_000);
    });
    const ready = new Promise<string>((resolve) => {
      createInterface({ input: child.stdout }).on('line', resolve);
    });
    const ended = once(child, 'exit').then(([code, signal]) => {
      alive.delete(child);
      return { code: code as number | null, signal: signal as string | null };
    });
    return { child, ready, ended, said: () => said };
  }

  return {
    async start() {
      const { child, ready, ended, said } = spare;
      child.stdin.write('go\n');
      const late = pause(PATIENCE_MS, null, { ref: false });
      const address = await Promise.race([ready, ended.then(() => null), late]);
      if (address === null) throw new Error(`A worker did not start:\n${said()}`);
      spare = begin();
      return {
        address,
        async kill() {
          child.kill('SIGKILL');
          const { code, signal } = await ended;
          if (signal === 'SIGKILL') return;
          throw new Error(`A worker ended by itself with ${code ?? signal}:\n${said()}`);
        },
      };
    },
    stop() {
      for (const child of alive) child.kill('SIGKILL');
    },
  };
}
