import type { Config } from '../config.ts';
import { createDiscord, type Discord, type DiscordOptions } from './index.ts';

type Settings = Pick<
  Config,
  | 'DISCORD_BOT_TOKEN'
  | 'DISCORD_PUBLIC_KEY'
  | 'DISCORD_INTERACTIONS_PATH'
  | 'DISCORD_SHARDS'
  | 'DISCORD_API_ROOT'
>;

type Ports = Pick<DiscordOptions, 'log' | 'clock' | 'images' | 'timer' | 'wall'> & {
  readonly http: Extract<DiscordOptions['mode'], { http: unknown }>['http']['server'];
};

/** Discord as the settings ask for it; null without a token. */
export function discordFrom(config: Settings, { http, ...ports }: Ports): Discord | null {
  const { DISCORD_BOT_TOKEN: token, DISCORD_PUBLIC_KEY: publicKey } = config;
  if (token === undefined) return null;
  const { DISCORD_INTERACTIONS_PATH: path, DISCORD_SHARDS: shards } = config;
  const root = config.DISCORD_API_ROOT;
  return createDiscord({
    ...ports,
    token,
    ...(root === undefined ? {} : { apiRoot: withApi(root) }),
    mode:
      publicKey === undefined
        ? { gateway: shards === undefined ? {} : { shards } }
        : { http: { publicKey, path, server: http } },
  });
}

/** The library writes the version behind it. */
function withApi(root: string): string {
  return new URL(root).pathname === '/' ? `${root}/api` : root;
}
