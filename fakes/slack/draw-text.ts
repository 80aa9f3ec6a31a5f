import type { Json } from './world.ts';

export const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

const emoji: Readonly<Record<string, string>> = {
  wave: '👋',
  warning: '⚠️',
  white_check_mark: '✅',
  x: '❌',
  chart_with_upwards_trend: '📈',
  information_source: 'ℹ️',
};

/** Slack's markup as HTML; the text arrives with its three entities already escaped. */
export function drawMrkdwn(text: string): string {
  const blocks = text.split(/```\n?([\s\S]*?)\n?```/);
  return blocks
    .map((part, index) => (index % 2 ? `<pre>${quoted(part)}</pre>` : inline(part)))
    .join('');
}

const quoted = (text: string) => text.replaceAll('<', '&lt;').replaceAll('"', '&quot;');

function inline(text: string): string {
  return text
    .split(/`([^`\n]+)`/)
    .map((part, index) => (index % 2 ? `<code>${quoted(part)}</code>` : marked(part)))
    .join('');
}

function marked(text: string): string {
  return text
    .replace(/"/g, '&quot;')
    .replace(/<((?:https?|mailto):[^|>]*)\|([^>]*)>/g, '<a href="$1">$2</a>')
    .replace(/<((?:https?|mailto):[^>]*)>/g, '<a href="$1">$1</a>')
    .replace(/<@(\w+)>/g, '<span class="at">@$1</span>')
    .replace(/<!date\^(\d+)\^[^|>]*\|([^>]*)>/g, '$2')
    .replace(/(?<![\w*])\*(\S(?:[^*\n]*\S)?)\*(?![\w*])/g, '<b>$1</b>')
    .replace(/(?<![\w_])_(\S(?:[^_\n]*\S)?)_(?![\w_])/g, '<i>$1</i>')
    .replace(/(?<![\w~])~(\S(?:[^~\n]*\S)?)~(?![\w~])/g, '<s>$1</s>')
    .replace(/:([a-z_]+):/g, (all, name: string) => emoji[name] ?? all)
    .replace(/^(?:&gt;|>) ?(.*)$/gm, '<blockquote>$1</blockquote>')
    .replaceAll('</blockquote>\n', '</blockquote>')
    .replaceAll('\n', '<br>');
}

/** Standard Markdown, as far as messages use it. */
export function drawMarkdown(text: string): string {
  return escaped(text)
    .replace(/^#{1,6} (.*)$/gm, '<b class="h">$1</b>')
    .replace(/^(?:&gt;|>) ?(.*)$/gm, '<blockquote>$1</blockquote>')
    .replace(/^[-*] (.*)$/gm, '<li>$1</li>')
    .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, '<a href="$2">$1</a>')
    .replace(/\*\*([^*\n]+)\*\*/g, '<b>$1</b>')
    .replace(/(?<![\w\\_])_([^_\n]+)_(?!\w)/g, '<i>$1</i>')
    .replace(/(?<!\\)`([^`\n]+)`/g, '<code>$1</code>')
    .replace(/\\([\\`*_{}[\]()#+\-.!|~])/g, '$1')
    .replace(/(<\/(?:li|b|blockquote)>)\n/g, '$1')
    .replaceAll('\n', '<br>');
}

/** A text object or plain words. */
export function drawText(object: unknown): string {
  if (object === undefined || object === null) return '';
  if (typeof object === 'string') return escaped(object);
  const { type, text } = object as { readonly type: string; readonly text: string };
  if (type === 'mrkdwn') return drawMrkdwn(text);
  return escaped(text)
    .replace(/:([a-z_]+):/g, (all, name: string) => emoji[name] ?? all)
    .replaceAll('\n', '<br>');
}

/** Rich text in the order in which it stands: sections, quotes, lists and letters of one width. */
export function drawRich(block: Json): string {
  const parts = (block.elements ?? []) as readonly Json[];
  return parts.map(drawPart).join('');
}

function drawPart(part: Json): string {
  const inside = (part.elements ?? []) as readonly Json[];
  switch (part.type) {
    case 'rich_text_preformatted':
      return `<pre>${inside.map((one) => escaped(String(one.text))).join('')}</pre>`;
    case 'rich_text_quote':
      return `<blockquote>${inside.map(drawSpan).join('')}</blockquote>`;
    case 'rich_text_list':
      return `<ul>${inside.map((one) => `<li>${drawPart(one)}</li>`).join('')}</ul>`;
    default:
      return `<div>${inside.map(drawSpan).join('')}</div>`;
  }
}

function drawSpan(object: Json): string {
  const style = (object.style ?? {}) as Json;
  const wrap = (html: string) => {
    const tags = [
      style.bold && 'b',
      style.italic && 'i',
      style.strike && 's',
      style.code && 'code',
    ];
    return tags.reduce<string>((inner, tag) => (tag ? `<${tag}>${inner}</${tag}>` : inner), html);
  };
  switch (object.type) {
    case 'link': {
      const url = String(object.url);
      return wrap(`<a href="${escaped(url)}">${escaped(String(object.text ?? url))}</a>`);
    }
    case 'emoji':
      return emoji[String(object.name)] ?? `:${String(object.name)}:`;
    case 'user':
      return `<span class="at">@${String(object.user_id)}</span>`;
    default:
      return wrap(escaped(String(object.text ?? '')).replaceAll('\n', '<br>'));
  }
}
