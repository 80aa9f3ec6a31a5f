import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** What the peer made of a task: times in milliseconds and its numbers, or what it says went wrong. */
export type PeerAnswer =
  | {
      readonly times: readonly number[];
      readonly answer: readonly number[];
      /** Whether the library's default solver failed and another's time is given. */
      readonly defaultFailed: boolean;
    }
  | { readonly failure: string };

export interface PeerRequest {
  readonly task: string;
  /** Where the matrices are. */
  readonly folder: string;
  readonly seconds: number;
  /** Whether the first call is left uncounted. */
  readonly warm: boolean;
}

/** A Python process with the other optimizers; it waits while the engine is measured. */
export interface Peer {
  /** E.g. "PyPortfolioOpt 1.5.6, skfolio 1.0.5, cvxpy 1.9.3, Python 3.11.7". */
  readonly versions: string;
  readonly has: (library: string) => boolean;
  readonly ask: (request: PeerRequest) => Promise<PeerAnswer>;
  readonly close: () => void;
}

const script = fileURLToPath(new URL('../peers/peer.py', import.meta.url));
const own = fileURLToPath(new URL('../peers/.venv/bin/python', import.meta.url));

/** After this a task counts as not finished. */
const patienceMs = 300_000;

/** The Python that is asked: KEEL_PYTHON, bench/peers/.venv or python3. */
export function pythonOf(environment: NodeJS.ProcessEnv): string {
  return environment.KEEL_PYTHON || (existsSync(own) ? own : 'python3');
}

/** How to keep its linear algebra on one thread, which is faster for small or on a busy machine. */
const oneThread = { OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };

/**
 * Starts the peer.
 *
 * @param threads of its linear algebra: its own choice, or one
 * @returns in place of a peer, one sentence that says why there is none
 */
export async function openPeer(python: string, threads: 'own' | 'one'): Promise<Peer | string> {
  const env = { ...process.env, ...(threads === 'one' && oneThread) };
  const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'ignore'], env });
  const lines = createInterface({ input: child.stdout });
  const waiting: ((line: string | null) => void)[] = [];
  const ended = () => {
    for (const tell of waiting.splice(0)) tell(null);
  };
  lines.on('line', (line) => waiting.shift()?.(line));
  lines.on('close', ended);
  child.on('error', ended);
  child.stdin.on('error', ended);
  const next = () => new Promise<string | null>((resolve) => waiting.push(resolve));
  const hello = await next();
  if (hello === null) return `${python} does not start bench/peers/peer.py.`;
  const { python: version, versions } = JSON.parse(hello) as {
    readonly python: string;
    readonly versions: Readonly<Record<string, string | null>>;
  };
  const close = () => child.kill();
  if (!versions.PyPortfolioOpt && !versions.skfolio) {
    close();
    return `${python} has neither PyPortfolioOpt nor skfolio (bench/peers/requirements.txt).`;
  }
  const found = Object.entries(versions).map(([name, each]) => `${name} ${each ?? 'absent'}`);
  return {
    versions: `${found.join(', ')}, Python ${version}`,
    has: (library) => Boolean(versions[library]),
    async ask(request) {
      if (child.exitCode !== null || child.killed) return { failure: 'its process has ended' };
      const late = setTimeout(close, patienceMs);
      const answer = next();
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const line = await answer;
      clearTimeout(late);
      if (line === null) return { failure: `no answer within ${patienceMs / 1000} s` };
      return JSON.parse(line) as PeerAnswer;
    },
    close,
  };
}
