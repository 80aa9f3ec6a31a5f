import { createHmac } from 'node:crypto';
import type { Config } from '../config.ts';
import { createTelegram, type Telegram, type TelegramOptions } from './index.ts';

type Ports = Pick<TelegramOptions, 'log' | 'clock' | 'images' | 'commands' | 'timer'> & {
  readonly http: Exclude<TelegramOptions['mode'], 'polling'>['webhook']['http'];
  /** Makes the webhook's secret when none is set: the same at every start. */
  readonly key: Uint8Array;
};

/** Telegram as the settings ask for it; null without a token. */
export function telegramFrom(config: Config, ports: Ports): Telegram | null {
  const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_WEBHOOK_URL: url } = config;
  if (token === undefined) return null;
  const { http, key, ...rest } = ports;
  const secret =
    config.TELEGRAM_WEBHOOK_SECRET ??
    createHmac('sha256', key).update('telegram webhook').digest('base64url');
  return createTelegram({
    ...rest,
    token,
    ...(config.TELEGRAM_API_ROOT ? { apiRoot: config.TELEGRAM_API_ROOT } : {}),
    mode: url === undefined ? 'polling' : { webhook: { url, secret, http } },
  });
}
