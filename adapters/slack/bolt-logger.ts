import { type Logger as BoltLogger, LogLevel } from '@slack/bolt';
import type { Logger } from '../../bot/ports.ts';

const secrets =
  /xox[a-z]-[\w-]+|xapp-[\w-]+|xoxe[\w.-]+|wss?:\/\/\S+|https?:\/\/hooks\.\S+|Bearer \S+|[?&](code|state|ticket)=[^&\s]+/gi;

/** A text without tokens, tickets and addresses that are secret. */
export function withoutSecrets(text: string): string {
  return text.replaceAll(secrets, '[hidden]').slice(0, 300);
}

/** Bolt's log in ours: warnings and errors alone, since the rest quotes what people wrote. */
export function boltLogger(log: Logger): BoltLogger {
  const say =
    (level: 'warn' | 'error') =>
    (...messages: unknown[]) => {
      const text = messages.map((each) => (each instanceof Error ? each.message : String(each)));
      log[level]({ platform: 'slack', said: withoutSecrets(text.join(' ')) }, 'Bolt');
    };
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: say('warn'),
    error: say('error'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}
