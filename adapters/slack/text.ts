/** Words as people wrote them, from Slack's own way to write links, names and three characters. */
export function plainText(text: string, botUser: string): string {
  const said = text.replaceAll(/<([^<>]*)>/g, (_, inside: string) => {
    const [target, label] = split(inside);
    if (target === `@${botUser}`) return ' ';
    if (target.startsWith('@')) return label ? `@${label}` : target;
    if (target.startsWith('#')) return `#${label ?? target.slice(1)}`;
    if (target.startsWith('!')) return `@${(label ?? target.slice(1)).replace(/^@/, '')}`;
    return label ?? target.replace(/^mailto:/, '');
  });
  const unescaped = said.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  return wellFormed(unescaped).trim();
}

/** The databases refuse NUL and half a surrogate pair inside JSON. */
export function wellFormed(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}

function split(inside: string): [string, string | undefined] {
  const at = inside.indexOf('|');
  return at < 0 ? [inside, undefined] : [inside.slice(0, at), inside.slice(at + 1)];
}
