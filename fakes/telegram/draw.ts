import type { Entity } from './entities.ts';
import type { FakeMessage } from './world.ts';

/** Messages as a phone shows them, from what was really sent: one HTML page with the pictures inside. */
export function drawConversation(
  messages: readonly FakeMessage[],
  title: string,
  theme: 'light' | 'dark' = 'light',
): string {
  return `<!doctype html><html lang="en" class="${theme}"><head><meta charset="utf-8"><title>${escaped(title)}</title>
<meta name="viewport" content="width=device-width"><style>${style}</style></head><body>
<header><span class="face">K</span><div><b>${escaped(title)}</b><small>bot</small></div></header>
<main>${messages.map(bubble).join('\n')}</main></body></html>`;
}

function bubble(message: FakeMessage): string {
  const own = message.from !== null;
  const picture =
    message.kind === 'photo' && message.file
      ? `<img alt="" src="data:image/png;base64,${Buffer.from(message.file.bytes).toString('base64')}">`
      : '';
  const file =
    message.kind === 'document' && message.file
      ? `<p class="file"><span>⇩</span><b>${escaped(message.file.name)}</b><small>${message.file.bytes.length} bytes</small></p>`
      : '';
  const words =
    message.text === ''
      ? ''
      : `<div class="text">${formatted(message.text, message.entities)}</div>`;
  const inside = message.captionAbove ? `${words}${picture}` : `${picture}${file}${words}`;
  const time = new Date(message.at).toISOString().slice(11, 16);
  const keyboard = message.keyboard
    .map(
      (row) =>
        `<div class="row">${row.map((button) => `<span class="button ${button.style ?? ''}">${escaped(button.text)}${button.url ? ' ↗' : ''}</span>`).join('')}</div>`,
    )
    .join('');
  const wide = picture !== '' || keyboard !== '' ? ' wide' : '';
  return `<section class="${own ? 'own' : 'bot'}${wide}"><div class="bubble">${inside}<time>${time}</time></div>${keyboard}</section>`;
}

const tags: Readonly<Record<string, string>> = {
  bold: 'b',
  italic: 'i',
  pre: 'pre',
  code: 'code',
  blockquote: 'blockquote',
  bot_command: 'a',
};

/** Text with its entities as HTML; they nest, the longer outside. */
function formatted(text: string, entities: readonly Entity[]): string {
  const known = entities.filter(({ type }) => Object.hasOwn(tags, type));
  let html = '';
  for (let at = 0; at <= text.length; at++) {
    const ending = known.filter(({ offset, length }) => offset + length === at);
    for (const { type } of ending.toSorted((a, b) => a.length - b.length))
      html += `</${tags[type]}>`;
    const opening = known.filter(({ offset }) => offset === at);
    for (const { type } of opening.toSorted((a, b) => b.length - a.length))
      html += `<${tags[type]}>`;
    html += escaped(text.charAt(at));
  }
  return html.replaceAll('</pre>\n\n', '</pre>').replaceAll('</blockquote>\n\n', '</blockquote>');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const style = `
*{box-sizing:border-box;margin:0}
body{font:16px/1.32 Inter,Roboto,-apple-system,sans-serif;background:#d5e2ea;color:#111;width:390px}
header{display:flex;gap:10px;align-items:center;background:#517da2;color:#fff;padding:10px 14px}
header .face{width:38px;height:38px;border-radius:50%;background:#2f5d80;display:grid;place-items:center;font-weight:600}
header small{display:block;opacity:.75}
main{padding:8px;display:flex;flex-direction:column;gap:8px}
section{max-width:330px;width:fit-content}section.wide{width:330px}section.own{align-self:flex-end}
.bubble{background:#fff;border-radius:14px;padding:7px 11px;overflow:hidden;box-shadow:0 1px 1px #0002}
.own .bubble{background:#e3fec9}
.text{white-space:pre-wrap;overflow-wrap:anywhere}
.text a{color:#2a6fb0;text-decoration:none}
img{display:block;width:calc(100% + 22px);margin:4px -11px}
pre{font:15px/1.35 "DejaVu Sans Mono","Roboto Mono",monospace;font-size:14px;background:#f1f4f7;border-left:3px solid #7aa5c8;border-radius:6px;padding:5px 7px;white-space:pre-wrap;margin:3px 0}
blockquote{border-left:3px solid #5a9bd4;background:#eef5fb;border-radius:6px;padding:4px 8px;margin:3px 0}
time{display:block;text-align:right;font-size:12px;color:#8a99a6;margin-top:2px}
.row{display:flex;gap:4px;margin-top:4px}
.button{flex:1 1 0;min-width:0;background:#8fa9bac9;color:#fff;border-radius:8px;padding:9px 6px;text-align:center;font-size:14.5px;font-weight:500;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.button.primary{background:#3a8bd0}.button.danger{background:#d05a52}
.file{display:flex;gap:8px;align-items:center;flex-wrap:wrap}.file span{width:34px;height:34px;border-radius:50%;background:#5a9bd4;color:#fff;display:grid;place-items:center}
.file small{color:#8a99a6}
.dark body{background:#0e1621;color:#f1f5f8}.dark header{background:#17212b}
.dark .bubble{background:#182533}.dark .own .bubble{background:#2b5278}.dark .text a{color:#6ab3f3}
.dark pre{background:#0f1a26}.dark blockquote{background:#1c3040}.dark time{color:#7f95a8}
.dark .button{background:#243648}.dark .button.primary{background:#2f77b5}.dark .button.danger{background:#a8433d}`;
