import { choices } from './limits.ts';

/** A run of characters of one look. */
export interface Span {
  readonly text: string;
  readonly bold?: boolean;
}
export interface Line {
  readonly look: 'plain' | 'title' | 'small' | 'code';
  readonly spans: readonly Span[];
}

const prefixes = { plain: '', title: '### ', small: '-# ', code: '' } as const;

/** Characters that Discord would drop or turn, made plain beforehand; lines end with \n. */
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

/** Whether there is anything to read; Discord refuses what is blank. */
export function isBlank(text: string): boolean {
  return !/[^\s\p{C}\p{Z}\p{M}\u2800\u3164\uffa0\u115f\u1160]/u.test(text);
}

/** `**bold**` is the only markup; a pair that is not closed stands as it is. */
export function withBold(text: string): Span[] {
  return text
    .split(/(\*\*[^*]+\*\*)/)
    .filter((part) => part !== '')
    .map((part) =>
      /^\*\*[^*]+\*\*$/.test(part) ? { text: part.slice(2, -2), bold: true } : { text: part },
    );
}

export function line(text: string, look: Line['look'] = 'plain'): Line {
  return { look, spans: look === 'code' ? [{ text }] : withBold(text) };
}

/** A line as Discord reads it: nothing in it means anything but what it says. */
export function toMarkdown({ look, spans }: Line): string {
  if (look === 'code') return inCode(plainText(spans));
  let made = '';
  for (const { text, bold } of spans) {
    const said = escaped(held(text));
    const next = bold && look !== 'title' && !isBlank(text) ? `**${said}**` : said;
    // Four stars in a row would be read otherwise.
    made += made.endsWith('*') && next.startsWith('*') ? `\u200b${next}` : next;
  }
  // A list of the client's own, whose lines stand under their beginning.
  if (look === 'plain' && /^• \S/.test(made)) return `- ${made.slice(2)}`;
  return `${prefixes[look]}${guarded(made)}`;
}

/** Lines as a plain text file shows them. */
export function toPlain(lines: readonly Line[]): string {
  return lines.map(({ spans }) => plainText(spans)).join('\n');
}

/** A line in parts that each are short enough, cut at blanks where there are some. */
export function shortLines(given: Line): Line[] {
  if (toMarkdown(given).length <= choices.lineLength) return [given];
  const found: Line[] = [];
  let spans: Span[] = [];
  let used = 0;
  const turn = () => {
    if (spans.length > 0) found.push({ look: given.look, spans });
    spans = [];
    used = 0;
  };
  for (const span of given.spans) {
    for (const word of span.text.split(/(?<= )/).flatMap(inChunks)) {
      const cost = 2 * word.length + (span.bold ? 5 : 0);
      if (used + cost > choices.lineLength) turn();
      const last = spans.at(-1);
      if (last !== undefined && last.bold === span.bold) {
        spans[spans.length - 1] = { ...last, text: last.text + word };
      } else spans.push({ ...span, text: word });
      used += cost;
    }
  }
  turn();
  return found;
}

const longestWord = 800;

/** A word without blanks, cut anywhere but inside a character. */
function inChunks(word: string): string[] {
  if (word.length <= longestWord) return [word];
  const chunks: string[] = [];
  let chunk = '';
  for (const character of word) {
    if (chunk.length + character.length > longestWord) {
      chunks.push(chunk);
      chunk = '';
    }
    chunk += character;
  }
  return [...chunks, chunk];
}

function plainText(spans: readonly Span[]): string {
  return spans.map(({ text }) => text).join('');
}

/** A number and its percent sign stay on one line. */
function held(text: string): string {
  return text.replaceAll(/(\d) (?=%)/g, '$1\u00a0');
}

function escaped(text: string): string {
  return text.replaceAll(/[\\*_~`|<>[\]]/g, (mark) => `\\${mark}`);
}

/** What would begin a heading or a list at the start of a line. */
function guarded(text: string): string {
  return text.replace(/^(\s*)([#+-]|\d+(?=[.)]))/, (_, blank: string, mark: string) =>
    /\d/.test(mark) ? `${blank}${mark}\\` : `${blank}\\${mark}`,
  );
}

/** Three backticks would end the block. */
function inCode(text: string): string {
  return text.replaceAll('``', '`\u200b`').replaceAll('``', '`\u200b`');
}
