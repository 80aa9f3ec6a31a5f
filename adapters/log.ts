import { pino } from 'pino';
import type { Logger } from '../bot/ports.ts';

/** Field names that never reach a log, wherever they stand in the first three levels. */
const SECRET_FIELDS = [
  'token',
  'secret',
  'password',
  'cookie',
  'authorization',
  'databaseUrl',
  'text',
  'values',
  'content',
  'answers',
  'identity',
  'conversation',
  'ticket',
];

/** The log of this process: JSON lines on standard error, without secrets or personal data. */
export function createLog(level: string, destination?: { write(line: string): void }): Logger {
  const paths = SECRET_FIELDS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
  const options = {
    level,
    base: null,
    redact: { paths, censor: '[hidden]' },
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return destination === undefined
    ? pino(options, pino.destination({ fd: 2, sync: true }))
    : pino(options, destination);
}
