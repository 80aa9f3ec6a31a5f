import v8 from 'node:v8';
import vm from 'node:vm';
import { createImages } from '../adapters/image/index.ts';
import { drawdownChart } from '../bot/charts/drawdown.ts';

/**
 * Renders a thousand different charts on one worker and prints the process's memory every hundred.
 * Exits 1 when it grows: the canvas library leaks about 3 MB a chart when it is not told to let go.
 */
const renders = Number(process.argv[2] ?? 1000);
const mostGrowthMb = 40;
const images = createImages({ threads: 1 });
const days = Int32Array.from({ length: 2000 }, (_, i) => 18_000 + i);
v8.setFlagsFromString('--expose-gc');
const collectGarbage = vm.runInNewContext('gc') as () => void;
/** After collecting this thread's garbage, so that only what is kept counts. */
const memoryMb = () => {
  collectGarbage();
  return process.memoryUsage.rss() / 2 ** 20;
};
const seen: number[] = [];

for (let i = 1; i <= renders; i++) {
  const values = Array.from(days, (_, t) => 100 + t / 20 + 10 * Math.sin((t + i) / 40));
  const spec = drawdownChart({
    lines: [{ name: `Line ${i}`, role: 'recommended', values }],
    days,
    simulated: true,
  });
  await images.png(spec, i % 2 ? 'light' : 'dark');
  if (i % Math.max(1, Math.floor(renders / 10)) === 0) {
    const now = memoryMb();
    seen.push(now);
    console.log(`${i} charts: ${now.toFixed(0)} MB`);
  }
}
await images.close();

// The first tenths warm up caches and compilers; after that it has to stay level.
const settled = Math.max(...seen.slice(1, 4));
const growth = Math.max(...seen.slice(-3)) - settled;
console.log(
  `Growth after warming up: ${growth.toFixed(0)} MB; at most ${mostGrowthMb} is allowed.`,
);
if (growth > mostGrowthMb) process.exitCode = 1;
