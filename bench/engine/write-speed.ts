import { readFileSync, writeFileSync } from 'node:fs';

const page = new URL('../../docs/engine.md', import.meta.url);

const opening = '<!-- speed: written by npm run bench:engine -- --write -->';
const closing = '<!-- end of speed -->';

/** A page with other lines between the marks of its speed section; the rest as it was. */
export function withSpeed(text: string, lines: readonly string[]): string {
  const from = text.indexOf(opening);
  const to = text.indexOf(closing);
  if (from < 0 || to < from)
    throw new Error(`docs/engine.md has no "${opening}" before "${closing}"; put them back.`);
  return `${text.slice(0, from + opening.length)}\n\n${lines.join('\n')}\n\n${text.slice(to)}`;
}

/** Puts what was measured into docs/engine.md. */
export function writeSpeed(lines: readonly string[]): void {
  writeFileSync(page, withSpeed(readFileSync(page, 'utf8'), lines));
}
