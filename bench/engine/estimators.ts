import { choleskyFactor } from '../../engine/linalg/cholesky.ts';
import { gram } from '../../engine/linalg/gram.ts';
import { denoisedCovariance } from '../../engine/moments/denoised-covariance.ts';
import { gerberCovariance } from '../../engine/moments/gerber-covariance.ts';
import { ledoitWolfConstantCorrelation } from '../../engine/moments/ledoit-wolf-constant-correlation.ts';
import { ledoitWolfIdentity } from '../../engine/moments/ledoit-wolf-identity.ts';
import { ledoitWolfSingleFactor } from '../../engine/moments/ledoit-wolf-single-factor.ts';
import { sampleCovariance } from '../../engine/moments/sample-covariance.ts';
import { randomSource } from '../../engine/random.ts';

/**
 * How long moments take from 1,260 returns, everything included: medians in milliseconds, and the
 * first call, whose code is not yet compiled to its best. Sizes as arguments: `20,100,500,1000`.
 */
const sizes = (process.argv[2] ?? '20,100,500,1000').split(',').map(Number);
const rows = 1260;

/** PyPortfolioOpt 1.5.6, CovarianceShrinkage.ledoit_wolf() with BLAS on two cores. */
const peer: Readonly<Record<number, number>> = { 20: 2.4, 100: 6.4, 500: 35, 1000: 101 };

/** Beyond this, what needs all eigenvalues or no kernel takes too long to repeat. */
const largest: Readonly<Record<string, number>> = { denoised: 500, 'Gram in plain code': 500 };

function simulatedReturns(n: number): Float64Array {
  const random = randomSource(11);
  const returns = new Float64Array(rows * n);
  for (let t = 0; t < rows; t++) {
    const market = 0.01 * random.normal();
    for (let j = 0; j < n; j++) returns[t * n + j] = 0.0003 + market + 0.015 * random.normal();
  }
  return returns;
}

/** What the kernel replaces: row after row, the lower half. */
function plainGram(x: Float64Array, n: number): Float64Array {
  const sums = new Float64Array(n * n);
  for (let t = 0; t < x.length / n; t++)
    for (let i = 0; i < n; i++) {
      const value = x[t * n + i];
      for (let j = 0; j <= i; j++) sums[i * n + j] += value * x[t * n + j];
    }
  return sums;
}

function measured(run: () => unknown): { readonly first: number; readonly median: number } {
  const times: number[] = [];
  const started = performance.now();
  while (times.length < 7 || (performance.now() - started < 700 && times.length < 300)) {
    const before = performance.now();
    run();
    times.push(performance.now() - before);
  }
  return { first: times[0], median: times.toSorted((a, b) => a - b)[times.length >> 1] };
}

console.log(
  `${'assets'.padEnd(8)}${'task'.padEnd(38)}${'median ms'.padStart(10)}${'first ms'.padStart(10)}`,
);
for (const n of sizes) {
  const x = simulatedReturns(n);
  const names = Array.from({ length: n }, (_, j) => `A${j}`);
  const covariance = sampleCovariance(x, n);
  const tasks: Record<string, () => unknown> = {
    'Ledoit-Wolf to identity': () => ledoitWolfIdentity(x, n),
    'Ledoit-Wolf to single factor': () => ledoitWolfSingleFactor(x, n),
    'Ledoit-Wolf to constant correlation': () => ledoitWolfConstantCorrelation(x, n),
    sample: () => sampleCovariance(x, n),
    Gerber: () => gerberCovariance(x, names),
    denoised: () => denoisedCovariance(x, names),
    Gram: () => gram(x, n),
    'Gram in plain code': () => plainGram(x, n),
    'Cholesky factor': () => choleskyFactor(covariance, n),
  };
  for (const [task, run] of Object.entries(tasks)) {
    if (n > (largest[task] ?? Infinity)) continue;
    const { first, median } = measured(run);
    const against =
      task === 'Ledoit-Wolf to identity' && peer[n] !== undefined
        ? `  PyPortfolioOpt ${peer[n]}, ${(peer[n] / median).toFixed(1)} times as fast`
        : '';
    console.log(
      `${String(n).padEnd(8)}${task.padEnd(38)}${median.toFixed(3).padStart(10)}${first.toFixed(1).padStart(10)}${against}`,
    );
  }
}
