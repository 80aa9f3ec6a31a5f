import { PortError } from '../../bot/errors.ts';
import type { EventFile } from '../../bot/event.ts';
import { readAtMost } from '../read-at-most.ts';
import { choices } from './limits.ts';
import { emptyFile } from './parse.ts';
import type { SlackFile } from './payload.ts';

/** What a person is told about a file that cannot be taken. */
export const fileSentences = {
  large: 'That file is too large: at most 1 MB. A table of holdings needs far less.',
  unread: 'I could not read that file. Please send it again, as a CSV file up to 1 MB.',
} as const;

/**
 * Reads a file that somebody sent, up to the size that Keel takes and one byte. The token goes to
 * Slack's own file server only.
 */
export function downloader(apiRoot: string | undefined, timeoutMs: number) {
  const host = apiRoot === undefined ? null : new URL(apiRoot).host;
  const trusted = (url: URL) =>
    host === null
      ? url.protocol === 'https:' && url.hostname === 'files.slack.com'
      : url.host === host;

  /** @throws {PortError} 'refused' when it cannot be read at all, 'unreachable' when not now */
  return async (file: SlackFile, token: string, maxBytes: number): Promise<EventFile> => {
    const address = URL.parse(file.url_private_download ?? file.url_private ?? '');
    if (address === null || !trusted(address)) throw refused(fileSentences.unread);
    if ((file.size ?? 0) > maxBytes) throw refused(fileSentences.large);
    try {
      const response = await fetch(address, {
        headers: { authorization: `Bearer ${token}` },
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (response.status >= 500) throw unreachable();
      // Without the scope files:read Slack shows its sign-in page.
      const page = /^text\/html/.test(response.headers.get('content-type') ?? '');
      const wanted = /html/.test(file.mimetype ?? '');
      if (!response.ok || response.body === null || (page && !wanted)) {
        throw refused(fileSentences.unread);
      }
      const content = await readAtMost(response.body, maxBytes);
      if (content.length > maxBytes) throw refused(fileSentences.large);
      return { ...emptyFile(file), bytes: content.length, content: content.toString('base64') };
    } catch (error) {
      if (error instanceof PortError) throw error;
      throw unreachable();
    }
  };
}

export type Download = ReturnType<typeof downloader>;

export const mostFileBytes = choices.fileBytes;

function refused(sentence: string): PortError {
  return new PortError('slack', 'refused', sentence);
}

/** Without its cause, which may quote the address. */
function unreachable(): PortError {
  return new PortError('slack', 'unreachable', 'A file could not be fetched from Slack.');
}
