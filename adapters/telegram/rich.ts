import { limits } from './limits.ts';

/** A run of characters of one look. */
export interface Span {
  readonly text: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
}
export type Line = readonly Span[];
/** Lines that belong together; a blank line stands between paragraphs. */
export interface Paragraph {
  readonly look: 'plain' | 'pre' | 'quote';
  readonly lines: readonly Line[];
}

const tags = {
  plain: ['', ''],
  pre: ['<pre>', '</pre>'],
  quote: ['<blockquote>', '</blockquote>'],
};

/** Characters that Telegram would drop or turn, made plain beforehand; lines end with \n. */
export function clean(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/\p{Cc}/gu, (control) => (control === '\n' ? control : ' '))
    .replaceAll(/[\u2028-\u202e]/g, ' ');
}

/** `**bold**` is the only markup; a pair that is not closed stands as it is. */
export function withBold(line: string): Span[] {
  return line
    .split(/(\*\*[^*]+\*\*)/)
    .filter((part) => part !== '')
    .map((part) =>
      /^\*\*[^*]+\*\*$/.test(part) ? { text: part.slice(2, -2), bold: true } : { text: part },
    );
}

/** Paragraphs in Telegram's HTML. */
export function toHtml(paragraphs: readonly Paragraph[]): string {
  return paragraphs
    .map(({ look, lines }) => {
      const [open, close] = tags[look];
      return `${open}${lines.map((line) => line.map(spanHtml).join('')).join('\n')}${close}`;
    })
    .join('\n\n');
}

/** Paragraphs as a plain text file shows them. */
export function toPlain(paragraphs: readonly Paragraph[]): string {
  return paragraphs.map(({ lines }) => lines.map(lineText).join('\n')).join('\n\n');
}

/** Characters after entities are parsed, in UTF-16 units. */
export function lengthOf(paragraphs: readonly Paragraph[]): number {
  const inside = paragraphs.map(({ lines }) => linesLength(lines));
  return inside.reduce((sum, length) => sum + length, 0) + 2 * Math.max(0, paragraphs.length - 1);
}

/** Whether there is anything to read; a message of blanks alone is refused by Telegram. */
export function isBlank(paragraphs: readonly Paragraph[]): boolean {
  return !/[^\s\p{C}\p{Z}\p{M}\u2800\u3164\uffa0\u115f\u1160]/u.test(toPlain(paragraphs));
}

/** Whether it fits in one message or caption of a length. */
export function fits(paragraphs: readonly Paragraph[], length: number): boolean {
  return lengthOf(paragraphs) <= length && entitiesOf(paragraphs) <= limits.entities;
}

/** Spreads paragraphs over messages: breaks between paragraphs, then lines, then words. */
export function paginate(paragraphs: readonly Paragraph[], length: number): Paragraph[][] {
  const pages: Paragraph[][] = [];
  let page: Paragraph[] = [];
  const add = (piece: Paragraph): boolean => {
    if (!fits([...page, piece], length)) return false;
    page.push(piece);
    return true;
  };
  const turn = () => {
    if (!isBlank(page)) pages.push(page);
    page = [];
  };
  for (const paragraph of paragraphs) {
    if (add(paragraph)) continue;
    turn();
    if (add(paragraph)) continue;
    for (const piece of pieces(paragraph, length)) {
      if (add(piece)) continue;
      turn();
      add(piece);
    }
  }
  turn();
  return pages;
}

/** A paragraph too long for a message, as pieces that each fit. */
function pieces({ look, lines }: Paragraph, length: number): Paragraph[] {
  const found: Paragraph[] = [];
  let taken: Line[] = [];
  for (const line of lines.flatMap((each) => cut(each, length))) {
    if (taken.length > 0 && !fits([{ look, lines: [...taken, line] }], length)) {
      found.push({ look, lines: taken });
      taken = [];
    }
    taken.push(line);
  }
  if (taken.length > 0) found.push({ look, lines: taken });
  return found;
}

/** A line in parts of at most so many characters and half the entities, cut at blanks where it can. */
function cut(line: Line, length: number): Line[] {
  const parts: Line[] = [];
  let part: Span[] = [];
  let room = length;
  for (const span of line) {
    let rest = span.text;
    while (rest.length > room || part.length >= limits.entities / 2) {
      const at = part.length >= limits.entities / 2 ? 0 : breakBefore(rest, room, room === length);
      if (at > 0) part.push({ ...span, text: rest.slice(0, at) });
      rest = rest.slice(at);
      parts.push(part);
      part = [];
      room = length;
    }
    if (rest !== '') part.push({ ...span, text: rest });
    room -= rest.length;
  }
  if (part.length > 0 || parts.length === 0) parts.push(part);
  return parts;
}

/** Where to cut: after the last blank, or anywhere but inside a character when a whole line has none. */
function breakBefore(text: string, room: number, wholeLine: boolean): number {
  const blank = text.lastIndexOf(' ', room - 1);
  if (blank > 0) return blank + 1;
  if (!wholeLine) return 0;
  const code = text.charCodeAt(room - 1);
  return code >= 0xd800 && code <= 0xdbff ? room - 1 : room;
}

function entitiesOf(paragraphs: readonly Paragraph[]): number {
  let count = 0;
  for (const { look, lines } of paragraphs) {
    if (look !== 'plain') count += 1;
    for (const span of lines.flat()) count += (span.bold ? 1 : 0) + (span.italic ? 1 : 0);
  }
  return count;
}

function linesLength(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + lineText(line).length, Math.max(0, lines.length - 1));
}

function lineText(line: Line): string {
  return line.map((span) => span.text).join('');
}

function spanHtml({ text, bold, italic }: Span): string {
  if (text === '') return '';
  // A number and its percent sign stay on one line.
  const held = text.replaceAll(/(\d) (?=%)/g, '$1\u00a0');
  const escaped = held.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const weighed = bold ? `<b>${escaped}</b>` : escaped;
  return italic ? `<i>${weighed}</i>` : weighed;
}
