import { tradingDaysPerYear } from '../../engine/moments/annual-covariance.ts';
import { denoisedCovariance } from '../../engine/moments/denoised-covariance.ts';
import { gerberCovariance } from '../../engine/moments/gerber-covariance.ts';
import { ledoitWolfConstantCorrelation } from '../../engine/moments/ledoit-wolf-constant-correlation.ts';
import { ledoitWolfSingleFactor } from '../../engine/moments/ledoit-wolf-single-factor.ts';
import { sampleCovariance } from '../../engine/moments/sample-covariance.ts';
import { maximumDiversification } from '../../engine/optimizers/maximum-diversification.ts';
import { meanVarianceUtility } from '../../engine/optimizers/mean-variance-utility.ts';
import { minimumVariance } from '../../engine/optimizers/minimum-variance.ts';
import { minimumRiskMethods } from '../../engine/optimizers/scenario/index.ts';
import { targetVolatility } from '../../engine/optimizers/target-volatility.ts';
import { type BenchData, universe } from './data.ts';
import { measured } from './measured.ts';
import { momentsOf } from './moments.ts';
import { milliseconds } from './table.ts';
import { answered, longOnly, onMoments, type Work } from './task.ts';

// What the table does not ask for: the engine alone.

const all = [20, 100, 500, 1000];

const onMatrix = (estimate: (data: BenchData, n: number) => Float64Array) => (data: BenchData) => {
  const n = data.assets.length;
  return () => ({ values: estimate(data, n) });
};

const estimates: Readonly<Record<string, (data: BenchData, n: number) => Float64Array>> = {
  'sample covariance': ({ returns }, n) => sampleCovariance(returns, n),
  'Ledoit-Wolf to single factor': ({ returns }, n) => ledoitWolfSingleFactor(returns, n).covariance,
  'Ledoit-Wolf to constant correlation': ({ returns }, n) =>
    ledoitWolfConstantCorrelation(returns, n).covariance,
  Gerber: ({ returns, assets }) => gerberCovariance(returns, assets).covariance,
  denoised: ({ returns, assets }) => denoisedCovariance(returns, assets).covariance,
};

/** The covariance was proved by a call before, as when many portfolios are chosen with one. */
const provedBefore = (data: BenchData) => {
  const problem = longOnly(data, data);
  minimumVariance(problem);
  return () => answered(minimumVariance(problem));
};

const onScenarios = (name: keyof typeof minimumRiskMethods) => (data: BenchData) => () => {
  const { returns, rows: count, assets } = data;
  const scenarios = { returns, count, periodsPerYear: tradingDaysPerYear };
  const problem = longOnly(data, momentsOf(returns, assets.length));
  return answered(minimumRiskMethods[name]({ ...problem, scenarios }));
};

const works: readonly Work[] = [
  ...Object.entries(estimates).map(
    ([title, estimate]): Work => ({
      title,
      moments: 'included',
      sizes: all,
      data: universe,
      ready: onMatrix(estimate),
    }),
  ),
  {
    title: 'minimum variance, proved before',
    moments: 'given',
    sizes: all,
    data: universe,
    ready: provedBefore,
  },
  ...[
    { title: 'mean-variance utility', method: meanVarianceUtility, more: { riskAversion: 5 } },
    { title: 'target volatility', method: targetVolatility, more: { targetVolatility: 0.15 } },
    { title: 'maximum diversification', method: maximumDiversification, more: {} },
  ].map(
    ({ title, method, more }): Work => ({
      title,
      moments: 'given',
      sizes: all,
      data: universe,
      ready: onMoments((problem) => method({ ...problem, ...more })),
    }),
  ),
  ...(Object.keys(minimumRiskMethods) as (keyof typeof minimumRiskMethods)[])
    .filter((name) => name !== 'minimum-cvar')
    .map(
      (name): Work => ({
        title: name.replace('minimum-', 'minimum '),
        moments: 'included',
        sizes: [20, 100],
        data: universe,
        ready: onScenarios(name),
      }),
    ),
];

/** Measures the rest of the engine and prints a line for each. */
export function furtherBench(largest: number, seconds: number): void {
  console.log('\nThe engine alone, milliseconds: median, least, first call; what it proves.');
  for (const work of works) {
    for (const n of work.sizes) {
      if (n > largest) continue;
      const data = work.data(n);
      const { timing, answer } = measured(
        () => work.ready(data),
        (run) => run(),
        seconds,
      );
      const numbers = [timing.median, timing.least, timing.first].map((value) =>
        milliseconds(value).padStart(9),
      );
      const proof = answer.residual === undefined ? '' : `  ${answer.residual.toExponential(0)}`;
      console.log(
        `${work.title.padEnd(36)} ${work.moments.padEnd(9)} ${String(n).padStart(5)}${numbers.join('')}${proof}`,
      );
    }
  }
}
