import { PortError } from '../../bot/errors.ts';
import { readAtMost } from '../read-at-most.ts';
import { choices } from './limits.ts';

/** Reads files from the Bot API server, up to the size that Keel takes and one byte. */
export function downloader(apiRoot: string, token: string, timeoutMs: number) {
  return async (path: string): Promise<Uint8Array> => {
    let response: Response;
    try {
      response = await fetch(`${apiRoot}/file/bot${token}/${encodeURI(path)}`, {
        signal: AbortSignal.timeout(timeoutMs),
      });
    } catch {
      throw broken();
    }
    if (response.status >= 500) {
      throw new PortError('telegram', 'unreachable', `A file was answered ${response.status}.`);
    }
    if (!response.ok || response.body === null) {
      throw new PortError('telegram', 'refused', `A file was answered ${response.status}.`);
    }
    try {
      return await readAtMost(response.body, choices.fileBytes);
    } catch {
      throw broken();
    }
  };
}

/** Without its cause, which may quote the address that holds the token. */
function broken(): PortError {
  return new PortError('telegram', 'unreachable', 'A file could not be fetched from Telegram.');
}
