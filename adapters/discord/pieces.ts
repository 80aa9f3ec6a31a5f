import type {
  APIActionRowComponent,
  APIButtonComponent,
  APIComponentInMessageActionRow,
} from 'discord.js';
import type { ChartSpec } from '../../bot/charts/spec.ts';
import type { Block, Reply } from '../../bot/reply.ts';
import { type Among, amongOthers } from '../among-others.ts';
import { actionPieces } from './actions.ts';
import { blockText } from './block-text.ts';
import { fileParts } from './file-parts.ts';
import { clean, isBlank, type Line, line, shortLines, toPlain } from './words.ts';

export interface Chart {
  readonly kind: 'chart';
  readonly name: string;
  readonly chart: ChartSpec;
  /** Said when the picture cannot be drawn. */
  readonly alt: string;
}

/** A file that goes with a message. */
export type PartFile =
  | Chart
  | {
      readonly kind: 'file';
      readonly name: string;
      readonly content: string;
      /** It holds what would have stood in the message. */
      readonly moved?: boolean;
    };

export type Tone = Extract<Block, { kind: 'notice' }>['tone'];
export type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

/** What a message is made of: none of them is cut but text. */
export type Piece =
  | {
      readonly kind: 'text';
      readonly lines: readonly Line[];
      readonly tone: Tone | null;
      readonly title: boolean;
      /** It says what belongs to a button, so it stays beside it. */
      readonly ofAction: boolean;
    }
  | { readonly kind: 'file'; readonly file: PartFile }
  | { readonly kind: 'row'; readonly row: Row }
  /** Words too long for a button, with the button beside them. */
  | {
      readonly kind: 'section';
      readonly lines: readonly Line[];
      readonly button: APIButtonComponent;
    };

/** Everything of a reply, in order. */
export function piecesOf(reply: Pick<Reply, 'blocks' | 'actions'>): Piece[] {
  const taken = new Set<string>();
  return [
    ...reply.blocks.flatMap((block, at) =>
      blockPieces(block, at, taken, amongOthers(reply.blocks, at)),
    ),
    ...actionPieces(reply.actions),
  ];
}

function blockPieces(block: Block, at: number, taken: Set<string>, among: Among): Piece[] {
  if (block.kind === 'image') {
    const name = unique(`chart-${at + 1}.png`, taken);
    const { chart, alt } = block;
    return [{ kind: 'file', file: { kind: 'chart', name, chart, alt: clean(alt).trim() } }];
  }
  if (block.kind === 'file') {
    const parts = fileParts(block.content);
    const many = parts.length > 1;
    const said = `Discord takes no file so large, so it comes in ${parts.length} parts. One after the other they are the whole.`;
    return [
      ...(many ? [words([line(said)])] : []),
      ...parts.map((content, nth): Piece => {
        const name = many ? `${nth + 1}-of-${parts.length}-${block.name}` : block.name;
        return {
          kind: 'file',
          file: { kind: 'file', name: unique(fileName(name), taken), content },
        };
      }),
    ];
  }
  const lines = blockText(block, among).flatMap(shortLines);
  if (isBlank(toPlain(lines))) return [];
  const tone = block.kind === 'notice' ? block.tone : null;
  const title = block.kind === 'text' && block.style === 'title';
  return [{ ...words(lines), tone, title }];
}

function words(lines: readonly Line[]): Extract<Piece, { kind: 'text' }> {
  return { kind: 'text', lines, tone: null, title: false, ofAction: false };
}

/** Discord renames what has other characters, and then no component finds it. */
function fileName(name: string): string {
  const safe = name
    .replaceAll(/[^A-Za-z0-9._-]+/g, '_')
    .replace(/^[._]+/, '')
    .slice(-100);
  return /[A-Za-z0-9]/.test(safe) ? safe : 'file.txt';
}

function unique(name: string, taken: Set<string>): string {
  let made = name;
  for (let nth = 2; taken.has(made); nth += 1) made = `${nth}-${name}`;
  taken.add(made);
  return made;
}
