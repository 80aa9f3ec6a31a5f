import type { Timing } from './measured.ts';
import type { Task } from './task.ts';
import type { Verdict } from './verdict.ts';

/** A task at a size, measured. */
export interface Row {
  readonly task: Task;
  readonly n: number;
  readonly here: Timing;
  readonly residual: number | undefined;
  /** Why there is no time, where the peer fails; null when it was not asked. */
  readonly peer: Omit<Timing, 'first'> | string | null;
  /** The peer's default solver failed, and its time is that of another. */
  readonly defaultFailed: boolean;
  readonly verdict: Verdict;
}

/** Times as fast as the peer: measured in this run, or else by its published time. */
export function ratioOf({ task, n, here, peer }: Row): number | null {
  if (typeof peer === 'string') return null;
  const theirs = peer?.median ?? task.published[n];
  return theirs === undefined ? null : theirs / here.median;
}

/** Whether a row is as fast as asked: null when there is nothing to compare with. */
export function reached(row: Row): boolean | null {
  const ratio = ratioOf(row);
  return ratio === null ? null : ratio >= row.task.asked(row.n);
}

/** Head, width and whether the documentation shows it. */
const columns = [
  ['task', 38, true],
  ['moments', 9, true],
  ['assets', 6, true],
  ['here ms', 8, true],
  ['least', 8, false],
  ['first', 8, false],
  ['peer ms', 8, true],
  ['least', 8, false],
  ['published', 9, true],
  ['times as fast', 13, true],
  ['by least', 8, false],
  ['asked', 6, true],
  ['residual', 8, true],
  ['answers', 7, true],
] as const;

const leftAligned: ReadonlySet<string> = new Set(['task', 'moments', 'answers']);

function cells(row: Row): string[] {
  const { task, n, here, peer, residual, verdict } = row;
  const ratio = ratioOf(row);
  const published = task.published[n];
  const timed = peer !== null && typeof peer === 'object';
  const least = timed ? peer.least : published;
  return [
    task.title,
    task.moments,
    String(n),
    milliseconds(here.median),
    milliseconds(here.least),
    milliseconds(here.first),
    timed ? milliseconds(peer.median) : peer === null ? '-' : 'fails',
    timed ? milliseconds(peer.least) : '-',
    published === undefined ? '-' : String(published),
    ratio === null ? '-' : times(ratio) + (reached(row) === false ? ' (missed)' : ''),
    ratio === null || least === undefined ? '-' : times(least / here.least),
    times(task.asked(n)),
    residual === undefined ? '-' : residual.toExponential(0),
    (verdict.fine ? '' : 'NOT FINE: ') +
      verdict.text +
      (row.defaultFailed ? '; its default solver fails, another is timed' : ''),
  ];
}

/** A line of text as soon as the row is known; the head without one. */
export function textLine(row?: Row): string {
  const texts = row === undefined ? columns.map(([head]) => head) : cells(row);
  return columns
    .map(([head, width], i) =>
      leftAligned.has(head) ? texts[i].padEnd(width) : texts[i].padStart(width),
    )
    .join(' ');
}

/** The whole as a table for the documentation. */
export function markdown(rows: readonly Row[]): string {
  const shown = (each: readonly string[]) => each.filter((_, i) => columns[i][2]);
  const line = (each: readonly string[]) => `| ${shown(each).join(' | ')} |`;
  const heads = columns.map(([head]) => head);
  const sides = heads.map((head) => (leftAligned.has(head) ? '---' : '---:'));
  return [line(heads), line(sides), ...rows.map((row) => line(cells(row)))].join('\n');
}

export function milliseconds(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 1 ? value.toFixed(1) : value.toFixed(3);
}

function times(ratio: number): string {
  return ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(1);
}
