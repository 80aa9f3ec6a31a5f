import type { BotDoor } from '../bot/door.ts';
import type { ChatAdapter } from '../bot/ports.ts';

/** Both directions of a platform that has bots of its own. */
export interface Chat<Door = BotDoor> extends ChatAdapter {
  /** Connects the bot; call before start. */
  connect(door: Door): void;
  /** Checks the settings with the platform and begins to listen. @throws PortError saying what to do */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Where people find the bot, or install it; null until the platform has said it. */
  address(): string | null;
  /** What is wrong, in one sentence, or null: for those who run Keel. */
  fault(): string | null;
}
