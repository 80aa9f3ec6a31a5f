import { PortError } from '../../bot/errors.ts';
import type { EventFile } from '../../bot/event.ts';
import { choices } from './limits.ts';
import { emptyFile } from './parse.ts';
import type { Attachment } from './payload.ts';

/** Sentences for people about files. */
export const fileWords = {
  large: 'That file is too large: at most 1 MB. A table of holdings needs far less.',
  broken: 'I could not read that file. Please send it again, as a CSV file up to 1 MB.',
  one: 'I read one file at a time: I took the first. Please send the others one by one.',
} as const;

/** A file with its content. @throws PortError 'refused' with what to say when it cannot be taken */
export async function readFile(
  attachment: Attachment,
  download: (url: string) => Promise<Uint8Array>,
  mostBytes: number = choices.fileBytes,
): Promise<EventFile> {
  const large = () => new PortError('discord', 'refused', fileWords.large);
  // Before it is fetched: nobody makes Keel read what it would not take.
  if (attachment.size > mostBytes) throw large();
  const content = await download(attachment.url).catch((): never => {
    throw new PortError('discord', 'refused', fileWords.broken);
  });
  if (content.length > mostBytes) throw large();
  return {
    ...emptyFile(attachment),
    bytes: content.length,
    content: Buffer.from(content).toString('base64'),
  };
}
