import { PortError } from '../../bot/errors.ts';
import { readAtMost } from '../read-at-most.ts';
import { choices } from './limits.ts';

const hosts = ['cdn.discordapp.com', 'media.discordapp.net'];

/** Whether an address is one where Discord keeps what people send: nothing else is ever fetched. */
export function isDiscordFile(url: string, apiRoot: string | undefined): boolean {
  const parsed = URL.parse(url);
  if (parsed === null || parsed.username !== '' || parsed.password !== '') return false;
  if (apiRoot !== undefined && parsed.origin === URL.parse(apiRoot)?.origin) return true;
  return parsed.protocol === 'https:' && parsed.port === '' && hosts.includes(parsed.hostname);
}

/** Reads files that people send, up to the size that Keel takes and one byte. */
export function downloader(apiRoot: string | undefined, timeoutMs: number) {
  return async (url: string): Promise<Uint8Array> => {
    if (!isDiscordFile(url, apiRoot)) {
      throw new PortError('discord', 'refused', 'A file lies where Discord keeps none.');
    }
    let response: Response;
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      response = await fetch(url, { signal, redirect: 'error' });
    } catch {
      throw broken();
    }
    if (!response.ok || response.body === null) {
      const code = response.status >= 500 ? 'unreachable' : 'refused';
      throw new PortError('discord', code, `A file was answered ${response.status}.`);
    }
    try {
      return await readAtMost(response.body, choices.fileBytes);
    } catch {
      throw broken();
    }
  };
}

/** Without its cause, which may quote the address: it opens the file to whoever reads it. */
function broken(): PortError {
  return new PortError('discord', 'unreachable', 'A file could not be fetched from Discord.');
}
