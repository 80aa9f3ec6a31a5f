import type { types } from '@slack/bolt';

/** A run of characters of one look. */
export interface Span {
  readonly text: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
}
export type Line = readonly Span[];

/** Characters that would be dropped or turn the line, made plain beforehand; lines end with \n. */
export function clean(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/\p{Cc}/gu, (control) => (control === '\n' ? control : ' '))
    .replaceAll(/[\u2028-\u202e\u2066-\u2069]/g, ' ');
}

export function oneLine(text: string): string {
  return clean(text).replaceAll('\n', ' ');
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

/** The words of a line without its markup. */
export function unmarked(text: string): string {
  return wordsOf(withBold(text));
}

export function wordsOf(line: Line): string {
  return line.map(({ text }) => text).join('');
}

/** Whether there is nothing to read; Slack refuses texts of blanks alone. */
export function isBlank(text: string): boolean {
  return !/[^\s\p{C}\p{Z}\p{M}\u2800\u3164\uffa0\u115f\u1160]/u.test(text);
}

/** Cut to a length, with a mark that it was. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text
    .slice(0, length - 1)
    .toWellFormed()
    .trimEnd()}…`;
}

/** Text in Slack's mrkdwn, where only these three have to be written differently. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Whether mrkdwn would take some of it for markup: those words are said in rich text instead. */
export function looksMarked(text: string): boolean {
  return /[*_~`]|:[\w+'-]+:|^\s*>/m.test(text);
}

export type Look = 'plain' | 'quote' | 'pre';

/** Lines as rich text, where no character is markup: names and news stay words. */
export function richText(lines: readonly Line[], look: Look = 'plain'): types.RichTextBlock {
  if (look === 'pre') {
    const preformatted = { type: 'rich_text_preformatted' as const, elements: elementsOf(lines) };
    return { type: 'rich_text', elements: [preformatted] };
  }
  if (look === 'quote') {
    return {
      type: 'rich_text',
      elements: [{ type: 'rich_text_quote', elements: elementsOf(lines) }],
    };
  }
  return { type: 'rich_text', elements: inRuns(lines).map(sectionOrList) };
}

const bullet = /^• (?=\S)/;

/** Lines that are listed, and those that are not, in their order. */
function inRuns(lines: readonly Line[]): { readonly listed: boolean; readonly lines: Line[] }[] {
  const runs: { readonly listed: boolean; readonly lines: Line[] }[] = [];
  for (const line of lines) {
    const listed = bullet.test(wordsOf(line));
    const last = runs.at(-1);
    if (last?.listed === listed) last.lines.push(line);
    else runs.push({ listed, lines: [line] });
  }
  return runs;
}

function sectionOrList({
  listed,
  lines,
}: ReturnType<typeof inRuns>[number]): types.RichTextSection | types.RichTextList {
  if (!listed) return { type: 'rich_text_section', elements: elementsOf(lines) };
  return {
    type: 'rich_text_list',
    style: 'bullet',
    elements: lines.map((line) => ({
      type: 'rich_text_section',
      elements: elementsOf([unlisted(line)]),
    })),
  };
}

/** A line without the point that its list draws. */
function unlisted(line: Line): Line {
  let rest = 2;
  return line.map((span) => {
    const taken = Math.min(rest, span.text.length);
    rest -= taken;
    return { ...span, text: span.text.slice(taken) };
  });
}

function elementsOf(lines: readonly Line[]): types.RichTextText[] {
  const elements = lines.flatMap((line, at) => {
    const spans = line.filter(({ text }) => text !== '').map(textElement);
    return at === 0 ? spans : [{ type: 'text' as const, text: '\n' }, ...spans];
  });
  return merge(elements);
}

/** A number and its percent sign stay on one line. */
export function held(text: string): string {
  return text.replaceAll(/(\d) (?=%)/g, '$1\u00a0');
}

function textElement({ text: given, bold, italic }: Span): types.RichTextText {
  const text = held(given);
  if (!bold && !italic) return { type: 'text', text };
  return {
    type: 'text',
    text,
    style: { ...(bold ? { bold: true } : {}), ...(italic ? { italic: true } : {}) },
  };
}

/** Neighbours of one look are one element. */
function merge(elements: readonly types.RichTextText[]): types.RichTextText[] {
  const merged: types.RichTextText[] = [];
  for (const element of elements) {
    const last = merged.at(-1);
    if (last !== undefined && last.style === undefined && element.style === undefined) {
      merged[merged.length - 1] = { ...last, text: last.text + element.text };
    } else merged.push(element);
  }
  return merged;
}

/** Lines in groups that each stay below a number of characters; a longer line is cut at blanks. */
export function inPieces(lines: readonly Line[], length: number): Line[][] {
  const pieces: Line[][] = [];
  let piece: Line[] = [];
  let size = 0;
  for (const line of lines.flatMap((each) => cut(each, length))) {
    const letters = wordsOf(line).length + 1;
    if (piece.length > 0 && size + letters > length) {
      pieces.push(piece);
      piece = [];
      size = 0;
    }
    piece.push(line);
    size += letters;
  }
  if (piece.length > 0) pieces.push(piece);
  return pieces.filter((each) => !isBlank(each.map(wordsOf).join('')));
}

function cut(line: Line, length: number): Line[] {
  if (wordsOf(line).length < length) return [line];
  const parts: Span[][] = [[]];
  let room = length - 1;
  for (const span of line) {
    let rest = span.text;
    while (rest.length > room) {
      const at = breakBefore(rest, room);
      parts.at(-1)!.push({ ...span, text: rest.slice(0, at) });
      rest = rest.slice(at);
      parts.push([]);
      room = length - 1;
    }
    parts.at(-1)!.push({ ...span, text: rest });
    room -= rest.length;
  }
  return parts;
}

/** After the last blank, or anywhere but inside a character. */
function breakBefore(text: string, room: number): number {
  const blank = text.lastIndexOf(' ', room - 1);
  if (blank > 0) return blank + 1;
  const code = text.charCodeAt(room - 1);
  return code >= 0xd800 && code <= 0xdbff ? room - 1 : room;
}
