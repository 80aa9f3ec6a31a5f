/** What a file turned out to be: text to read, or a sentence why it is none. */
export type FileText = { readonly text: string } | { readonly problem: string };

const MAX_BYTES = 1_000_000;

const kinds: readonly (readonly [readonly number[], string])[] = [
  [[0x89, 0x50, 0x4e, 0x47], 'That is a picture (PNG)'],
  [[0xff, 0xd8, 0xff], 'That is a picture (JPEG)'],
  [[0x47, 0x49, 0x46, 0x38], 'That is a picture (GIF)'],
  [[0x25, 0x50, 0x44, 0x46], 'That is a PDF'],
  [[0x50, 0x4b, 0x03, 0x04], 'That is a spreadsheet or an archive'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'That is an old spreadsheet'],
  [[0x1f, 0x8b], 'That is a compressed file'],
];

/** Decodes an uploaded file that should be CSV; the bytes decide, not the name. */
export function textOfFile(bytes: Uint8Array): FileText {
  if (bytes.length === 0) return { problem: 'That file is empty.' };
  if (bytes.length > MAX_BYTES) {
    return { problem: 'That file is larger than 1 MB. Please send only what you hold today.' };
  }
  const kind = kinds.find(([magic]) => magic.every((byte, index) => bytes[index] === byte));
  if (kind) return { problem: `${kind[1]}, which I cannot read. Please save it as CSV.` };
  const text = decode(bytes);
  if (text === null) return { problem: 'That file is not text. Please save it as CSV.' };
  return text.trim() === '' ? { problem: 'That file is empty.' } : { text };
}

function decode(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  // Control characters other than tab and line ends do not occur in a list of holdings.
  const sample = bytes.subarray(0, 20_000);
  if (sample.some((byte) => byte < 9 || (byte > 13 && byte < 32))) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
