import { cpus, loadavg, totalmem } from 'node:os';
import v8 from 'node:v8';
import vm from 'node:vm';
import { type Measured, stageMeaning, stages } from './stages.ts';

/** The machine that the figures belong to. */
export function machine(): string {
  const all = cpus();
  const memory = (totalmem() / 1024 ** 3).toFixed(1);
  return `${all.length} x ${all[0]?.model.trim() ?? 'unknown processor'}, ${memory} GiB, Node ${process.version}, ${process.platform} ${process.arch}`;
}

/** What else keeps the processors busy: figures from a crowded machine are slower than its own. */
export function load(): string {
  return `${loadavg()[0].toFixed(1)} of ${cpus().length} processors`;
}

v8.setFlagsFromString('--expose-gc');
const collectGarbage = vm.runInNewContext('gc') as () => void;

/** What is still needed, without what only waits to be collected, and what the system has given. */
export function memoryInUse(): string {
  collectGarbage();
  const megabytes = (bytes: number) => `${(bytes / 1024 ** 2).toFixed(0)} MB`;
  const { heapUsed, external, rss } = process.memoryUsage();
  return `${megabytes(heapUsed + external)} in use, ${megabytes(rss)} resident`;
}

/** The value below which a share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/** A table of the stages and the total, and whether 95 % are within the target. */
export function reportOf(title: string, runs: readonly Measured[], targetMs: number): string {
  const line = (name: string, values: readonly number[], note: string) =>
    [
      name.padEnd(14),
      ...[0.5, 0.95, 0.99, 1].map((share) => percentile(values, share).toFixed(1).padStart(8)),
      `  ${note}`,
    ].join('');
  const withChart = runs.flatMap((run) => run.withChart ?? []);
  const judged = withChart.length > 0 ? withChart : runs.map((run) => run.toCommit);
  const slowest = percentile(judged, 0.95);
  const verdict =
    slowest < targetMs
      ? `met, ${(targetMs / slowest).toFixed(1)} times as fast as asked`
      : `missed by ${(slowest - targetMs).toFixed(1)} ms`;
  return [
    `${title} (${runs.length} runs, milliseconds)`,
    `${'stage'.padEnd(14)}${['p50', 'p95', 'p99', 'max'].map((each) => each.padStart(8)).join('')}`,
    ...stages.flatMap((stage) => {
      const values = runs.flatMap((run) => run.stages[stage] ?? []);
      return values.length === 0 ? [] : [line(stage, values, stageMeaning[stage])];
    }),
    line(
      'to the outbox',
      runs.map((run) => run.toCommit),
      'from the request to the committed reply',
    ),
    ...(withChart.length > 0
      ? [line('with the chart', withChart, 'from the request to the chart as PNG')]
      : []),
    `95 % within ${slowest.toFixed(1)} ms; the target is ${targetMs} ms: ${verdict}.`,
  ].join('\n');
}
