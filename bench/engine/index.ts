import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { load, machine } from '../report.ts';
import { clientsBench } from './clients-summary.ts';
import type { BenchData } from './data.ts';
import { furtherBench } from './further.ts';
import { measured } from './measured.ts';
import { askPeers, openPeers } from './peers.ts';
import { markdown, type Row, reached, textLine } from './table.ts';
import type { Task } from './task.ts';
import { tasks } from './tasks.ts';
import { writeSpeed } from './write-speed.ts';

/**
 * The engine against the optimizers a user could pick instead: the same problems on the same numbers,
 * one after the other in one run, with both answers compared. Without a Python that has them, their
 * published times stand in.
 */
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    /** Puts the tables into docs/engine.md. */
    write: { type: 'boolean', default: false },
    further: { type: 'boolean', default: false },
    'no-peer': { type: 'boolean', default: false },
    'no-clients': { type: 'boolean', default: false },
  },
});
const { quick } = values;
if (values.write && (quick || values.only !== '' || values['no-peer'] || values['no-clients'])) {
  console.error('--write puts the whole table into docs/engine.md; leave the other options out.');
  process.exit(1);
}
const largest = quick ? 100 : 1000;
/** Of counted calls, here and at the peer. */
const seconds = quick ? 0.3 : 1.5;
const began = performance.now();

const peers = values['no-peer'] ? 'Not asked for (--no-peer).' : await openPeers();
const head = [
  `${machine()}; ${new Date().toISOString().slice(0, 10)}; load before ${load()}.`,
  typeof peers === 'string'
    ? `No peer: ${peers} Its published times, on two idle cores, stand in for it.`
    : `Peer: ${peers[0].versions}.`,
];
console.log(head.join('\n'));
console.log(`Medians. The peer runs as its documentation shows it, with its own tolerances, its linear
algebra on as many threads as it likes and on one: the faster counts.\n`);

const folder = mkdtempSync(join(tmpdir(), 'keel-bench-'));
const written: { source: Task['data']; n: number; data: BenchData; at: string }[] = [];
const rows: Row[] = [];
console.log(textLine());
try {
  for (const task of tasks) {
    if (!task.name.includes(values.only)) continue;
    for (const n of task.sizes) {
      if (n > largest) continue;
      const row = await measure(task, n);
      rows.push(row);
      console.log(textLine(row));
      if (typeof row.peer === 'string') console.log(`  the peer says: ${row.peer}`);
    }
  }
} finally {
  if (typeof peers !== 'string') for (const peer of peers) peer.close();
  rmSync(folder, { recursive: true });
}
const origins = new Set(written.map(({ data }) => `${data.assets.length} assets: ${data.origin}`));
const tail = `Data: ${[...origins].join('; ')}. Load after ${load()}; ${((performance.now() - began) / 1000).toFixed(0)} s.`;
console.log(`\n${tail}\n`);

if (values.further) furtherBench(largest, quick ? 0.2 : 0.5);
const clients = values['no-clients'] ? null : await clientsBench(quick);
if (clients !== null) console.log(`${clients.lines.join('\n')}\n`);
const wrong = rows.filter(({ verdict }) => !verdict.fine);
const slow = rows.filter((row) => reached(row) === false);
const named = (list: readonly Row[]) =>
  list.map(({ task, n }) => `${task.title} at ${n}`).join(', ');
const verdict = [
  slow.length === 0 ? 'Every row is as fast as asked.' : `Slower than asked: ${named(slow)}.`,
  wrong.length === 0 ? 'All answers are as good or better.' : `NOT FINE: ${named(wrong)}.`,
  ...(clients?.fine === false ? ['THE CLIENTS ARE NOT FINE.'] : []),
].join(' ');
console.log(verdict);
if (values.write)
  writeSpeed([...head, '', markdown(rows), '', tail, '', ...(clients?.lines ?? []), '', verdict]);
process.exitCode = wrong.length === 0 && clients?.fine !== false ? 0 : 1;

async function measure(task: Task, n: number): Promise<Row> {
  const { data, at } = shared(task, n);
  const { timing, answer } = measured(
    () => task.ready(data),
    (run) => run(),
    seconds,
  );
  const request = { task: task.name, folder: at, seconds, warm: n <= 100 };
  const wanted = typeof peers !== 'string' && task.peerSizes?.includes(n) !== false;
  const theirs = wanted ? await askPeers(peers, task.peer, request) : null;
  const solved = theirs !== null && typeof theirs !== 'string';
  return {
    task,
    n,
    here: timing,
    residual: answer.residual,
    peer: solved ? theirs.timing : theirs,
    defaultFailed: solved && theirs.defaultFailed,
    verdict: task.judge(data, answer.values, solved ? theirs.values : null),
  };
}

/** The numbers of a size, also as files for the peer. */
function shared(task: Task, n: number) {
  let found = written.find((one) => one.source === task.data && one.n === n);
  if (found === undefined) {
    const data = task.data(n);
    const at = mkdtempSync(join(folder, 'data-'));
    writeFileSync(join(at, 'mean.f64'), data.expectedReturns);
    writeFileSync(join(at, 'covariance.f64'), data.covariance);
    writeFileSync(join(at, 'returns.f64'), data.returns);
    found = { source: task.data, n, data, at };
    written.push(found);
  }
  return found;
}
