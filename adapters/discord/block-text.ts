import type { Block } from '../../bot/reply.ts';
import type { Among } from '../among-others.ts';
import { choices } from './limits.ts';
import { tableText } from './table-text.ts';
import { clean, type Line, line, oneLine } from './words.ts';

const marks = { disclosure: 'ℹ️', warning: '⚠️', error: '⛔' } as const;
const barLength = 10;

/** A block as the lines that say it; images and files are no text. */
export function blockText(
  block: Exclude<Block, { kind: 'image' | 'file' }>,
  among: Among = 'alone',
): Line[] {
  switch (block.kind) {
    case 'text': {
      const look = block.style === 'title' || block.style === 'small' ? block.style : 'plain';
      // An empty line has no look: a heading of nothing would be shown as its mark.
      return clean(block.text)
        .split('\n')
        .map((each) => line(each, each.trim() === '' ? 'plain' : look));
    }
    case 'facts':
      return factLines(block.facts);
    case 'table':
      return tableText(block);
    case 'notice': {
      const disclosed = block.tone === 'disclosure';
      const mark = disclosed && among === 'later' ? '' : `${marks[block.tone]} `;
      const look = disclosed && among === 'alone' ? 'small' : 'plain';
      return clean(`${mark}${block.text}`)
        .split('\n')
        .map((each) => line(each, each.trim() === '' ? 'plain' : look));
    }
    case 'progress':
      return [line(oneLine(block.label)), line(bar(block))];
  }
}

/** Names and values; the values stand out, unless they are sentences: then the names do. */
function factLines(facts: Extract<Block, { kind: 'facts' }>['facts']): Line[] {
  const wordy = facts.some(({ value }) => value.length > choices.lineLetters);
  return facts.map(({ label, value }): Line => {
    const [name, words] = [oneLine(label), oneLine(value)];
    const spans = wordy
      ? [{ text: name, bold: true }, { text: `: ${words}` }]
      : [{ text: `${name}: ` }, { text: words, bold: true }];
    return { look: 'plain', spans };
  });
}

/** How far something is, e.g. "▰▰▰▱▱▱▱▱▱▱ 30 %". */
function bar({ done, total }: { readonly done: number; readonly total: number }): string {
  const share = total > 0 ? Math.min(1, Math.max(0, done / total)) : 0;
  const full = Math.round(share * barLength);
  return `${'▰'.repeat(full)}${'▱'.repeat(barLength - full)} ${Math.round(share * 100)} %`;
}
