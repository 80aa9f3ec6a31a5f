import type { Block } from '../../bot/reply.ts';
import { choices } from './limits.ts';
import { clean, type Line, type Paragraph, withBold } from './rich.ts';

type Table = Extract<Block, { kind: 'table' }>;

/**
 * A table in letters: aligned columns where they fit on a phone, else one card a row, where every
 * value stands beside the name of its column.
 */
export function tableText(table: Table): Paragraph[] {
  const columns = table.columns.map((column) => ({ ...column, label: flat(column.label) }));
  const rows = table.rows.map((row) => row.map(flat));
  const title: Paragraph[] =
    table.title === undefined
      ? []
      : [{ look: 'plain', lines: [[{ text: flat(table.title), bold: true }]] }];
  // Letters of one width are not bold as well.
  const cells = [columns.map(({ label }) => label), ...rows.map((row) => row.map(unmarked))];
  const count = Math.max(...cells.map((row) => row.length));
  if (count === 0) return title;
  const widths = Array.from({ length: count }, (_, at) =>
    Math.max(...cells.map((row) => width(row[at] ?? ''))),
  );
  const letters = widths.reduce((sum, each) => sum + each, 0);
  for (const gap of [2, 1]) {
    if (letters + gap * (count - 1) > choices.tableWidth) continue;
    const lines = cells.map((row) => aligned(row, columns, widths, gap));
    return [...title, { look: 'pre', lines }];
  }
  const body = count === 2 ? pairs(columns, rows) : cards(columns, rows);
  // The title stands right above its rows.
  return [{ look: 'plain', lines: [...title, ...body].flatMap(({ lines }) => lines) }];
}

function aligned(
  row: readonly string[],
  columns: Table['columns'],
  widths: readonly number[],
  gap: number,
): Line {
  const text = widths
    .map((size, at) => {
      const cell = row[at] ?? '';
      const padding = ' '.repeat(size - width(cell));
      return columns[at]?.align === 'right' ? `${padding}${cell}` : `${cell}${padding}`;
    })
    .join(' '.repeat(gap));
  return [{ text: text.trimEnd() }];
}

/** Two columns read as a list of facts under the names of both. */
function pairs(columns: Table['columns'], rows: readonly (readonly string[])[]): Paragraph[] {
  const heads = columns.map(({ label }) => label).filter((label) => label !== '');
  return [
    {
      look: 'plain',
      lines: [
        ...(heads.length === 0 ? [] : [[{ text: heads.join(' · '), italic: true }]]),
        ...rows.map((row): Line => {
          const [first = '', second = ''] = row;
          if (second === '') return withBold(first);
          const name = first === '' ? [] : [...withBold(first), { text: ': ' }];
          return [...name, { text: unmarked(second), bold: true }];
        }),
      ],
    },
  ];
}

/**
 * A row as its first value, the heading, and the others below, each beside its column's name. Rows
 * that the table marks bold head those that follow, so the others are not bold then.
 */
function cards(columns: Table['columns'], rows: readonly (readonly string[])[]): Paragraph[] {
  const labels = columns.map(({ label }) => label);
  const first = rows.length === 0 ? labels.join(' · ') : (labels[0] ?? '');
  const marked = rows.some(([head = '']) => head !== unmarked(head));
  return [
    {
      look: 'plain',
      lines: [
        ...(first === '' ? [] : [[{ text: first, italic: true }]]),
        ...rows.flatMap((row) => card(columns, row, marked)),
      ],
    },
  ];
}

function card(
  columns: Table['columns'],
  [head = '', ...rest]: readonly string[],
  marked: boolean,
): Line[] {
  const values = rest.flatMap((cell, at) => {
    const { label, align } = columns[at + 1] ?? { label: '', align: 'left' };
    if (cell === '') return [];
    // Held together, so that a line never ends between a name and its value: a number or words.
    return [label === '' ? cell : `${label}${align === 'left' ? ':' : ''}\u00a0${cell}`];
  });
  const heading = head === '' || marked ? withBold(head) : [{ text: head, bold: true }];
  if (head !== '' && values.length === 1) return [[...heading, ...withBold(` · ${values[0]}`)]];
  return [...(head === '' ? [] : [heading]), ...sideBySide(values).map(withBold)];
}

/** Values in lines that a phone does not break. */
function sideBySide(values: readonly string[]): string[] {
  const lines: string[] = [];
  for (const value of values) {
    const joined = `${lines.at(-1)} · ${value}`;
    if (lines.length > 0 && width(unmarked(joined)) <= choices.lineLetters) {
      lines[lines.length - 1] = joined;
    } else lines.push(value);
  }
  return lines;
}

function unmarked(cell: string): string {
  return withBold(cell)
    .map(({ text }) => text)
    .join('');
}

function flat(text: string): string {
  return clean(text).replaceAll('\n', ' ');
}

function width(text: string): number {
  return [...text].length;
}
