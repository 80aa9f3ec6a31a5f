import {
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  ComponentType,
  SeparatorSpacingSize,
} from 'discord.js';
import type { Reply } from '../../bot/reply.ts';
import { choices, limits } from './limits.ts';
import { type Chart, type PartFile, type Piece, piecesOf, type Tone } from './pieces.ts';
import { isBlank, type Line, line, oneLine, shortLines, toMarkdown, toPlain } from './words.ts';

/** One message of a reply: components that say everything, and the files they show. */
export interface Part {
  readonly components: readonly APIMessageTopLevelComponent[];
  readonly files: readonly PartFile[];
}

const colours: Readonly<Record<Tone, number>> = {
  disclosure: 0x5b6b7f,
  warning: 0xc77700,
  error: 0xc62828,
};

/**
 * A reply as the messages that show it, in order: blocks in containers, notices in containers of
 * their own colour, actions at the end. Text of very many messages is attached as a file: the
 * declared fallback.
 */
export function render(reply: Pick<Reply, 'blocks' | 'actions'>): readonly Part[] {
  const pieces = piecesOf(reply);
  const parts = packed(pieces);
  return parts.length <= choices.messages ? parts : packed(withTextAttached(pieces));
}

function withTextAttached(pieces: readonly Piece[]): Piece[] {
  const moves = (piece: Piece) => piece.kind === 'text' && !piece.ofAction;
  const content = pieces
    .flatMap((piece) => (piece.kind === 'text' && moves(piece) ? [toPlain(piece.lines)] : []))
    .join('\n\n');
  const said = [line('That is long, so it is in the attached file.')];
  return [
    { kind: 'text', lines: said, tone: null, title: false, ofAction: false },
    { kind: 'file', file: { kind: 'file', name: 'keel-answer.txt', content, moved: true } },
    ...pieces.filter((piece) => !moves(piece)),
  ];
}

/** What stands in one container, or rows of buttons that follow a notice and need none. */
interface Group {
  readonly tone: Tone | null | 'bare';
  readonly children: APIComponentInContainer[];
}

/** Fills messages one after the other within the limits of each. */
function packed(pieces: readonly Piece[]): Part[] {
  const parts: Part[] = [];
  let groups: Group[] = [];
  let files: PartFile[] = [];
  let components = 0;
  let text = 0;
  let bytes = 0;

  function turn(): void {
    if (groups.length > 0) parts.push({ components: groups.flatMap(shownGroup), files });
    [groups, files, components, text, bytes] = [[], [], 0, 0, 0];
  }

  /** Adds what costs so many components and letters, if it fits. */
  function add(
    made: readonly APIComponentInContainer[],
    cost: { readonly components: number; readonly text: number },
    tone: Tone | null = null,
    file: PartFile | null = null,
  ): boolean {
    const last = groups.at(-1);
    const rows = made.every(({ type }) => type === ComponentType.ActionRow);
    const own = rows && last !== undefined && last.tone !== null ? 'bare' : tone;
    const joins = last !== undefined && last.tone === own;
    const more = cost.components + (joins || own === 'bare' ? 0 : 1);
    if (components + more > limits.components || text + cost.text > limits.textTotal) return false;
    const size = file?.kind === 'file' ? Buffer.byteLength(file.content) : 0;
    if (file !== null && files.length === limits.attachments) return false;
    if (bytes + size > choices.messageBytes) return false;
    if (joins) last.children.push(...made);
    else groups.push({ tone: own, children: [...made] });
    components += more;
    text += cost.text;
    if (file !== null) files.push(file);
    bytes += size;
    return true;
  }

  function addText(piece: Extract<Piece, { kind: 'text' }>): boolean {
    const content = displayed(piece.lines);
    const begins = piece.title && groups.at(-1)?.tone === null;
    const made = begins ? [separator(), display(content)] : [display(content)];
    return add(made, { components: made.length, text: content.length }, piece.tone);
  }

  function put(piece: Piece): boolean {
    switch (piece.kind) {
      case 'text':
        return addText(piece);
      case 'file':
        return add(
          [shown(piece.file)],
          { components: 1, text: roomFor(piece.file) },
          null,
          piece.file,
        );
      case 'row':
        return add([piece.row], {
          components: 1 + piece.row.components.length,
          text: piece.row.components.reduce((sum, one) => sum + lettersOf(one), 0),
        });
      case 'section': {
        const content = displayed(piece.lines);
        const section = {
          type: ComponentType.Section as const,
          components: [display(content)],
          accessory: piece.button,
        };
        return add([section], { components: 3, text: content.length + lettersOf(piece.button) });
      }
    }
  }

  for (const piece of pieces.flatMap(inReach)) {
    if (put(piece)) continue;
    turn();
    if (!put(piece)) throw new Error('A piece of a reply is larger than a message of Discord.');
  }
  turn();
  return parts;
}

function shownGroup({ tone, children }: Group): APIMessageTopLevelComponent[] {
  if (tone === 'bare') return children;
  const accent = tone === null ? {} : { accent_color: colours[tone] };
  return [{ type: ComponentType.Container, components: children, ...accent }];
}

function display(content: string) {
  return { type: ComponentType.TextDisplay as const, content };
}

function separator() {
  return {
    type: ComponentType.Separator as const,
    divider: true,
    spacing: SeparatorSpacingSize.Small,
  };
}

function shown(file: PartFile): APIComponentInContainer {
  const media = { url: `attachment://${file.name}` };
  if (file.kind === 'file') return { type: ComponentType.File, file: media };
  const said = file.alt.slice(0, limits.mediaDescription).toWellFormed();
  return {
    type: ComponentType.MediaGallery,
    items: [{ media, ...(said === '' ? {} : { description: said }) }],
  };
}

/** What is said where a chart cannot be drawn. */
export function inPlaceOf({ alt }: Chart): string {
  const said = alt === '' ? 'A chart belongs here.' : oneLine(alt).slice(0, 500).toWellFormed();
  return displayed(shortLines(line(said, 'small')).slice(0, 1));
}

/** A chart needs room for its words: whether it can be drawn is known when it is sent. */
function roomFor(file: PartFile): number {
  return file.kind === 'chart' ? inPlaceOf(file).length : 0;
}

/** Labels may count as text too; nobody says, so they do. */
function lettersOf(component: object): number {
  const { label, placeholder } = component as { label?: string; placeholder?: string };
  return (label ?? placeholder ?? '').length;
}

/** Lines as one text; those of one width stand in a block of their own. */
export function displayed(lines: readonly Line[]): string {
  const made: string[] = [];
  let code = false;
  for (const each of lines) {
    const now = each.look === 'code';
    if (now !== code) made.push('```');
    code = now;
    made.push(toMarkdown(each));
  }
  if (code) made.push('```');
  return made.join('\n');
}

/** A text too long for a message, as texts that each fit. */
function inReach(piece: Piece): Piece[] {
  if (piece.kind !== 'text' || displayed(piece.lines).length <= limits.textTotal) return [piece];
  const found: Extract<Piece, { kind: 'text' }>[] = [];
  let lines: Line[] = [];
  for (const each of piece.lines) {
    if (lines.length > 0 && displayed([...lines, each]).length > limits.textTotal) {
      found.push({ ...piece, lines });
      lines = [];
    }
    lines.push(each);
  }
  return [...found, { ...piece, lines }].filter((each) => !isBlank(toPlain(each.lines)));
}
