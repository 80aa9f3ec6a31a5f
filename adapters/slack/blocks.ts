import type { types } from '@slack/bolt';
import type { Block } from '../../bot/reply.ts';
import type { Among } from '../among-others.ts';
import { plain } from './actions.ts';
import { choices, limits } from './limits.ts';
import {
  clean,
  escaped,
  held,
  inPieces,
  isBlank,
  type Line,
  type Look,
  looksMarked,
  oneLine,
  richText,
  unmarked,
  withBold,
  wordsOf,
} from './rich.ts';

const marks = { disclosure: 'ℹ️', warning: '⚠️', error: '⛔' } as const;
const barLength = 10;

/** A block in words as Block Kit; tables, images and files have forms of their own. */
export function wordBlocks(
  block: Exclude<Block, { kind: 'image' | 'file' | 'table' }>,
  among: Among = 'alone',
): types.KnownBlock[] {
  switch (block.kind) {
    case 'text':
      return textBlocks(block.text, block.style ?? 'body');
    case 'facts':
      return factBlocks(block.facts);
    case 'notice': {
      const text = clean(block.text);
      const disclosed = block.tone === 'disclosure';
      if (disclosed && among === 'alone') return smallPrint(`${marks.disclosure} ${text}`);
      const [first = [], ...rest] = text.split('\n').map((line) => withBold(line));
      const mark = disclosed && among === 'later' ? '' : `${marks[block.tone]} `;
      return lines([[{ text: mark }, ...first], ...rest], 'quote');
    }
    case 'progress':
      return lines([[{ text: oneLine(block.label) }], [{ text: bar(block) }]]);
  }
}

/** Words in bold, a line of their own. */
export function heading(text: string): types.KnownBlock[] {
  return lines([[{ text: unmarked(text), bold: true }]]);
}

function textBlocks(text: string, style: 'title' | 'body' | 'small'): types.KnownBlock[] {
  const words = clean(text);
  if (isBlank(words)) return [];
  if (style === 'small') return smallPrint(words);
  if (style === 'body') return lines(words.split('\n').map((line) => withBold(line)));
  const title = unmarked(words).trim();
  if (title.length <= limits.header && !title.includes('\n')) {
    return [{ type: 'header', text: plain(title) }];
  }
  return lines(words.split('\n').map((line): Line => [{ text: unmarked(line), bold: true }]));
}

/** Small print, in the letters that Slack has for it. */
export function smallPrint(text: string): types.KnownBlock[] {
  return inPieces(
    text.split('\n').map((line): Line => [{ text: unmarked(line) }]),
    choices.pieceLength,
  ).map((piece) => ({
    type: 'context',
    elements: [plain(held(piece.map(wordsOf).join('\n')))],
  }));
}

/** Names and values beside each other; a list where they are long or look like markup. */
function factBlocks(facts: Extract<Block, { kind: 'facts' }>['facts']): types.KnownBlock[] {
  const said = facts.map(({ label, value }) => [oneLine(label), oneLine(value)] as const);
  const short = said.every(
    ([label, value]) =>
      !isBlank(label) &&
      !isBlank(value) &&
      Math.max(label.length, value.length) <= choices.fieldLetters &&
      !looksMarked(`${label}\n${value}`),
  );
  if (!short || said.length < 2) {
    // Sentences are read, so their names stand out; of other values they do themselves.
    const wordy = said.some(([, value]) => value.length > choices.lineLetters);
    return lines(
      said.map(
        ([label, value]): Line =>
          wordy && !isBlank(label)
            ? [{ text: label, bold: true }, { text: `: ${value}` }]
            : [{ text: `${label}: ` }, { text: value, bold: true }],
      ),
    );
  }
  const blocks: types.KnownBlock[] = [];
  for (let at = 0; at < said.length; at += limits.sectionFields.count) {
    const fields = said.slice(at, at + limits.sectionFields.count).map(
      ([label, value]): types.MrkdwnElement => ({
        type: 'mrkdwn',
        text: `${escaped(label)}\n*${escaped(held(value.trim()))}*`,
        verbatim: true,
      }),
    );
    blocks.push({ type: 'section', fields });
  }
  return blocks;
}

function lines(given: readonly Line[], look: Look = 'plain'): types.KnownBlock[] {
  return inPieces(given, choices.pieceLength).map((piece) => richText(piece, look));
}

/** How far something is, e.g. "▰▰▰▱▱▱▱▱▱▱ 30 %". */
function bar({ done, total }: { readonly done: number; readonly total: number }): string {
  const share = total > 0 ? Math.min(1, Math.max(0, done / total)) : 0;
  const full = Math.round(share * barLength);
  return `${'▰'.repeat(full)}${'▱'.repeat(barLength - full)} ${Math.round(share * 100)} %`;
}
