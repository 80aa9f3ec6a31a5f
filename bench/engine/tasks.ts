import { tradingDaysPerYear } from '../../engine/moments/annual-covariance.ts';
import { ledoitWolfIdentity } from '../../engine/moments/ledoit-wolf-identity.ts';
import { riskParity } from '../../engine/optimizers/budgeting/risk-parity.ts';
import { hierarchicalRiskParity } from '../../engine/optimizers/hierarchical/hierarchical-risk-parity.ts';
import type { HierarchicalSettings } from '../../engine/optimizers/hierarchical/settings.ts';
import { maximumSharpe } from '../../engine/optimizers/maximum-sharpe.ts';
import { minimumVariance } from '../../engine/optimizers/minimum-variance.ts';
import { minimumRiskMethods } from '../../engine/optimizers/scenario/index.ts';
import { type BenchData, fundUniverse, universe } from './data.ts';
import { momentsOf } from './moments.ts';
import { answered, longOnly, onMoments, onReturns, riskFree, type Task } from './task.ts';
import { equalShares, least, same, sharpeScore, tailScore, varianceScore } from './verdict.ts';
import { leastInEachWindow, priceData, walkForward } from './walk-forward.ts';

const all = [20, 100, 500, 1000];

const hierarchical = (settings: HierarchicalSettings) =>
  onReturns((problem) => hierarchicalRiskParity(problem, settings));

const minimumCvar = (data: BenchData) => () => {
  const { returns, rows: count } = data;
  const scenarios = { returns, count, periodsPerYear: tradingDaysPerYear };
  const problem = longOnly(data, momentsOf(returns, data.assets.length));
  return answered(minimumRiskMethods['minimum-cvar']({ ...problem, scenarios }));
};

const ledoitWolf = (data: BenchData) => () => {
  const { covariance } = ledoitWolfIdentity(data.returns, data.assets.length);
  for (let at = 0; at < covariance.length; at++) covariance[at] *= tradingDaysPerYear;
  return { values: covariance };
};

const walk = (days: number) => (data: BenchData) => {
  const panel = priceData(data);
  return () => ({ values: walkForward(panel, days, 21) });
};

const month = 21;
const refits = 48;

export const tasks: readonly Task[] = [
  {
    name: 'minimum-variance',
    title: 'minimum variance',
    peer: 'PyPortfolioOpt',
    moments: 'given',
    sizes: all,
    data: universe,
    ready: onMoments(minimumVariance),
    judge: least('variance', varianceScore),
    published: { 20: 6.9, 100: 9.5, 500: 184, 1000: 847 },
    asked: () => 25,
  },
  {
    name: 'maximum-sharpe',
    title: 'maximum Sharpe',
    peer: 'PyPortfolioOpt',
    moments: 'given',
    sizes: all,
    data: universe,
    ready: onMoments(maximumSharpe),
    judge: least('Sharpe ratio', sharpeScore(riskFree)),
    published: { 20: 7.8, 100: 34, 500: 2311 },
    asked: () => 25,
  },
  {
    name: 'risk-parity',
    title: 'risk parity',
    peer: 'skfolio',
    moments: 'included',
    sizes: all,
    data: universe,
    ready: onReturns(riskParity),
    judge: equalShares,
    published: { 20: 17, 100: 50, 500: 2366, 1000: 10850 },
    asked: () => 10,
  },
  {
    name: 'hierarchical-single',
    title: 'HRP, single linkage',
    peer: 'PyPortfolioOpt',
    moments: 'included',
    sizes: all,
    data: universe,
    ready: hierarchical({ linkage: 'single' }),
    judge: same,
    published: { 20: 19, 100: 89, 500: 1952, 1000: 5969 },
    asked: () => 10,
  },
  {
    name: 'hierarchical-ward',
    title: 'HRP, Ward linkage, leaves ordered',
    peer: 'skfolio',
    moments: 'included',
    sizes: all,
    data: universe,
    ready: hierarchical({ linkage: 'ward', order: 'scipy' }),
    judge: same,
    published: { 20: 19, 100: 89, 500: 1952, 1000: 5969 },
    asked: () => 10,
  },
  {
    name: 'minimum-cvar',
    title: 'minimum CVaR',
    peer: 'skfolio',
    moments: 'included',
    sizes: all,
    data: universe,
    ready: minimumCvar,
    judge: least('CVaR', tailScore),
    published: { 20: 77, 100: 1467, 500: 20703 },
    asked: () => 10,
    peerSizes: [20, 100, 500],
  },
  {
    name: 'ledoit-wolf',
    title: 'Ledoit-Wolf',
    peer: 'PyPortfolioOpt',
    moments: 'included',
    sizes: all,
    data: universe,
    ready: ledoitWolf,
    judge: same,
    published: { 20: 2.4, 100: 6.4, 500: 35, 1000: 101 },
    asked: (n) => (n <= 100 ? 1 : 0.5),
  },
  {
    name: 'walk-forward-year',
    title: 'walk-forward, 48 refits on a year',
    peer: 'skfolio',
    moments: 'included',
    sizes: [20],
    data: () => fundUniverse(252 + refits * month),
    ready: walk(252),
    judge: leastInEachWindow(252, month),
    published: { 20: 712 },
    asked: () => 70,
  },
  {
    name: 'walk-forward-five-years',
    title: 'walk-forward, 48 refits on five years',
    peer: 'skfolio',
    moments: 'included',
    sizes: [20],
    data: () => fundUniverse(1260 + refits * month),
    ready: walk(1260),
    judge: leastInEachWindow(1260, month),
    published: {},
    asked: () => 70,
  },
];
