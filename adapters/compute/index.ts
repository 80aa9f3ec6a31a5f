import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { PortError } from '../../bot/errors.ts';
import type { Compute, Logger } from '../../bot/ports.ts';
import type { Answer } from './compute-worker.ts';
import { unpackError } from './errors-across.ts';

/** Far beyond the longest honest task; one that is still at it will never end. */
const TIMEOUT_MS = 120_000;
/** Tasks taken at once; more would wait in vain and fill the memory. */
const MOST = 500;

/**
 * Runs named tasks on worker threads, so that the chat never stalls behind a backtest. `module`
 * exports `tasks`, a table of functions `(input, progress) => output` over plain data and typed
 * arrays. A task's EngineError, PortError or Refusal arrives here with its class, code and values.
 *
 * @throws {PortError} 'timeout' for a task that does not end, 'rate-limited' when too many wait
 */
export function createCompute(options: {
  readonly threads: number;
  readonly module: URL;
  readonly log?: Logger;
  readonly timeoutMs?: number;
  readonly most?: number;
}): Compute & { close(): Promise<void> } {
  const pool = new Piscina({
    filename: new URL('./compute-worker.ts', import.meta.url).href,
    minThreads: 1,
    maxThreads: options.threads,
    idleTimeout: 60_000,
  });
  // Without a listener, a thread that fails while it has no task would end the process.
  pool.on('error', (error: unknown) =>
    options.log?.error({ error: String(error) }, 'a worker thread failed'),
  );
  const { timeoutMs = TIMEOUT_MS, most = MOST } = options;
  let taken = 0;
  return {
    async run<T>(
      task: string,
      input: unknown,
      onProgress?: (done: number, total: number) => void,
    ): Promise<T> {
      if (taken >= most) {
        throw new PortError(
          'compute',
          'rate-limited',
          'Too many people are waiting for an answer just now.',
        );
      }
      taken++;
      const channel = onProgress ? new MessageChannel() : null;
      const tell = ([done, total]: [number, number]) => onProgress?.(done, total);
      channel?.port1.on('message', tell);
      try {
        const job = { module: options.module.href, task, input, port: channel?.port2 ?? null };
        const answer = (await pool
          .run(job, {
            signal: AbortSignal.timeout(timeoutMs),
            ...(channel ? { transferList: [channel.port2] } : {}),
          })
          .catch((error: unknown) => {
            throw isAbort(error) ? tooLong(timeoutMs, error) : error;
          })) as Answer;
        // The answer can overtake progress that was posted before it.
        for (let late = channel && receiveMessageOnPort(channel.port1); late; ) {
          tell(late.message);
          late = channel && receiveMessageOnPort(channel.port1);
        }
        if (!answer.ok) throw unpackError(answer.error);
        return answer.value as T;
      } finally {
        taken--;
        channel?.port1.close();
      }
    },
    close: () => pool.close({ force: true }),
  };
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

function tooLong(timeoutMs: number, cause: unknown): PortError {
  const seconds = timeoutMs / 1_000;
  const words = `That took longer than ${seconds} seconds, so I stopped it.`;
  return new PortError('compute', 'timeout', words, { cause });
}
