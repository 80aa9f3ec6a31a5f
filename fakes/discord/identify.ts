import { type Identify, intents } from './frames.ts';
import type { World } from './world.ts';

const privileged = intents.members | intents.presences | intents.content;
const knownIntents = 2 ** 26 - 1;

/** Why a session is not begun; null when it may be. */
export function identifyFault(
  world: World,
  asked: Identify,
  [index, count]: readonly [number, number],
): { readonly code: number; readonly why: string; readonly blamed: boolean } | null {
  const no = (code: number, why: string, blamed = true) => ({ code, why, blamed });
  if (asked.token !== world.token || world.revoked) {
    return no(4004, 'Authentication failed.', !world.revoked);
  }
  if (!Number.isInteger(asked.intents) || asked.intents < 0 || asked.intents > knownIntents) {
    return no(4013, `Invalid intents ${asked.intents}`);
  }
  if ((asked.intents & privileged) !== 0) {
    return no(4014, `Disallowed intents: ${asked.intents & privileged} is privileged`);
  }
  if (!(index >= 0 && index < count)) return no(4010, `Invalid shard ${index}/${count}`);
  if (asked.properties?.os === undefined || asked.compress) {
    return no(4002, 'identify needs properties and no compression');
  }
  return null;
}
