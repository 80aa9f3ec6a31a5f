import { existsSync } from 'node:fs';
import { specMissing } from '../fakes/discord/schema.ts';
import { schemaMissing as slackMissing } from '../fakes/slack/schema.ts';
import { schemaMissing } from '../fakes/telegram/schema.ts';
import { type OpenPlatform, prices } from './chat-stage.ts';
import { openDiscord } from './discord-platform.ts';
import { openSlack } from './slack-platform.ts';
import { openTelegram } from './telegram-platform.ts';

/** Every platform, by every way in which it reaches Keel. */
export const platforms: Readonly<Record<string, OpenPlatform>> = {
  'Telegram by webhook': openTelegram('webhook'),
  'Telegram by polling': openTelegram('polling'),
  'Discord by gateway': openDiscord('gateway'),
  'Discord by HTTP': openDiscord('http'),
  'Slack by HTTP': openSlack('http'),
  'Slack by Socket Mode': openSlack('socket'),
};

/** Those that deliver again what was delivered, and later things first: polls go strictly onwards. */
export const repeating: Readonly<Record<string, OpenPlatform>> = Object.fromEntries(
  Object.entries(platforms).filter(([name]) => name !== 'Telegram by polling'),
);

/** Why trials in front of platforms cannot be played here; null when they can. */
export const platformsMissing =
  schemaMissing ??
  specMissing ??
  slackMissing ??
  (existsSync(prices.slice('csv:'.length))
    ? null
    : 'The prices in ../shared are not here: clone them beside this folder.');
