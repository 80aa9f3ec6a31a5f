import { parseHtml } from './entities.ts';
import type { FakeButton } from './world.ts';

/**
 * What the Bot API refuses beyond types: platform-limits.json and limits-from-descriptions.json in
 * ../shared/specs. Each check throws with the words of the server.
 */
const textLength = 4096;
const captionLength = 1024;
const mostEntities = 100;
const mostButtons = 100;
const buttonsInRow = 8;
const callbackBytes = 64;

type Params = Readonly<Record<string, unknown>>;

function refuse(why: string): never {
  throw new Error(`Bad Request: ${why}`);
}

/** Text or caption without tags. */
export function formatted(params: Params, field: 'text' | 'caption') {
  const given = String(params[field] ?? '');
  if (params.parse_mode !== undefined && params.parse_mode !== 'HTML') {
    refuse(`parse mode ${String(params.parse_mode)} is not used here`);
  }
  const parsed =
    params.parse_mode === 'HTML' ? parseHtml(given) : { text: given.trim(), entities: [] };
  if (!parsed.text.isWellFormed()) refuse('strings must be encoded in UTF-8');
  const longest = field === 'text' ? textLength : captionLength;
  if (parsed.text.length > longest) refuse(`message ${field} is too long`);
  if (field === 'text' && !/[^\s\p{C}\p{Z}\p{M}]/u.test(parsed.text)) {
    refuse('message text is empty');
  }
  if (parsed.entities.length > mostEntities) refuse('more entities than Telegram shows');
  return parsed;
}

export function keyboardOf(params: Params): readonly (readonly FakeButton[])[] {
  const markup = params.reply_markup as
    | { readonly inline_keyboard?: readonly (readonly FakeButton[])[] }
    | undefined;
  const rows = markup?.inline_keyboard ?? [];
  if (rows.flat().length > mostButtons) refuse('reply markup has too many buttons');
  for (const row of rows) {
    if (row.length === 0) refuse('an empty row of buttons');
    if (row.length > buttonsInRow) refuse('too many buttons in a row');
    for (const button of row) checkButton(button);
  }
  return rows;
}

function checkButton(button: FakeButton): void {
  if (!/[^\s\p{C}\p{Z}\p{M}]/u.test(button.text)) refuse('text buttons must have non-empty text');
  if (button.callback_data !== undefined) {
    const bytes = Buffer.byteLength(button.callback_data);
    if (bytes < 1 || bytes > callbackBytes) refuse('BUTTON_DATA_INVALID');
  }
  if (button.url !== undefined) {
    const url = URL.parse(button.url);
    if (url === null || !['http:', 'https:', 'tg:'].includes(url.protocol)) {
      refuse(`inline keyboard button URL '${button.url}' is invalid: unsupported URL protocol`);
    }
    if (url.protocol !== 'tg:' && !url.hostname.includes('.')) {
      refuse(`inline keyboard button URL '${button.url}' is invalid: Wrong HTTP URL`);
    }
  }
}

/** A photo is a PNG or JPEG of at most 10 MB whose sides and ratio Telegram takes. */
export function checkPhoto(bytes: Uint8Array | undefined): void {
  if (bytes === undefined || bytes.length === 0) refuse('there is no photo in the request');
  if (bytes.length > 10 * 1024 * 1024) refuse('file is too big');
  const view = Buffer.from(bytes);
  if (view.readUInt32BE(0) !== 0x89504e47) refuse('IMAGE_PROCESS_FAILED');
  const [width, height] = [view.readUInt32BE(16), view.readUInt32BE(20)];
  if (width + height > 10_000 || Math.max(width / height, height / width) > 20) {
    refuse('PHOTO_INVALID_DIMENSIONS');
  }
}

export function checkDocument(file: { readonly bytes: Uint8Array } | undefined): void {
  if (file === undefined || file.bytes.length === 0) refuse('file must be non-empty');
  if (file.bytes.length > 50 * 1024 * 1024) refuse('file is too big');
}

export function checkCommands(commands: unknown): void {
  const given = commands as readonly { readonly command: string; readonly description: string }[];
  if (given.length > 100) refuse('BOT_COMMANDS_TOO_MUCH');
  for (const { command, description } of given) {
    if (!/^[a-z0-9_]{1,32}$/.test(command)) refuse('BOT_COMMAND_INVALID');
    if (description.length < 1 || description.length > 256)
      refuse('BOT_COMMAND_DESCRIPTION_INVALID');
  }
}
