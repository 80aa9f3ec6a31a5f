import { createHash } from 'node:crypto';
import { Piscina } from 'piscina';
import type { Theme } from '../../bot/charts/palette.ts';
import type { ChartSpec } from '../../bot/charts/spec.ts';
import { PortError } from '../../bot/errors.ts';
import type { Images, Logger } from '../../bot/ports.ts';

/** Rendered charts kept for the next person who asks for the same one: about 40 kB each. */
const mostKept = 200;
/** Drawings taken at once. */
const MOST = 200;
const TIMEOUT_MS = 30_000;

/**
 * Draws chart specs as PNG files on worker threads, 480 points wide at two pixels per point.
 * The same spec gives the same bytes; asked again it comes from memory.
 */
export function createImages(options: {
  readonly threads: number;
  readonly log?: Logger;
}): Images & { close(): Promise<void> } {
  const pool = new Piscina({
    filename: new URL('./render-worker.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: options.threads,
    idleTimeout: 60_000,
  });
  // Without a listener, a thread that fails while it draws nothing would end the process.
  pool.on('error', (error: unknown) =>
    options.log?.error({ error: String(error) }, 'a drawing thread failed'),
  );
  let taken = 0;
  async function draw(spec: ChartSpec, theme: Theme): Promise<Uint8Array> {
    if (taken >= MOST) {
      throw new PortError('images', 'rate-limited', 'Too many charts are being drawn just now.');
    }
    taken++;
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      return (await pool.run({ spec, theme }, { signal })) as Uint8Array;
    } catch (error) {
      throw new PortError('images', 'unreachable', 'The chart could not be drawn just now.', {
        cause: error,
      });
    } finally {
      taken--;
    }
  }

  const kept = new Map<string, Promise<Uint8Array>>();

  return {
    png(spec: ChartSpec, theme: Theme) {
      const key = createHash('sha256')
        .update(`${theme}\n${JSON.stringify(spec)}`)
        .digest('hex');
      const known = kept.get(key);
      kept.delete(key);
      const png = known ?? draw(spec, theme);
      // Last used stands last; the first is the one to drop.
      kept.set(key, png);
      if (kept.size > mostKept) kept.delete(kept.keys().next().value!);
      // A failed drawing is not remembered.
      png.catch(() => kept.get(key) === png && kept.delete(key));
      return png;
    },
    close: () => pool.close({ force: true }),
  };
}
