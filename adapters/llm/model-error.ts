import { PortError, type PortErrorCode } from '../../bot/errors.ts';

/** What went wrong with a call to a model, without repeating the prompt, the key or the answer. */
export function modelError(error: unknown, signal: AbortSignal): PortError {
  if (error instanceof PortError) return error;
  const name = error instanceof Error ? error.constructor.name : '';
  if (signal.aborted || /Timeout|Abort/.test(name)) {
    return new PortError('model', 'timeout', 'The model took too long.');
  }
  const status = statusOf(error);
  if (status === null) {
    return new PortError('model', 'unreachable', 'The model could not be reached or broke off.');
  }
  const code: PortErrorCode =
    status === 429 ? 'rate-limited' : status >= 500 ? 'unreachable' : 'refused';
  const hint = status === 401 || status === 403 ? ' Check OPENAI_API_KEY.' : '';
  return new PortError('model', code, `The model answered with status ${status}.${hint}`);
}

function statusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('status' in error)) return null;
  return typeof error.status === 'number' ? error.status : null;
}
