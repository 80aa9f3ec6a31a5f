import type { Offered } from '../bot/door.ts';
import type { Clock, Images, Logger } from '../bot/ports.ts';
import type { Chat } from './chat.ts';
import type { Config } from './config.ts';
import { discordFrom } from './discord/from-config.ts';
import type { HttpServer } from './http/index.ts';
import type { Keys } from './keys.ts';
import { slackFrom } from './slack/from-config.ts';
import type { SlackInstallations } from './slack/workspaces.ts';
import { telegramFrom } from './telegram/from-config.ts';
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

/** Every platform that the settings switch on. */
export function chatsFrom(config: Config, ports: ChatPorts): readonly Chat[] {
  const { http, log, clock, images, commands, keys, installations, time, wall } = ports;
  const shared = { http, log, clock, images, ...(time === undefined ? {} : { timer: time }) };
  const wallNow = wall === undefined ? {} : { wallNow: wall };
  return [
    telegramFrom(config, { ...shared, commands, key: keys.session }),
    discordFrom(config, { ...shared, ...(wall === undefined ? {} : { wall }) }),
    slackFrom(config, { ...shared, ...wallNow, key: keys.session, installations }),
  ].filter((chat) => chat !== null);
}
