import type { ChartSpec } from '../../bot/charts/spec.ts';
import type { Block, Reply } from '../../bot/reply.ts';
import { blockText } from './block-text.ts';
import { type Keyboard, keyboardsOf } from './keyboard.ts';
import { choices, limits } from './limits.ts';
import { clean, fits, isBlank, type Paragraph, paginate, toHtml, toPlain } from './rich.ts';

interface Message {
  /** Text or caption in Telegram's HTML. */
  readonly html: string;
  readonly keyboard: Keyboard;
}

/** One message of a reply. */
export type Part =
  | (Message & { readonly kind: 'text' })
  | (Message & {
      readonly kind: 'photo';
      readonly chart: ChartSpec;
      /** Said when the picture cannot be drawn. */
      readonly alt: string;
      readonly captionAbove: boolean;
    })
  | (Message & {
      readonly kind: 'document';
      readonly name: string;
      readonly content: string;
    });

type Open =
  | { kind: 'text'; text: Paragraph[] }
  | { kind: 'photo'; text: Paragraph[]; chart: ChartSpec; alt: string; captionAbove: boolean }
  | { kind: 'document'; text: Paragraph[]; name: string; content: string };

/**
 * A reply as the messages that show it, in order. Words before a chart are its caption where they
 * fit, longer text follows; the buttons stand on the last message. Text of very many messages is
 * attached as a file: the declared fallback.
 */
export function render(reply: Pick<Reply, 'blocks' | 'actions'>): readonly Part[] {
  const said = reply.blocks.map((block) => toPlain(textOf(block))).join('\n');
  const { keyboards, notes } = keyboardsOf(reply, said);
  const open: Open[] = [];
  let waiting: Paragraph[] = [];
  const flush = () => {
    open.push(...asMessages(waiting));
    waiting = [];
  };
  for (const block of reply.blocks) {
    if (block.kind === 'image') {
      const caption = fits(waiting, limits.captionLength) ? waiting : [];
      if (caption.length === 0) flush();
      waiting = [];
      const { chart, alt } = block;
      open.push({ kind: 'photo', text: caption, chart, alt: clean(alt), captionAbove: true });
    } else if (block.kind === 'file') {
      flush();
      const { name, content } = block;
      open.push({ kind: 'document', text: [], name: fileName(name), content });
    } else waiting.push(...textOf(block));
  }
  waiting.push(...notes);
  underneath(open, waiting);
  return withKeyboards(open, keyboards);
}

/** What is left to say: under a picture that has no words yet where it fits, else as messages. */
function underneath(open: Open[], text: Paragraph[]): void {
  if (isBlank(text)) return;
  const last = open.at(-1);
  const bare = last !== undefined && last.kind !== 'text' && last.text.length === 0;
  if (bare && fits(text, limits.captionLength)) {
    last.text = text;
    if (last.kind === 'photo') last.captionAbove = false;
  } else open.push(...asMessages(text));
}

function withKeyboards(open: Open[], keyboards: readonly Keyboard[]): Part[] {
  const [first = [], ...more] = keyboards;
  if (keyboards.length > 0 && open.length === 0) open.push(words('Please choose:'));
  const parts = open.map(({ text, ...part }, at): Part => {
    const keyboard = at === open.length - 1 ? first : [];
    return { ...part, html: toHtml(text), keyboard };
  });
  for (const keyboard of more) {
    parts.push({ kind: 'text', html: 'More choices:', keyboard });
  }
  return parts;
}

function words(text: string): Open {
  return { kind: 'text', text: [{ look: 'plain', lines: [[{ text }]] }] };
}

function asMessages(text: readonly Paragraph[]): Open[] {
  const pages = paginate(text, limits.textLength);
  if (pages.length <= choices.messagesPerText) {
    return pages.map((page) => ({ kind: 'text', text: page }));
  }
  const [paragraph] = words('That is long, so it is in the attached file.').text;
  return [{ kind: 'document', text: [paragraph], name: 'answer.txt', content: toPlain(text) }];
}

function textOf(block: Block): Paragraph[] {
  if (block.kind === 'image' || block.kind === 'file') return [];
  return blockText(block).filter((paragraph) => paragraph.lines.length > 0);
}

function fileName(name: string): string {
  const safe = clean(name)
    .replaceAll(/["\\/\n]/g, '_')
    .trim();
  return safe === '' ? 'file' : safe.slice(0, 120).toWellFormed();
}
