import type { Offered } from '../bot/door.ts';
import type { Clock, Images, Logger } from '../bot/ports.ts';
import type { Chat } from './chat.ts';
import type { Config } from './config.ts';
import type { HttpServer } from './http/index.ts';
import type { Keys } from './keys.ts';
import type { SlackInstallations } from './slack/workspaces.ts';
import type { Timer } from './timer.ts';

export interface ChatPorts {
  readonly http: HttpServer;
  readonly log: Logger;
  readonly clock: Clock;
  readonly images: Images;
  readonly commands: readonly Offered[];
  readonly keys: Keys;
  readonly installations: SlackInstallations;
  /** Time by which platforms pace messages. */
  readonly time?: Timer;
  /** Real time, by which platforms sign and let answers run out; the system's when absent. */
  readonly wall?: () => number;
}

/**
 * Every platform that the settings switch on. Only theirs is loaded: together the platforms' own
 * libraries take longer than all the rest of a start.
 */
export async function chatsFrom(config: Config, ports: ChatPorts): Promise<readonly Chat[]> {
  const { http, log, clock, images, commands, keys, installations, time, wall } = ports;
  const shared = { http, log, clock, images, ...(time === undefined ? {} : { timer: time }) };
  const chats: (Chat | null)[] = [];
  if (config.TELEGRAM_BOT_TOKEN !== undefined) {
    const { telegramFrom } = await import('./telegram/from-config.ts');
    chats.push(telegramFrom(config, { ...shared, commands, key: keys.session }));
  }
  if (config.DISCORD_BOT_TOKEN !== undefined) {
    const { discordFrom } = await import('./discord/from-config.ts');
    chats.push(discordFrom(config, { ...shared, ...(wall === undefined ? {} : { wall }) }));
  }
  if ((config.SLACK_BOT_TOKEN ?? config.SLACK_CLIENT_ID) !== undefined) {
    const { slackFrom } = await import('./slack/from-config.ts');
    const wallNow = wall === undefined ? {} : { wallNow: wall };
    chats.push(slackFrom(config, { ...shared, ...wallNow, key: keys.session, installations }));
  }
  return chats.filter((chat) => chat !== null);
}
