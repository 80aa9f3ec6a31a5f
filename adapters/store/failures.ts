import { Conflict, PortError, Refusal } from '../../bot/errors.ts';

interface DatabaseFailure {
  readonly code?: string;
  readonly message?: string;
  readonly constraint?: string;
  readonly table?: string;
}

const retryable = new Set(['40001', '40P01']);
const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EPIPE',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  // The database ended a transaction in which nothing happened for too long.
  '25P03',
]);
const lost =
  /connection terminated|connection ended|client has encountered a connection error|not queryable|PGlite is closed|Cannot use a pool after/i;

/** Serialization failures and deadlocks: the transaction did nothing and can run again. */
export function isRetryable(error: unknown): boolean {
  return retryable.has(failureOf(error).code ?? '');
}

/** The driver's own error: drizzle wraps it in one whose message holds the parameters. */
export function failureOf(error: unknown): DatabaseFailure {
  if (error instanceof AggregateError && error.errors.length > 0) return failureOf(error.errors[0]);
  if (error instanceof Error && error.message.startsWith('Failed query:') && error.cause)
    return failureOf(error.cause);
  return typeof error === 'object' && error !== null ? error : {};
}

/**
 * What a failed call becomes. Messages never hold query parameters (people's data) or a password.
 * @param where the database in words: "localhost:5432" or the folder
 */
export function asPortError(error: unknown, where: string): unknown {
  if (error instanceof PortError || error instanceof Conflict || error instanceof Refusal)
    return error;
  const failure = failureOf(error);
  const message = failure.message ?? '';
  if (/timeout exceeded when trying to connect/i.test(message))
    return new PortError(
      'store',
      'timeout',
      `All connections to the database at ${where} are busy; try again in a moment.`,
    );
  const code = failure.code ?? '';
  if (unreachable.has(code) || code.startsWith('08') || lost.test(message))
    return new PortError(
      'store',
      'unreachable',
      `The database at ${where} could not be reached (${code || 'connection lost'}); check that it is running and that DATABASE_URL is right.`,
    );
  if (code === '28P01' || code === '28000')
    return new PortError(
      'store',
      'refused',
      `The database at ${where} refused the user or password; check DATABASE_URL.`,
    );
  if (code === '3D000')
    return new PortError(
      'store',
      'refused',
      `The database named in DATABASE_URL does not exist at ${where}; create it first.`,
    );
  if (code === 'XX001' || code === 'XX002')
    return new PortError(
      'store',
      'damaged',
      `The database at ${where} is damaged (${message}): restore a backup.`,
    );
  if (['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOTDIR', 'EEXIST'].includes(code))
    return new PortError(
      'store',
      'refused',
      `Nothing can be written at ${where} (${code}): give Keel a folder it may write to with KEEL_HOME, or make room on the disk.`,
    );
  if (/^([0-9][0-9A-Z]|F0|HV|P0|XX)[0-9A-Z]{3}$/.test(code)) {
    const at = failure.constraint ? ` (${failure.constraint})` : '';
    // A data exception quotes the value that did not fit.
    const why = code.startsWith('22') ? 'a value does not fit its column' : message;
    return new PortError('store', 'refused', `The database refused: ${why}${at} [${code}]`);
  }
  if (error instanceof Error && error.message.startsWith('Failed query:'))
    return new PortError('store', 'bad-answer', `The database at ${where} failed: ${message}`);
  return error;
}
