import type { PricePanel } from '../../engine/panel.ts';
import { PortError } from '../errors.ts';
import type { Reads } from '../store.ts';
import { decodePanel } from './panel-window.ts';

/** A window takes about a megabyte; everybody advised on the same day has the same one. */
const MOST_KEPT = 8;

const kept = new Map<string, PricePanel>();

/** A price window by its hash, straight from the store: what replay checks. @throws {PortError} 'damaged' */
export async function storedWindow(read: Reads, hash: string): Promise<PricePanel> {
  const bytes = await read.artifacts.get(hash);
  if (bytes === null) {
    throw new PortError('store', 'damaged', `The prices ${hash} are no longer in the store.`);
  }
  return decodePanel(bytes, hash);
}

/** The same from memory when it was used lately: a hash names one window, so it cannot be stale. */
export async function recentWindow(read: Reads, hash: string): Promise<PricePanel> {
  const window = kept.get(hash) ?? (await storedWindow(read, hash));
  keepWindow(hash, window);
  return window;
}

/** Keeps a window for the advice after this one, which is compared with this one. */
export function keepWindow(hash: string, window: PricePanel): void {
  // Last used stands last; the first is the one to drop.
  kept.delete(hash);
  kept.set(hash, window);
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!);
}
