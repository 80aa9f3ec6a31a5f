/** An entity as the Bot API counts it: in UTF-16 units of the text without tags. */
export interface Entity {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
}

const kinds: Readonly<Record<string, string>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  'tg-spoiler': 'spoiler',
  a: 'text_link',
};
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

/** Telegram's HTML as text and entities. @throws with the Bot API's words when it is malformed */
export function parseHtml(html: string): { text: string; entities: Entity[] } {
  let text = '';
  const entities: Entity[] = [];
  const open: { tag: string; offset: number; url?: string }[] = [];
  const bytes = (at: number) => Buffer.byteLength(html.slice(0, at));
  const fail = (why: string): never => {
    throw new Error(`Bad Request: can't parse entities: ${why}`);
  };
  for (let at = 0; at < html.length; ) {
    const char = html[at];
    if (char === '&') {
      const match = /^&(?:#(x[0-9a-f]+|\d+)|([a-z]+));/i.exec(html.slice(at, at + 12));
      const number = match?.[1];
      const code = number?.startsWith('x') ? Number.parseInt(number.slice(1), 16) : Number(number);
      const meant = number === undefined ? named[match?.[2] ?? ''] : String.fromCodePoint(code);
      text += meant ?? '&';
      at += meant === undefined ? 1 : match![0].length;
    } else if (char === '<') {
      const match = /^<(\/?)([a-z-]+)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*>/i.exec(html.slice(at));
      if (match === null) return fail(`Unsupported start tag at byte offset ${bytes(at)}`);
      const tag = match[2].toLowerCase();
      if (!Object.hasOwn(kinds, tag)) {
        fail(`Unsupported start tag "${tag}" at byte offset ${bytes(at)}`);
      }
      if (match[1] === '/') {
        const opened = open.pop();
        if (opened?.tag !== tag) return fail(`Unmatched end tag at byte offset ${bytes(at)}`);
        const length = text.length - opened.offset;
        const url = opened.url === undefined ? {} : { url: opened.url };
        if (length > 0) entities.push({ type: kinds[tag], offset: opened.offset, length, ...url });
      } else {
        const url = /href="([^"]*)"/.exec(match[3])?.[1];
        open.push({ tag, offset: text.length, ...(url === undefined ? {} : { url }) });
      }
      at += match[0].length;
    } else if (char === '>') return fail(`Unescaped ">" at byte offset ${bytes(at)}`);
    else {
      text += char;
      at += 1;
    }
  }
  const left = open.pop();
  if (left) fail(`Can't find end tag corresponding to start tag ${left.tag}`);
  return trimmed(text, entities);
}

/** Telegram cuts blanks at both ends. */
function trimmed(text: string, entities: Entity[]): { text: string; entities: Entity[] } {
  const before = text.length - text.trimStart().length;
  const kept = text.trim();
  const moved = entities.flatMap((entity) => {
    const from = Math.max(0, entity.offset - before);
    const to = Math.min(kept.length, entity.offset + entity.length - before);
    return to > from ? [{ ...entity, offset: from, length: to - from }] : [];
  });
  return { text: kept, entities: moved.toSorted((a, b) => a.offset - b.offset) };
}
