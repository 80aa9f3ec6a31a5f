/** HTML of text as Discord's client formats it. */
export function markdown(text: string): string {
  const parts = text.split(/(```[\s\S]*?```)/);
  const said = parts.filter((part) => part.trim() !== '');
  return said.map((part) => (/^```[\s\S]*```$/.test(part) ? fenced(part) : lines(part))).join('');
}

/** Text that is only text. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function fenced(block: string): string {
  const inside = block.slice(3, -3).replace(/^[a-z0-9]*\n/i, '');
  return `<pre>${escaped(inside.replace(/\n$/, ''))}</pre>`;
}

const blocks: readonly [RegExp, string][] = [
  [/^### (.*)$/, 'h3'],
  [/^## (.*)$/, 'h2'],
  [/^# (.*)$/, 'h1'],
  [/^-# (.*)$/, 'small'],
  [/^>(?: (.*))?$/, 'blockquote'],
  [/^ {0,1}[-*] (.*)$/, 'li'],
  [/^ {2,}[-*] (.*)$/, 'li class="deep"'],
  [/^(\d+\. .*)$/, 'li class="counted"'],
];

function lines(text: string): string {
  let open = false;
  let html = '';
  for (const line of text.replace(/^\n|\n$/g, '').split('\n')) {
    const block = blocks.find(([pattern]) => pattern.test(line));
    if (block === undefined) {
      html += open ? `\n${inline(line)}` : `<p>${inline(line)}`;
      open = true;
      continue;
    }
    const [pattern, tag] = block;
    if (open) html += '</p>';
    open = false;
    html += `<${tag}>${inline(pattern.exec(line)?.[1] ?? '')}</${tag.split(' ')[0]}>`;
  }
  return open ? `${html}</p>` : html;
}

const marks: readonly [RegExp, string][] = [
  [/\*\*\*(?=\S)([\s\S]*?\S)\*\*\*/g, '<b><i>$1</i></b>'],
  [/\*\*(?=\S)([\s\S]*?\S)\*\*/g, '<b>$1</b>'],
  [/__(?=\S)([\s\S]*?\S)__/g, '<u>$1</u>'],
  [/~~(?=\S)([\s\S]*?\S)~~/g, '<s>$1</s>'],
  [/\*(?=\S)([\s\S]*?\S)\*/g, '<i>$1</i>'],
  [/(?<![\w])_(?=\S)([\s\S]*?\S)_(?![\w])/g, '<i>$1</i>'],
  [/\|\|([\s\S]+?)\|\|/g, '<span class="spoiler">$1</span>'],
  [/&lt;@!?(\d+)&gt;/g, '<span class="mention">@$1</span>'],
  [/&lt;\/([^:]+):\d+&gt;/g, '<span class="mention">/$1</span>'],
];

/** Marks inside a line. Code, links and escaped characters are put aside while the rest is marked. */
function inline(line: string): string {
  const aside: string[] = [];
  const keep = (html: string): string => `\uE000${aside.push(html) - 1}\uE000`;
  let html = line
    .replace(/\\([\\*_~`|>#[\]()<-])/g, (_, sign: string) => keep(escaped(sign)))
    .replace(/`([^`]+)`/g, (_, code: string) => keep(`<code>${escaped(code)}</code>`));
  html = escaped(html).replace(
    /\[([^\]]+)\]\((https?:[^)\s]+)\)/g,
    (_, words: string, url: string) => `<a href="${url}">${words}</a>`,
  );
  for (const [pattern, by] of marks) html = html.replace(pattern, by);
  // What was put aside may hold more that was put aside.
  while (/\uE000\d+\uE000/.test(html)) {
    html = html.replace(/\uE000(\d+)\uE000/g, (_, index: string) => aside[Number(index)]);
  }
  return html;
}
