import { type Timing, timesOf } from './measured.ts';
import { openPeer, type Peer, type PeerRequest, pythonOf } from './peer.ts';

/** Two processes of the same libraries, by the threads of their linear algebra; or why there are none. */
export async function openPeers(): Promise<readonly Peer[] | string> {
  const python = pythonOf(process.env);
  const own = await openPeer(python, 'own');
  if (typeof own === 'string') return own;
  const single = await openPeer(python, 'one');
  return typeof single === 'string' ? [own] : [own, single];
}

/** What the faster of the peers made of a task. */
export interface PeerResult {
  readonly timing: Omit<Timing, 'first'>;
  readonly values: Float64Array;
  readonly defaultFailed: boolean;
}

/**
 * Asks one after the other.
 *
 * @returns the faster answer; what was said when neither has one; null without the library
 */
export async function askPeers(
  peers: readonly Peer[],
  library: string,
  request: PeerRequest,
): Promise<PeerResult | string | null> {
  let best: PeerResult | null = null;
  let failure: string | null = null;
  for (const peer of peers) {
    if (!peer.has(library)) continue;
    const found = await peer.ask(request);
    if ('failure' in found) {
      failure = found.failure;
      continue;
    }
    const timing = timesOf(found.times);
    if (best !== null && best.timing.median <= timing.median) continue;
    const { defaultFailed } = found;
    best = { timing, values: Float64Array.from(found.answer), defaultFailed };
  }
  return best ?? failure;
}
