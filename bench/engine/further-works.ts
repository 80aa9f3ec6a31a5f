import { tradingDaysPerYear } from '../../engine/moments/annual-covariance.ts';
import { denoisedCovariance } from '../../engine/moments/denoised-covariance.ts';
import { gerberCovariance } from '../../engine/moments/gerber-covariance.ts';
import { ledoitWolfConstantCorrelation } from '../../engine/moments/ledoit-wolf-constant-correlation.ts';
import { ledoitWolfSingleFactor } from '../../engine/moments/ledoit-wolf-single-factor.ts';
import { sampleCovariance } from '../../engine/moments/sample-covariance.ts';
import { maximumDiversification } from '../../engine/optimizers/maximum-diversification.ts';
import { maximumSharpe } from '../../engine/optimizers/maximum-sharpe.ts';
import { meanVarianceUtility } from '../../engine/optimizers/mean-variance-utility.ts';
import { minimumVariance } from '../../engine/optimizers/minimum-variance.ts';
import type { Optimizer } from '../../engine/optimizers/problem.ts';
import { scenarioMeasures, scenarioOptimizers } from '../../engine/optimizers/scenario/index.ts';
import { targetVolatility } from '../../engine/optimizers/target-volatility.ts';
import { type BenchData, universe } from './data.ts';
import { momentsOf } from './moments.ts';
import { answered, longOnly, onMoments, type Work } from './task.ts';

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
const provedBefore = (method: Optimizer) => (data: BenchData) => {
  const problem = longOnly(data, data);
  method(problem);
  return () => answered(method(problem));
};

/** A target, where the method takes one, is the risk of equal weights. */
const onScenarios = (name: string, method: Optimizer) => (data: BenchData) => {
  const { returns, rows: count, assets } = data;
  const scenarios = { returns, count, periodsPerYear: tradingDaysPerYear };
  const measure = Object.entries(scenarioMeasures).find(([key]) => name === `target-${key}`);
  const equal = new Float64Array(assets.length).fill(1 / assets.length);
  const targetRisk = measure?.[1](scenarios).value(equal) ?? 0;
  return () => {
    const problem = longOnly(data, momentsOf(returns, assets.length));
    return answered(method({ ...problem, targetReturn: 0.08, targetRisk, scenarios }));
  };
};

/** What the table does not ask for: the engine alone. */
export const furtherWorks: readonly Work[] = [
  ...Object.entries(estimates).map(
    ([title, estimate]): Work => ({
      title,
      moments: 'included',
      sizes: all,
      data: universe,
      ready: onMatrix(estimate),
    }),
  ),
  ...[minimumVariance, maximumSharpe].map(
    (method, i): Work => ({
      title: `${['minimum variance', 'maximum Sharpe'][i]}, proved before`,
      moments: 'given',
      sizes: all,
      data: universe,
      ready: provedBefore(method),
    }),
  ),
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
  ...Object.entries(scenarioOptimizers)
    .filter(([name]) => name !== 'minimum-cvar')
    .map(
      ([name, method]): Work => ({
        title: name,
        moments: 'included',
        sizes: name.startsWith('minimum') ? [20, 100, 500] : [20],
        data: universe,
        ready: onScenarios(name, method),
      }),
    ),
];
