import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { Compute } from '../../bot/ports.ts';
import type { Answer } from './compute-worker.ts';
import { unpackError } from './errors-across.ts';

/**
 * Runs named tasks on worker threads, so that the chat never stalls behind a backtest. `module`
 * exports `tasks`, a table of functions `(input, progress) => output` over plain data and typed
 * arrays. A task's EngineError, PortError or Refusal arrives here with its class, code and values.
 */
export function createCompute(options: {
  readonly threads: number;
  readonly module: URL;
}): Compute & { close(): Promise<void> } {
  const pool = new Piscina({
    filename: new URL('./compute-worker.ts', import.meta.url).href,
    minThreads: 1,
    maxThreads: options.threads,
    idleTimeout: 60_000,
  });
  return {
    async run<T>(
      task: string,
      input: unknown,
      onProgress?: (done: number, total: number) => void,
    ): Promise<T> {
      const channel = onProgress ? new MessageChannel() : null;
      const tell = ([done, total]: [number, number]) => onProgress?.(done, total);
      channel?.port1.on('message', tell);
      try {
        const job = { module: options.module.href, task, input, port: channel?.port2 ?? null };
        const answer = (await pool.run(
          job,
          channel ? { transferList: [channel.port2] } : {},
        )) as Answer;
        // The answer can overtake progress that was posted before it.
        for (let late = channel && receiveMessageOnPort(channel.port1); late; ) {
          tell(late.message);
          late = channel && receiveMessageOnPort(channel.port1);
        }
        if (!answer.ok) throw unpackError(answer.error);
        return answer.value as T;
      } finally {
        channel?.port1.close();
      }
    },
    close: () => pool.close({ force: true }),
  };
}
