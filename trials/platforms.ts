import { existsSync } from 'node:fs';
import { schemaMissing } from '../fakes/telegram/schema.ts';
import { type OpenPlatform, prices } from './chat-stage.ts';
import { openTelegram } from './telegram-platform.ts';

/** Every platform, by every way in which it reaches Keel. */
export const platforms: Readonly<Record<string, OpenPlatform>> = {
  'Telegram by webhook': openTelegram('webhook'),
  'Telegram by polling': openTelegram('polling'),
};

/** Those that deliver again what was delivered, and later things first: polls go strictly onwards. */
export const repeating: Readonly<Record<string, OpenPlatform>> = Object.fromEntries(
  Object.entries(platforms).filter(([name]) => name !== 'Telegram by polling'),
);

/** Why trials in front of platforms cannot be played here; null when they can. */
export const platformsMissing =
  schemaMissing ??
  (existsSync(prices.slice('csv:'.length))
    ? null
    : 'The prices in ../shared are not here: clone them beside this folder.');
