import { parse } from 'csv-parse/sync';
import { moneyAt } from './amount.ts';
import { assetAt, suggestAssets } from './asset-names.ts';
import { cleanText } from './clean.ts';
import { type Columns, columnsOf } from './csv-columns.ts';
import { textOfFile } from './csv-text.ts';
import type { HoldingEdit, HoldingQuestion, HoldingsReading } from './holding-edit.ts';
import { pair, type Target } from './holding-pairs.ts';
import { tokenize } from './tokens.ts';

const MAX_ROWS = 1_000;
const MAX_SAID = 10;

interface Draft {
  readonly edits: Map<string, HoldingEdit>;
  readonly questions: HoldingQuestion[];
  readonly unknown: Set<string>;
  readonly problems: string[];
  readonly notes: string[];
}

/**
 * Holdings from an uploaded CSV file: comma, semicolon, tab or bar between the cells, with a header
 * or two plain columns. A row that cannot be read is named by its line and the rest is kept.
 */
export function readHoldingsFile(name: string, bytes: Uint8Array): HoldingsReading {
  const file = textOfFile(bytes);
  if ('problem' in file) return refuse(file.problem);
  const { text } = file;
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.filter((line) => line.trim() !== '').length > MAX_ROWS + 1) {
    return refuse(`That file has more than 1,000 rows. Please send only what you hold today.`);
  }
  const rows = rowsOf(text, delimiterOf(lines));
  if (typeof rows === 'string') return refuse(rows);
  const columns = rows.length === 0 ? null : columnsOf(rows.map(({ record }) => record));
  if (columns === null) {
    return refuse(
      `I found no column of tickers with units or values in ${cleanText(name, 60) || 'that file'}. The first line should say “symbol,units”.`,
    );
  }
  const draft: Draft = {
    edits: new Map(),
    questions: [],
    unknown: new Set(),
    problems: [],
    notes: [],
  };
  for (const { record, line } of rows.slice(columns.header ? 1 : 0)) {
    readRow(record, line, columns, draft);
  }
  return finish(draft);
}

function refuse(problem: string): HoldingsReading {
  return { edits: [], questions: [], unknown: [], problems: [problem], notes: [] };
}

interface Row {
  readonly record: readonly string[];
  /** Counted from 1, as an editor shows it. */
  readonly line: number;
}

function rowsOf(text: string, delimiter: string): Row[] | string {
  try {
    const parsed = parse(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      max_record_size: 20_000,
      trim: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return parsed.map(({ record, info }) => ({ record, line: info.lines }));
  } catch {
    return 'That file is not CSV that I can read: a quotation mark may be open.';
  }
}

/** The sign that stands most evenly in the first lines. */
function delimiterOf(lines: readonly string[]): string {
  const sample = lines.filter((line) => line.trim() !== '').slice(0, 10);
  const counted = [';', '\t', '|', ','].map((sign) => ({
    sign,
    count: Math.min(...sample.map((line) => line.replace(/"[^"]*"/g, '').split(sign).length - 1)),
  }));
  return counted.find(({ count }) => count > 0)?.sign ?? ',';
}

function readRow(record: readonly string[], line: number, columns: Columns, draft: Draft): void {
  const cell = (column: number) =>
    column < 0 ? '' : cleanText(record[column] ?? '', 60).replace(/^="?|"$/g, '');
  const label = cell(columns.symbol);
  const [units, value] = [cell(columns.units), cell(columns.value)];
  if (/^(?:grand )?totals?\b/i.test(label)) {
    draft.notes.push(`Line ${line} is a total and was left out.`);
    return;
  }
  if (label === '') {
    if (units || value) draft.problems.push(`Line ${line} has no ticker.`);
    return;
  }
  const target = targetOf(label);
  if (!target) {
    draft.unknown.add(label);
    return;
  }
  const written = target.kind === 'cash' ? value || units : units || value;
  const money = moneyAt(tokenize(written), 0);
  const ends = money && money.next === tokenize(written).length;
  if (!money || !ends) {
    const what =
      written === '' ? 'says no number of units' : `has “${written.slice(0, 20)}” for a number`;
    draft.problems.push(`Line ${line} (${label.slice(0, 20)}) ${what}.`);
    return;
  }
  const currency = cell(columns.currency).toUpperCase() || null;
  const isValue = target.kind === 'asset' && units === '';
  const named = money.currency ?? (isValue || target.kind === 'cash' ? (currency ?? 'USD') : null);
  const paired = pair({ ...money, currency: named }, written, target, 'set');
  if ('problem' in paired) draft.problems.push(`Line ${line}: ${paired.problem}`);
  else if ('question' in paired) draft.questions.push(paired.question);
  else keep(paired.edit, line, draft);
}

function targetOf(label: string): Target | null {
  if (
    /^(?:cash|usd|us dollars?|dollars?|\$|cash ?(?:&|and) ?.*|.* cash|money market|sweep)$/i.test(
      label,
    )
  ) {
    return { kind: 'cash' };
  }
  const tokens = tokenize(label);
  const asset = assetAt(tokens, 0);
  return asset?.next === tokens.length
    ? { kind: 'asset', symbol: asset.symbol, text: label }
    : null;
}

/** Rows of the same asset are lots: they are summed, and that is said. */
function keep(edit: HoldingEdit, line: number, draft: Draft): void {
  const key = 'asset' in edit ? edit.asset : 'cash';
  if (edit.kind === 'remove') {
    draft.notes.push(`Line ${line}: ${key} has zero units and was left out.`);
    return;
  }
  const before = draft.edits.get(key);
  if (!before) draft.edits.set(key, edit);
  else if (before.kind === 'set' && edit.kind === 'set') {
    const units = Number((before.units + edit.units).toPrecision(15));
    draft.edits.set(key, { ...before, units });
  } else if ('minor' in before && 'minor' in edit) {
    draft.edits.set(key, { ...before, minor: before.minor + edit.minor });
  } else {
    draft.problems.push(
      `Line ${line}: ${key} was given in units before, so this row was left out.`,
    );
    return;
  }
  if (before)
    draft.notes.push(`${key} stands on several lines; they were added up (line ${line}).`);
}

function finish(draft: Draft): HoldingsReading {
  const { edits, questions, unknown, problems, notes } = draft;
  const rest = problems.length - MAX_SAID;
  const said = problems.slice(0, MAX_SAID);
  if (rest > 0) said.push(`${rest} more lines could not be read.`);
  if (edits.size + questions.length + unknown.size + problems.length === 0) {
    said.push('That file names nothing that you hold.');
  }
  return {
    edits: [...edits.values()],
    questions: questions.slice(0, MAX_SAID),
    unknown: [...unknown].slice(0, 20).map((text) => ({ text, suggestions: suggestAssets(text) })),
    problems: said,
    notes: notes.slice(0, MAX_SAID),
  };
}
