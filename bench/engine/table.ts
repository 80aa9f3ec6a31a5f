import type { Timing } from './measured.ts';
import type { Task } from './tasks.ts';
import type { Verdict } from './verdict.ts';

/** A task at a size, measured. */
export interface Row {
  readonly task: Task;
  readonly n: number;
  readonly here: Timing;
  readonly residual: number | undefined;
  /** Median milliseconds, or why there is none; null when the peer was not asked. */
  readonly peer: number | string | null;
  readonly verdict: Verdict;
}

/** Times as fast as the peer: measured in this run, or else by its published time. */
export function ratioOf({ task, n, here, peer }: Row): number | null {
  const theirs = typeof peer === 'number' ? peer : peer === null ? task.published[n] : undefined;
  return theirs === undefined ? null : theirs / here.median;
}

/** Whether a row is as fast as asked: null when there is nothing to compare with. */
export function reached(row: Row): boolean | null {
  const ratio = ratioOf(row);
  return ratio === null ? null : ratio >= row.task.asked(row.n);
}

const columns = [
  'task',
  'moments',
  'assets',
  'here ms',
  'first ms',
  'peer ms',
  'published ms',
  'times as fast',
  'asked',
  'residual',
  'answers',
];

function cells(row: Row): string[] {
  const { task, n, here, peer, residual, verdict } = row;
  const ratio = ratioOf(row);
  const published = task.published[n];
  const missed = reached(row) === false ? ' (missed)' : '';
  return [
    task.title,
    task.moments,
    String(n),
    milliseconds(here.median),
    milliseconds(here.first),
    typeof peer === 'number' ? milliseconds(peer) : peer === null ? '-' : 'fails',
    published === undefined ? '-' : String(published),
    ratio === null ? '-' : times(ratio) + missed,
    times(task.asked(n)),
    residual === undefined ? '-' : residual.toExponential(0),
    (verdict.fine ? '' : 'NOT FINE: ') + verdict.text,
  ];
}

const widths = [38, 9, 7, 9, 9, 9, 13, 15, 6, 9, 8];

/** A line of text as the row is known; the head without one. */
export function textLine(row?: Row): string {
  return (row === undefined ? columns : cells(row))
    .map((cell, i) =>
      i === 0 || i === widths.length - 1 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]),
    )
    .join(' ');
}

/** The whole as a table for the documentation. */
export function markdown(rows: readonly Row[]): string {
  const line = (each: readonly string[]) => `| ${each.join(' | ')} |`;
  const sides = columns.map((_, i) => (i < 2 || i === columns.length - 1 ? '---' : '---:'));
  return [line(columns), line(sides), ...rows.map((row) => line(cells(row)))].join('\n');
}

function milliseconds(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 1 ? value.toFixed(1) : value.toFixed(3);
}

function times(ratio: number): string {
  return ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(1);
}
