import type { Allocation, Optimizer, Problem } from '../../engine/optimizers/problem.ts';
import { minimumRiskMethods, scenarioOptimizers } from '../../engine/optimizers/scenario/index.ts';
import { load, machine } from '../report.ts';
import { momentsOf, rows, simulatedReturns } from './moments.ts';

// Portfolios on scenarios: 1,260 daily returns, weights from 0 to 1, every answer with its proven gap.
// Arguments: sizes (20,100,500), methods (all minimum ones, or 'all').

/** skfolio 0.20.1 with its default solver on two cores, milliseconds from returns. */
const skfolioCvar: Readonly<Record<number, number>> = { 20: 77, 100: 1467, 500: 20703 };

const sizes = (process.argv[2] ?? '20,100,500').split(',').map(Number);
const chosen = process.argv[3];
const methods: Readonly<Record<string, Optimizer>> =
  chosen === 'all' ? scenarioOptimizers : minimumRiskMethods;

function problemOf(returns: Float64Array, n: number): Problem {
  return {
    assets: Array.from({ length: n }, (_, i) => `A${i}`),
    ...momentsOf(returns, n),
    riskFree: 0.02,
    limits: { lower: new Float64Array(n), upper: new Float64Array(n).fill(1), linear: [] },
    scenarios: { returns, count: rows, periodsPerYear: 252 },
    targetReturn: 0.08,
    targetRisk: 0.05,
  };
}

/** Milliseconds of one run: the median and the least of at least five, for a second or more. */
function timed(run: () => Allocation): { median: number; least: number; answer: Allocation } {
  let answer = run();
  const times: number[] = [];
  const started = performance.now();
  while (times.length < 5 || (performance.now() - started < 1000 && times.length < 200)) {
    const before = performance.now();
    answer = run();
    times.push(performance.now() - before);
  }
  times.sort((a, b) => a - b);
  return { median: times[times.length >> 1], least: times[0], answer };
}

console.log(`${machine()}, load ${load()}; milliseconds`);
console.log('assets  method                            median    least       gap  held');
for (const n of sizes) {
  const returns = simulatedReturns(n, 4);
  const problem = problemOf(returns, n);
  const line = (name: string, run: () => Allocation): number => {
    const { median, least, answer } = timed(run);
    const held = answer.weights.reduce((count, w) => count + (w > 0 ? 1 : 0), 0);
    const parts = [
      String(n).padStart(6),
      ` ${name.padEnd(32)}`,
      median.toFixed(1).padStart(7),
      least.toFixed(1).padStart(8),
      answer.residual.toExponential(1).padStart(9),
      String(held).padStart(5),
    ];
    console.log(parts.join(' '));
    return median;
  };
  for (const [name, optimize] of Object.entries(methods)) {
    if (chosen !== undefined && chosen !== 'all' && !name.includes(chosen)) continue;
    line(name, () => optimize(problem));
  }
  const peer = skfolioCvar[n];
  if (peer === undefined) continue;
  const minimum = minimumRiskMethods['minimum-cvar'];
  const ours = line('minimum-cvar, moments included', () => minimum(problemOf(returns, n)));
  console.log(`        skfolio took ${peer}: ${(peer / ours).toFixed(0)} times as long`);
}
