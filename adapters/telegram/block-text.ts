import type { Block } from '../../bot/reply.ts';
import { choices } from './limits.ts';
import { clean, type Line, type Paragraph, withBold } from './rich.ts';
import { tableText } from './table-text.ts';

const marks = { disclosure: 'ℹ️', warning: '⚠️', error: '⛔' } as const;
const barLength = 10;

/** A block as the paragraphs that say it; images and files are no text. */
export function blockText(block: Exclude<Block, { kind: 'image' | 'file' }>): Paragraph[] {
  switch (block.kind) {
    case 'text':
      return textParagraphs(block.text, block.style ?? 'body');
    case 'facts':
      return factLines(block.facts);
    case 'table':
      return tableText(block);
    case 'notice': {
      const [first = [], ...rest] = clean(block.text)
        .split('\n')
        .map((line) => withBold(line));
      return [{ look: 'quote', lines: [[{ text: `${marks[block.tone]} ` }, ...first], ...rest] }];
    }
    case 'progress':
      return [{ look: 'plain', lines: [[{ text: oneLine(block.label) }], [{ text: bar(block) }]] }];
  }
}

/** Names and values; the values stand out, unless they are sentences: then the names do. */
function factLines(facts: Extract<Block, { kind: 'facts' }>['facts']): Paragraph[] {
  if (facts.length === 0) return [];
  const wordy = facts.some(({ value }) => value.length > choices.lineLetters);
  const lines = facts.map(({ label, value }): Line => {
    const [name, words] = [oneLine(label), oneLine(value)];
    return wordy
      ? [{ text: name, bold: true }, { text: `: ${words}` }]
      : [{ text: `${name}: ` }, { text: words, bold: true }];
  });
  return [{ look: 'plain', lines }];
}

/** How far something is, e.g. "▰▰▰▱▱▱▱▱▱▱ 30 %". */
function bar({ done, total }: { readonly done: number; readonly total: number }): string {
  const share = total > 0 ? Math.min(1, Math.max(0, done / total)) : 0;
  const full = Math.round(share * barLength);
  return `${'▰'.repeat(full)}${'▱'.repeat(barLength - full)} ${Math.round(share * 100)} %`;
}

function textParagraphs(text: string, style: 'title' | 'body' | 'small'): Paragraph[] {
  return clean(text)
    .split(/\n{2,}/)
    .filter((part) => part !== '')
    .map((part) => ({ look: 'plain', lines: part.split('\n').map((line) => styled(line, style)) }));
}

function styled(line: string, style: 'title' | 'body' | 'small'): Line {
  const spans = withBold(line);
  if (style === 'title') return [{ text: spans.map((span) => span.text).join(''), bold: true }];
  return style === 'small' ? spans.map((span) => ({ ...span, italic: true })) : spans;
}

export function oneLine(text: string): string {
  return clean(text).replaceAll('\n', ' ');
}
