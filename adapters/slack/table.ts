import type { types } from '@slack/bolt';
import type { Block } from '../../bot/reply.ts';
import { smallPrint } from './blocks.ts';
import { choices, limits } from './limits.ts';
import {
  held as heldPercent,
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
    column_settings: columns.map(({ align }, at) => ({
      align,
      is_wrapped:
        align === 'left' && group.some((row) => width(row[at] ?? '') > choices.cellLetters),
    })),
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
  return spans.some(({ bold }) => bold)
    ? richText([spans])
    : { type: 'raw_text', text: heldPercent(text) };
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

/**
 * A row as its first value, which stands out, and the others: where there is room the second stands
 * beside it and the rest below in small print, each beside its column's name. Numbers that are
 * compared with each other stay side by side.
 */
function cards(columns: readonly Column[], rows: readonly string[][]): types.KnownBlock[] {
  const bold = (text: string): Span => ({ text: unmarked(text), bold: true });
  const numbers = columns.slice(1).every(({ align }) => align === 'right');
  const compared = numbers && rows.every(ofOneUnit);
  const fits = ([head = '', next = '']: readonly string[]) =>
    !isBlank(head) && width(`${unmarked(head)} · ${unmarked(next)}`) <= choices.lineLetters;
  const together = numbers && !compared && columns.length > 2 && rows.every(fits);
  const shown = rows.length === 0 ? columns : columns.slice(0, together ? 2 : 1);
  const names = shown.map(({ label }) => label).filter((label) => !isBlank(label));
  const made = rows.map((row) => {
    const [head = '', next = ''] = row;
    const values = row.flatMap((cell, at) => (at < shown.length ? [] : beside(columns[at], cell)));
    if (together) {
      // An empty value leaves its place to the one after it, with its name.
      const said = isBlank(next) ? (values.shift() ?? '') : next;
      const second = isBlank(said) ? [] : [{ text: ' · ' }, ...withBold(said)];
      return { lines: [[bold(head), ...second]], small: values.join(' · ') };
    }
    const below = compared
      ? [withBold(values.join(' · '))]
      : values.map((value) => withBold(value));
    const lines = [...(isBlank(head) ? [] : [[bold(head)]]), ...below];
    return { lines: lines.filter((line) => line.length > 0), small: '' };
  });
  const heads = names.length === 0 ? [] : smallPrint(names.join(' · '));
  // Blocks stand apart from each other; a long table has no room for that.
  if (rows.length <= choices.airyRows) {
    const each = made.flatMap(({ lines, small }) => [
      ...inPieces(lines, choices.pieceLength).map((piece) => richText(piece)),
      ...(isBlank(small) ? [] : smallPrint(small)),
    ]);
    return [...heads, ...each];
  }
  const lines = made.flatMap(({ lines, small }): Line[] => [
    ...lines,
    ...(isBlank(small) ? [] : [[{ text: small }]]),
  ]);
  return [...heads, ...inPieces(lines, choices.pieceLength).map((piece) => richText(piece))];
}

/** Whether the numbers of a row can be compared with each other: all percentages, or all money. */
function ofOneUnit(row: readonly string[]): boolean {
  const values = row.slice(1).filter((cell) => !isBlank(cell));
  return new Set(values.map((cell) => /%|\p{Sc}/u.exec(cell)?.[0] ?? '')).size <= 1;
}

/** A value after its column's name, held together so that no line ends between the two. */
function beside({ label, align }: Column, cell: string): string[] {
  if (isBlank(cell)) return [];
  const held = (words: string) =>
    width(words) <= choices.heldLetters ? words.replaceAll(' ', '\u00a0') : words;
  return [
    isBlank(label) ? held(cell) : `${held(label)}${align === 'left' ? ':' : ''}\u00a0${held(cell)}`,
  ];
}

function width(text: string): number {
  return [...text].length;
}
