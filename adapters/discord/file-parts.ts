import { limits } from './limits.ts';

/** A file's content in parts that Discord takes each; characters stay whole. */
export function fileParts(content: string): readonly string[] {
  // Discord refuses a file of nothing.
  if (content === '') return ['\n'];
  const bytes = Buffer.from(content);
  if (bytes.length <= limits.fileBytes) return [content];
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    let end = Math.min(bytes.length, at + limits.fileBytes);
    while (end < bytes.length && isInside(bytes[end])) end -= 1;
    parts.push(bytes.toString('utf8', at, end));
    at = end;
  }
  return parts;
}

/** Whether a byte goes on with a character that has begun. */
function isInside(byte: number): boolean {
  return (byte & 0b1100_0000) === 0b1000_0000;
}
