import { maximumSharpe } from '../../engine/optimizers/maximum-sharpe.ts';
import { minimumVariance } from '../../engine/optimizers/minimum-variance.ts';
import type { Problem } from '../../engine/optimizers/problem.ts';
import { simulatedMoments } from './moments.ts';

const sizes = (process.argv[2] ?? '20,100,500').split(',').map(Number);
for (const n of sizes) {
  const moments = simulatedMoments(n, 4);
  const problem: Problem = {
    assets: Array.from({ length: n }, (_, i) => `A${i}`),
    ...moments,
    riskFree: 0.02,
    limits: { lower: new Float64Array(n), upper: new Float64Array(n).fill(1), linear: [] },
  };
  for (const solve of [minimumVariance, maximumSharpe]) {
    const times: number[] = [];
    const started = performance.now();
    let answer = solve(problem);
    while (times.length < 5 || (performance.now() - started < 1500 && times.length < 400)) {
      const before = performance.now();
      answer = solve(problem);
      times.push(performance.now() - before);
    }
    times.sort((a, b) => a - b);
    const held = answer.weights.reduce((c, w) => c + (w > 1e-12 ? 1 : 0), 0);
    console.log(
      n,
      answer.method,
      'median',
      times[times.length >> 1].toFixed(3),
      'min',
      times[0].toFixed(3),
      'held',
      held,
      'it',
      answer.iterations,
      answer.residual,
    );
  }
}
