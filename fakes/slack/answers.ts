import type { Json } from './world.ts';

/** Slack's no to a call that was well formed: not a mistake of the bot, so no violation. */
export class Refused extends Error {
  readonly more: Json;
  constructor(error: string, more: Json = {}) {
    super(error);
    this.more = more;
  }
}
