import type { types } from '@slack/bolt';
import type { Block } from '../../bot/reply.ts';
import { choices, limits } from './limits.ts';
import {
  inPieces,
  isBlank,
  type Line,
  oneLine,
  richText,
  type Span,
  unmarked,
  withBold,
} from './rich.ts';

type Table = Extract<Block, { kind: 'table' }>;
type Column = Table['columns'][number];

/** Native tables of at most a hundred rows each, and their words in letters where those fit. */
export interface TableShown {
  readonly title: string;
  readonly tables: readonly types.TableBlock[];
  /** Aligned letters, or cards; null when the table has nothing to show. */
  readonly letters: readonly types.KnownBlock[];
  /** Whether the letters are aligned columns. */
  readonly aligned: boolean;
}

/** A table in both of its forms: a message shows one natively, the Home tab none. */
export function tableShown(table: Table): TableShown {
  const columns = table.columns.map((column) => ({ ...column, label: oneLine(column.label) }));
  const rows = table.rows.map((row) => row.map(oneLine));
  const count = Math.max(columns.length, ...rows.map((row) => row.length));
  const title = oneLine(table.title ?? '').trim();
  if (count === 0 || isBlank([...columns.map(({ label }) => label), ...rows.flat()].join(''))) {
    return { title, tables: [], letters: [], aligned: false };
  }
  const full = Array.from({ length: count }, (_, at): Column => columns[at] ?? nameless);
  const lines = alignedLines(full, rows);
  const fits = Math.max(...lines.map(width)) <= choices.codeWidth;
  const letters = fits
    ? inPieces(
        lines.map((text) => [{ text }]),
        choices.pieceLength,
      ).map((piece) => richText(piece, 'pre'))
    : cards(full, rows);
  return { title, tables: native(full, rows), letters, aligned: fits };
}

const nameless: Column = { label: '', align: 'left' };

function native(columns: readonly Column[], rows: readonly string[][]): types.TableBlock[] {
  const words = (row: readonly string[]) => row.reduce((sum, cell) => sum + cell.length, 0);
  const head = columns.map(({ label }) => label);
  if (columns.length > limits.table.columns || words(head) > choices.tableLength / 2) return [];
  const groups: string[][][] = [[]];
  let size = words(head);
  for (const row of rows) {
    const group = groups.at(-1)!;
    const most = group.length === limits.table.rows - 1 || size + words(row) > choices.tableLength;
    if (words(head) + words(row) > choices.tableLength) return [];
    if (most && group.length > 0) {
      groups.push([]);
      size = words(head);
    }
    groups.at(-1)!.push(row);
    size += words(row);
  }
  return groups.map((group) => ({
    type: 'table',
    rows: [
      head.map((label) => headCell(label)),
      ...group.map((row) => columns.map((_, at) => cell(row[at] ?? ''))),
    ],
    column_settings: columns.map(({ align }) => ({ align, is_wrapped: align === 'left' })),
  }));
}

/** Slack refuses a cell without a character. */
const empty = { type: 'raw_text', text: ' ' } as const;

function headCell(label: string): types.RichTextBlock | types.RawTextElement {
  return isBlank(label) ? empty : richText([[{ text: unmarked(label), bold: true }]]);
}

function cell(text: string): types.RichTextBlock | types.RawTextElement {
  if (isBlank(text)) return empty;
  const spans = withBold(text);
  return spans.some(({ bold }) => bold) ? richText([spans]) : { type: 'raw_text', text };
}

/** Columns of letters of one width, under their names. */
function alignedLines(columns: readonly Column[], rows: readonly string[][]): string[] {
  const cells = [
    columns.map(({ label }) => unmarked(label)),
    ...rows.map((row) => row.map(unmarked)),
  ];
  const widths = columns.map((_, at) => Math.max(...cells.map((row) => width(row[at] ?? ''))));
  return cells.map((row) =>
    widths
      .map((size, at) => {
        const text = row[at] ?? '';
        const padding = ' '.repeat(size - width(text));
        return columns[at].align === 'right' ? `${padding}${text}` : `${text}${padding}`;
      })
      .join('  ')
      .trimEnd(),
  );
}

/** A row as its first value and the others below, each beside its column's name. */
function cards(columns: readonly Column[], rows: readonly string[][]): types.KnownBlock[] {
  const bold = (text: string): Span => ({ text, bold: true });
  const head = columns.map(({ label }) => label).filter((label) => !isBlank(label));
  const lines = rows.flatMap((row): Line[] => {
    const [first = '', ...rest] = row;
    const others = rest.flatMap((value, at): Line[] => {
      if (isBlank(value)) return [];
      const { label } = columns[at + 1];
      return [[...(isBlank(label) ? [] : [{ text: `${label}: ` }]), ...withBold(value)]];
    });
    return [...(isBlank(first) ? [] : [[bold(unmarked(first))]]), ...others];
  });
  const names: Line[] = head.length === 0 ? [] : [[{ text: head.join(' · '), italic: true }]];
  return inPieces([...names, ...lines], choices.pieceLength).map((piece) => richText(piece));
}

function width(text: string): number {
  return [...text].length;
}
