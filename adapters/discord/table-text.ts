import type { Block } from '../../bot/reply.ts';
import { choices } from './limits.ts';
import { isBlank, type Line, line, oneLine, withBold } from './words.ts';

type Table = Extract<Block, { kind: 'table' }>;

/**
 * A table in letters: aligned columns in letters of one width where they fit on a phone, else one
 * entry a row, where a value stands beside the name of its column or that name stands above.
 */
export function tableText(table: Table): Line[] {
  const columns = table.columns.map((column) => ({ ...column, label: oneLine(column.label) }));
  const rows = table.rows.map((row) => row.map(oneLine));
  const title =
    table.title === undefined || isBlank(table.title) ? [] : [bold(oneLine(table.title))];
  const cells = [columns.map(({ label }) => label), ...rows.map((row) => row.map(unmarked))];
  const count = Math.max(...cells.map((row) => row.length));
  if (count === 0 || cells.every((row) => row.every(isBlank))) return title;
  const widths = Array.from({ length: count }, (_, at) =>
    Math.max(...cells.map((row) => width(row[at] ?? ''))),
  );
  const letters = widths.reduce((sum, each) => sum + each, 0);
  for (const gap of [2, 1]) {
    if (letters + gap * (count - 1) > choices.tableWidth) continue;
    return [...title, ...cells.map((row) => line(aligned(row, columns, widths, gap), 'code'))];
  }
  return [...title, ...(count === 2 ? pairs(columns, rows) : entries(columns, rows))];
}

function aligned(
  row: readonly string[],
  columns: Table['columns'],
  widths: readonly number[],
  gap: number,
): string {
  return widths
    .map((size, at) => {
      const cell = row[at] ?? '';
      const padding = ' '.repeat(size - width(cell));
      return columns[at]?.align === 'right' ? `${padding}${cell}` : `${cell}${padding}`;
    })
    .join(' '.repeat(gap))
    .trimEnd();
}

/** Two columns read as a list of facts under the names of both. */
function pairs(columns: Table['columns'], rows: readonly (readonly string[])[]): Line[] {
  return [
    ...heading(columns.map(({ label }) => label)),
    ...rows.map(([first = '', second = '']): Line => {
      if (second === '') return line(first);
      const name = first === '' ? [] : [...withBold(first), { text: ': ' }];
      return { look: 'plain', spans: [...name, { text: unmarked(second), bold: true }] };
    }),
  ];
}

/**
 * A row as its first value, which stands out, and the others: where there is room the second stands
 * beside it and the rest below, numbers in small print, else all stand below. Numbers that are compared with
 * each other stay side by side.
 */
function entries(columns: Table['columns'], rows: readonly (readonly string[])[]): Line[] {
  const labels = columns.map(({ label }) => label);
  const compared =
    columns.slice(1).every(({ align }) => align === 'right') && rows.every(ofOneUnit);
  const fits = ([head = '', next = '']: readonly string[]) =>
    head !== '' && width(`${unmarked(head)} · ${unmarked(next)}`) <= choices.lineLetters;
  const together = !compared && rows.length > 0 && rows.every(fits);
  const named = together ? 2 : 1;
  const look = columns.slice(named).every(({ align }) => align === 'right') ? 'small' : 'plain';
  return [
    ...heading(rows.length === 0 ? labels : labels.slice(0, named)),
    ...rows.flatMap((row): Line[] => {
      const [head = '', next = ''] = row;
      const values = row.flatMap((cell, at) => (at < named ? [] : beside(columns[at], cell)));
      const first = { text: unmarked(head), bold: true };
      if (!together) {
        // Compared values wrap where the client's line ends: on a desktop they stand in one.
        const lines =
          compared && values.length > 0 ? [values.join('\u00a0· ')] : sideBySide(values);
        const below = lines.map((each) => line(each));
        return head === '' ? below : [{ look: 'plain', spans: [first] }, ...below];
      }
      // An empty value leaves its place to the one after it, with its name.
      const said = next === '' ? (values.shift() ?? '') : next;
      const second = said === '' ? [] : [{ text: ' · ' }, ...withBold(said)];
      const rest = values.length === 0 ? [] : [line(values.join('\u00a0· '), look)];
      return [{ look: 'plain', spans: [first, ...second] }, ...rest];
    }),
  ];
}

/** Whether the numbers of a row can be compared with each other: all percentages, or all money. */
function ofOneUnit(row: readonly string[]): boolean {
  const values = row.slice(1).filter((cell) => !isBlank(cell));
  return new Set(values.map((cell) => /%|\p{Sc}/u.exec(cell)?.[0] ?? '')).size <= 1;
}

/** A value after its column's name, held together so that no line ends between the two. */
function beside(column: Table['columns'][number] | undefined, cell: string): string[] {
  if (cell === '') return [];
  const held = (words: string) =>
    width(words) <= choices.heldLetters ? words.replaceAll(' ', '\u00a0') : words;
  if (column === undefined || column.label === '') return [held(cell)];
  return [`${held(column.label)}${column.align === 'left' ? ':' : ''}\u00a0${held(cell)}`];
}

function heading(labels: readonly string[]): Line[] {
  const named = labels.filter((label) => !isBlank(label));
  return named.length === 0 ? [] : [line(named.join(' · '), 'small')];
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

function bold(text: string): Line {
  return { look: 'plain', spans: [{ text: unmarked(text), bold: true }] };
}

function unmarked(cell: string): string {
  return withBold(cell)
    .map(({ text }) => text)
    .join('');
}

function width(text: string): number {
  return [...text].length;
}
