import { Client, Events, GatewayIntentBits, type Guild, Options } from 'discord.js';
import type { Logger } from '../../bot/ports.ts';
import type { Timer } from '../timer.ts';
import { restOptions } from './api.ts';
import { sentences } from './faults.ts';
import { choices } from './limits.ts';
import { within } from './within.ts';

export interface GatewayOptions {
  readonly token: string;
  readonly apiRoot?: string | undefined;
  readonly timeoutMs?: number | undefined;
  readonly shards?: 'auto' | number | undefined;
  readonly log: Logger;
  readonly timer: Timer;
  /** What Discord says, as it comes. */
  readonly packet: (name: string, data: unknown) => void;
  readonly guild: (what: 'installed' | 'uninstalled', guild: Guild) => void;
  /** What is wrong, in a sentence; null when all is well again. */
  readonly tell: (sentence: string | null) => void;
}

/** Codes with which Discord closes for good, and what to do. */
const closing: Readonly<Record<number, string>> = {
  4004: sentences.revoked,
  4010: sentences.shards,
  4011: sentences.shards,
  4013: sentences.intents,
  4014: sentences.intents,
};

/**
 * The connection on which Discord tells what people write and do. Nothing privileged is asked for: in
 * servers only what names the bot has words. The library's own manager keeps the shards.
 */
export function createGateway(options: GatewayOptions) {
  const { token, shards = 1, log, timer, packet, guild, tell } = options;
  let client: Client | null = null;
  let login: Promise<unknown> = Promise.resolve();
  let stopped = false;

  function made(): Client {
    const one: Client = new Client({
      intents: [
        GatewayIntentBits.Guilds,
        GatewayIntentBits.GuildMessages,
        GatewayIntentBits.DirectMessages,
      ],
      rest: restOptions(options),
      ...(shards === 'auto'
        ? { shards: 'auto' as const }
        : { shards: Array.from({ length: shards }, (_, at) => at), shardCount: shards }),
      // Events are read as they come: nothing is kept of people and messages.
      makeCache: Options.cacheWithLimits({
        ...Options.DefaultMakeCacheSettings,
        MessageManager: 0,
        DMMessageManager: 0,
        GuildMessageManager: 0,
        PresenceManager: 0,
        ReactionManager: 0,
        ThreadMemberManager: 0,
        UserManager: { maxSize: 1, keepOverLimit: ({ id }) => id === one.user?.id },
        GuildMemberManager: { maxSize: 1, keepOverLimit: ({ id }) => id === one.user?.id },
      }),
    });
    one.on(Events.Raw as never, ({ t, d }: { readonly t: string; readonly d: unknown }) => {
      if (!stopped && (t === 'INTERACTION_CREATE' || t === 'MESSAGE_CREATE')) packet(t, d);
    });
    one.on(Events.GuildCreate, (joined) => guild('installed', joined));
    one.on(Events.GuildDelete, (left) => guild('uninstalled', left));
    one.on(Events.Error, (error) => log.warn({ error: error.name }, 'the gateway had an error'));
    one.on(Events.ShardError, (error, shard) => {
      log.warn({ error: error.name, shard }, 'a shard had an error');
      tell(sentences.away);
    });
    one.on(Events.ShardReady, () => tell(null));
    one.on(Events.ShardResume, () => tell(null));
    return one;
  }

  return {
    /**
     * Resolves when the first shard is ready, or when something is wrong that was told.
     * @throws what the library throws when it could not begin; it can be started again
     */
    async start(): Promise<void> {
      const one = made();
      client = one;
      const { promise: settled, resolve } = Promise.withResolvers<void>();
      one.once(Events.ShardReady, () => resolve());
      one.on(Events.ShardDisconnect, ({ code }) => {
        log.error({ code }, 'a shard was closed for good');
        tell(closing[code] ?? sentences.away);
        resolve();
      });
      // Shards begin one after the other; who waits for all would wait for minutes.
      const begun = one.login(token);
      login = begun.catch(() => undefined);
      await Promise.race([begun, settled]);
    },
    async stop(): Promise<void> {
      stopped = true;
      if (client === null) return;
      // A shard that is closed while it connects comes back, and the library waits for it for ever.
      await within(timer, choices.stopMs, login);
      await within(timer, choices.stopMs, client.destroy());
    },
  };
}

export type Gateway = ReturnType<typeof createGateway>;
