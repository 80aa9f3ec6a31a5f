import { createHash } from 'node:crypto';
import { Piscina } from 'piscina';
import type { Theme } from '../../bot/charts/palette.ts';
import type { ChartSpec } from '../../bot/charts/spec.ts';
import type { Images } from '../../bot/ports.ts';

/** Rendered charts kept for the next person who asks for the same one: about 40 kB each. */
const mostKept = 200;

/**
 * Draws chart specs as PNG files on worker threads, 480 points wide at two pixels per point.
 * The same spec gives the same bytes; asked again it comes from memory.
 */
export function createImages(options: { threads: number }): Images & { close(): Promise<void> } {
  const pool = new Piscina({
    filename: new URL('./render-worker.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: options.threads,
    idleTimeout: 60_000,
  });
  const kept = new Map<string, Promise<Uint8Array>>();

  return {
    png(spec: ChartSpec, theme: Theme) {
      const key = createHash('sha256')
        .update(`${theme}\n${JSON.stringify(spec)}`)
        .digest('hex');
      const known = kept.get(key);
      kept.delete(key);
      const png = known ?? (pool.run({ spec, theme }) as Promise<Uint8Array>);
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
