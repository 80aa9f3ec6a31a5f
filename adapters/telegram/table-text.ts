import type { Block } from '../../bot/reply.ts';
import { choices } from './limits.ts';
import { clean, type Line, type Paragraph } from './rich.ts';

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
  const cells = [columns.map(({ label }) => label), ...rows];
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
          if (second === '') return [{ text: first }];
          return [{ text: first === '' ? '' : `${first}: ` }, { text: second, bold: true }];
        }),
      ],
    },
  ];
}

/** Two lines a row: its first value as the heading, the others below, each beside its column's name. */
function cards(columns: Table['columns'], rows: readonly (readonly string[])[]): Paragraph[] {
  const labels = columns.map(({ label }) => label);
  const first = rows.length === 0 ? labels.join(' · ') : (labels[0] ?? '');
  return [
    {
      look: 'plain',
      lines: [
        ...(first === '' ? [] : [[{ text: first, italic: true }]]),
        ...rows.flatMap((row) => card(labels, row)),
      ],
    },
  ];
}

function card(labels: readonly string[], [head = '', ...rest]: readonly string[]): Line[] {
  const below = rest.flatMap((cell, at) => {
    const label = labels[at + 1] ?? '';
    if (cell === '') return [];
    // Held together, so that a line never ends between a name and its value.
    return [label === '' ? cell : `${label}\u00a0${cell}`];
  });
  if (head !== '' && below.length === 1) {
    return [[{ text: head, bold: true }, { text: ` · ${below[0]}` }]];
  }
  return [
    ...(head === '' ? [] : [[{ text: head, bold: true }]]),
    ...(below.length === 0 ? [] : [[{ text: below.join(' · ') }]]),
  ];
}

function flat(text: string): string {
  return clean(text).replaceAll('\n', ' ');
}

function width(text: string): number {
  return [...text].length;
}
