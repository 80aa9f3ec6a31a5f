import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { PortError } from '../../../bot/errors.ts';
import type { Logger } from '../../../bot/ports.ts';
import type { PaperEndpoint } from './client.ts';

export interface PaperProcessOptions {
  /** The broker's database file; its folder is made. */
  readonly file: string;
  readonly log: Logger;
  /** Opens the tests' door. Never in a real start. */
  readonly control?: boolean;
  /** Stands the broker's clock: milliseconds since the epoch. */
  readonly now?: number;
}

export interface PaperProcess {
  /** null while it is down. */
  endpoint(): PaperEndpoint | null;
  pid(): number | null;
  /** Resolves when it is up; rejects when it has been given up. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

const MOST_FAILURES = 8;
/** A broker that lived this long had started well: earlier failures are forgotten. */
const LIVED_WELL_MS = 60_000;
const STOP_PATIENCE_MS = 5_000;

const readyLine = z.object({ ready: z.literal(true), port: z.number().int() });

/**
 * Starts the paper broker as a process of its own and starts it again when it dies. It ends with
 * this process, however that ends, because its standard input closes.
 *
 * @throws {PortError} 'damaged' when the first start fails, with what it said
 */
export async function startPaperBroker(options: PaperProcessOptions): Promise<PaperProcess> {
  const { log } = options;
  const token = randomBytes(32).toString('hex');
  mkdirSync(dirname(options.file), { recursive: true });

  let child: ChildProcess | null = null;
  let endpoint: PaperEndpoint | null = null;
  let failures = 0;
  let stopping = false;
  let timer: NodeJS.Timeout | null = null;
  let up = Promise.withResolvers<void>();
  up.promise.catch(() => undefined);

  function launch(): void {
    const startedAt = performance.now();
    const started = spawnBroker(options, token);
    child = started;
    let said = '';
    started.stderr!.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-2_000);
      // What it says before it is up is part of why it did not come up.
      if (endpoint !== null) log.warn({ broker: 'paper', said: text.trim() }, 'paper broker');
    });
    createInterface({ input: started.stdout! }).on('line', (line) => {
      const parsed = readyLine.safeParse(parseLine(line));
      if (!parsed.success) return;
      endpoint = { url: `http://127.0.0.1:${parsed.data.port}`, token };
      up.resolve();
    });
    started.once('error', (error) => log.error({ error: String(error) }, 'paper broker'));
    started.once('close', (code, signal) => {
      const wasUp = endpoint !== null;
      endpoint = null;
      child = null;
      if (stopping) return;
      if (wasUp) {
        up = Promise.withResolvers<void>();
        up.promise.catch(() => undefined);
      }
      failures = performance.now() - startedAt > LIVED_WELL_MS ? 1 : failures + 1;
      if (failures > MOST_FAILURES || (!wasUp && failures === 1)) {
        up.reject(
          new PortError(
            'broker',
            'damaged',
            `The paper broker cannot open ${options.file} (${said.trim() || `exit ${code ?? signal}`}); restore it from a backup, or move it away to begin with an empty account.`,
          ),
        );
        return;
      }
      log.warn({ code, signal, failures, said: said.trim() }, 'the paper broker ended');
      timer = setTimeout(launch, Math.min(5_000, 50 * 2 ** failures));
    });
  }

  async function stop(): Promise<void> {
    stopping = true;
    if (timer !== null) clearTimeout(timer);
    const running = child;
    if (running === null) return;
    const ended = new Promise<void>((resolve) => running.once('close', () => resolve()));
    running.stdin!.end();
    const hard = setTimeout(() => running.kill('SIGKILL'), STOP_PATIENCE_MS);
    await ended;
    clearTimeout(hard);
  }

  launch();
  await up.promise;
  return {
    endpoint: () => endpoint,
    pid: () => child?.pid ?? null,
    ready: () => up.promise,
    stop,
  };
}

function spawnBroker({ file, control, now }: PaperProcessOptions, token: string): ChildProcess {
  const entry = fileURLToPath(new URL('./process.ts', import.meta.url));
  // Its database is node:sqlite, which still announces itself as experimental.
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      ...(process.env.PATH === undefined ? {} : { PATH: process.env.PATH }),
      KEEL_PAPER_FILE: file,
      KEEL_PAPER_TOKEN: token,
      KEEL_PAPER_CONTROL: control ? '1' : '0',
      ...(now === undefined ? {} : { KEEL_PAPER_NOW: String(now) }),
    },
  });
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
