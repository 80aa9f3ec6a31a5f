import type { types } from '@slack/bolt';
import type { ChartSpec } from '../../bot/charts/spec.ts';
import type { Block, Reply } from '../../bot/reply.ts';
import { amongOthers } from '../among-others.ts';
import { actionBlocks } from './actions.ts';
import { heading, wordBlocks } from './blocks.ts';
import { choices, limits } from './limits.ts';
import { clean, isBlank, richText, shortened } from './rich.ts';
import { type TableShown, tableShown } from './table.ts';
import { lettersOfBlock, wordsOfBlock } from './words.ts';

/** A picture that has to be drawn and uploaded before it can be a block. */
export interface Picture {
  readonly type: 'picture';
  readonly chart: ChartSpec;
  readonly alt: string;
}
export type Item = types.KnownBlock | Picture;

/** One message of a reply, or a file of its own. */
export type Part =
  | { readonly kind: 'message'; readonly items: readonly Item[]; readonly text: string }
  | { readonly kind: 'file'; readonly name: string; readonly content: string };

type Open = { kind: 'message'; items: Item[] } | Extract<Part, { kind: 'file' }>;

/**
 * A reply as the messages that show it, in order: at most fifty blocks, ten thousand characters and
 * one native table each. The buttons stand on the last. Text of very many messages is attached as a
 * file: the declared fallback.
 */
export function render(reply: Pick<Reply, 'blocks' | 'actions'>): readonly Part[] {
  const said = reply.blocks.flatMap(itemsInWords).map(wordsOfBlock).join('\n');
  const { blocks: buttons, notes } = actionBlocks(reply.actions, said);
  const open: Open[] = [];
  let waiting: Item[] = [];
  let tables = 0;
  const flush = () => {
    open.push(...asMessages(waiting));
    waiting = [];
  };
  for (const [at, block] of reply.blocks.entries()) {
    if (block.kind === 'file') {
      flush();
      open.push({ kind: 'file', name: fileName(block.name), content: block.content });
    } else if (block.kind === 'image') waiting.push(picture(block));
    else if (block.kind === 'table') {
      const shown = tableShown(block);
      // A second one would need a message of its own; in letters it stays where it belongs.
      const inLetters = tables > 0 && (shown.aligned || block.rows.length <= choices.airyRows);
      waiting.push(...tableItems(shown, inLetters));
      if (!inLetters) tables += shown.tables.length;
    } else waiting.push(...wordBlocks(block, amongOthers(reply.blocks, at)));
  }
  waiting.push(...notes);
  const last = open.length === 0 || waiting.length > 0 ? asMessages(waiting) : [];
  return withText(withButtons([...open, ...last], buttons));
}

/** A reply as the one Home tab of a person, where tables are letters and files have no place. */
export function renderHome(reply: Pick<Reply, 'blocks' | 'actions'>): readonly Item[] {
  const said = reply.blocks.flatMap(itemsInWords).map(wordsOfBlock).join('\n');
  const { blocks: buttons, notes } = actionBlocks(reply.actions, said);
  const items = [
    ...reply.blocks.flatMap((block, at): Item[] => {
      if (block.kind === 'image') return [picture(block)];
      return itemsInWords(block, at, reply.blocks);
    }),
    ...notes,
  ];
  const room = limits.blocksPerView - buttons.length - 1;
  if (items.length <= room) return [...items, ...buttons];
  const more = 'More than fits here. Send me a message and I show you the rest.';
  return [...items.slice(0, room), richText([[{ text: more }]]), ...buttons];
}

function itemsInWords(block: Block, at: number, blocks: readonly Block[]): types.KnownBlock[] {
  if (block.kind === 'image' || block.kind === 'file') return [];
  if (block.kind === 'table') {
    const { title, letters } = tableShown(block);
    return [...(isBlank(title) ? [] : heading(title)), ...letters];
  }
  return wordBlocks(block, amongOthers(blocks, at));
}

function tableItems({ title, tables, letters }: TableShown, inLetters: boolean): Item[] {
  const head = isBlank(title) ? [] : heading(title);
  return [...head, ...(inLetters || tables.length === 0 ? letters : tables)];
}

function picture({ chart, alt }: Extract<Block, { kind: 'image' }>): Picture {
  const words = clean(alt).trim();
  return {
    type: 'picture',
    chart,
    alt: isBlank(words) ? 'A chart' : shortened(words, limits.altText),
  };
}

/** Buttons go beneath the last words; after a file they are a message of their own. */
function withButtons(open: readonly Open[], buttons: readonly types.KnownBlock[]): Open[] {
  if (buttons.length === 0) return [...open];
  const last = open.at(-1);
  if (last?.kind !== 'message') {
    const asked = richText([[{ text: 'Please choose:' }]]);
    return [...open, ...paged([asked, ...buttons])];
  }
  return [...open.slice(0, -1), ...paged([...last.items, ...buttons])];
}

function asMessages(items: readonly Item[]): Open[] {
  const pages = paged(items);
  const pictured = items.some(({ type }) => type === 'picture');
  if (pages.length <= choices.messagesPerText || pictured) return pages;
  const note = richText([[{ text: 'That is long, so it is in the attached file.' }]]);
  return [
    { kind: 'message', items: [note] },
    { kind: 'file', name: 'answer.txt', content: items.map(wordsOfBlock).join('\n\n') },
  ];
}

/** Spreads blocks over messages within their limits. */
function paged(items: readonly Item[]): Extract<Open, { kind: 'message' }>[] {
  const pages: Item[][] = [];
  let page: Item[] = [];
  let letters = 0;
  let tables = 0;
  for (const item of items) {
    const size = lettersOf(item);
    const full =
      page.length === limits.blocksPerMessage ||
      letters + size > limits.charactersPerMessage ||
      (item.type === 'table' && tables === limits.tablesPerMessage);
    if (full && page.length > 0) {
      // The name of a table goes where its table goes.
      const named = item.type === 'table' && page.length > 1 && isHeading(page.at(-1));
      const carried = named ? page.splice(-1) : [];
      pages.push(page);
      page = carried;
      letters = carried.reduce((sum, each) => sum + lettersOf(each), 0);
      tables = 0;
    }
    page.push(item);
    letters += size;
    if (item.type === 'table') tables += 1;
  }
  if (page.length > 0) pages.push(page);
  return pages.map((each) => ({ kind: 'message', items: each }));
}

function isHeading(item: Item | undefined): boolean {
  if (item?.type !== 'rich_text' || item.elements.length !== 1) return false;
  const { elements } = item.elements[0];
  const [only] = elements;
  return elements.length === 1 && 'style' in only && (only.style as { bold?: true })?.bold === true;
}

function lettersOf(item: Item): number {
  return item.type === 'picture' ? item.alt.length : lettersOfBlock(item);
}

/** What notifications and screen readers say. */
function withText(open: readonly Open[]): Part[] {
  return open.map((part): Part => {
    if (part.kind === 'file') return part;
    const words = part.items
      .map((item) => (item.type === 'picture' ? item.alt : wordsOfBlock(item)))
      .filter((each) => !isBlank(each))
      .join('\n');
    return { ...part, text: shortened(words === '' ? 'Keel' : words, limits.fallbackText / 2) };
  });
}

function fileName(name: string): string {
  const safe = clean(name)
    .replaceAll(/["\\/\n]/g, '_')
    .trim();
  return isBlank(safe) ? 'file.txt' : safe.slice(0, 120).toWellFormed();
}
