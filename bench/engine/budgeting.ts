import { riskParity } from '../../engine/optimizers/budgeting/risk-parity.ts';
import { scenarioRiskParity } from '../../engine/optimizers/budgeting/scenario-risk-parity.ts';
import { hierarchicalEqualRisk } from '../../engine/optimizers/hierarchical/hierarchical-equal-risk.ts';
import { hierarchicalRiskParity } from '../../engine/optimizers/hierarchical/hierarchical-risk-parity.ts';
import { nestedClusters } from '../../engine/optimizers/hierarchical/nested-clusters.ts';
import { schur } from '../../engine/optimizers/hierarchical/schur.ts';
import { inverseVolatility } from '../../engine/optimizers/inverse-volatility.ts';
import { maximumDecorrelation } from '../../engine/optimizers/maximum-decorrelation.ts';
import { maximumDiversification } from '../../engine/optimizers/maximum-diversification.ts';
import type { Allocation, Problem } from '../../engine/optimizers/problem.ts';
import { cvar, mad, semideviation, ulcer } from '../../engine/optimizers/scenario/measures.ts';
import { load, machine } from '../report.ts';
import { measured } from './measured.ts';
import { momentsOf, rows, simulatedReturns } from './moments.ts';

/**
 * Risk sharing, diversification and hierarchies beyond the covariance: moments are given and proved, so
 * that a row is what the method itself adds to them.
 */
interface Row {
  readonly title: string;
  readonly solve: (problem: Problem) => Allocation;
  /** No more assets than this: what grows with their cube is not waited for. */
  readonly most?: number;
}

const capped = (problem: Problem): Problem => {
  const n = problem.assets.length;
  const limits = { ...problem.limits, upper: new Float64Array(n).fill(1.2 / n) };
  return { ...problem, limits };
};

const inClasses = (problem: Problem): Problem => {
  const n = problem.assets.length;
  const linear = [0, 1, 2].map((g) => ({
    name: `class ${g}`,
    coefficients: Float64Array.from({ length: n }, (_, i) => (i % 4 === g ? 1 : 0)),
    lower: -Infinity,
    upper: 0.15 + 0.05 * g,
  }));
  return { ...problem, limits: { ...problem.limits, linear } };
};

const list: readonly Row[] = [
  { title: 'inverse volatility', solve: inverseVolatility },
  { title: 'risk parity', solve: riskParity },
  { title: 'risk parity, most 1.2 / n each', solve: (p) => riskParity(capped(p)) },
  { title: 'risk parity, three class limits', solve: (p) => riskParity(inClasses(p)), most: 500 },
  { title: 'risk parity by CVaR', solve: scenarioRiskParity(cvar), most: 100 },
  { title: 'risk parity by MAD', solve: scenarioRiskParity(mad), most: 100 },
  { title: 'risk parity by semideviation', solve: scenarioRiskParity(semideviation), most: 100 },
  { title: 'risk parity by ulcer index', solve: scenarioRiskParity(ulcer), most: 100 },
  { title: 'maximum diversification', solve: maximumDiversification },
  { title: 'maximum decorrelation', solve: maximumDecorrelation },
  { title: 'HRP, single', solve: hierarchicalRiskParity },
  {
    title: 'HRP, Ward, optimal leaves',
    solve: (p) => hierarchicalRiskParity(p, { linkage: 'ward', order: 'optimal' }),
  },
  { title: 'HERC', solve: hierarchicalEqualRisk },
  { title: 'nested clusters', solve: nestedClusters },
  { title: 'Schur', solve: (p) => schur(p, { linkage: 'ward' }) },
];
const sizes = process.argv.includes('--quick') ? [20, 100] : [20, 100, 500, 1000];

console.log(`${machine()}; load before: ${load()}`);
console.log(`Milliseconds, medians (and how many runs); ${rows} days; moments given.\n`);
console.log(['method'.padEnd(34), ...sizes.map((n) => String(n).padStart(14))].join(''));
const problems = sizes.map(posed);
for (const { title, solve, most = Infinity } of list) {
  const cells = problems.map((problem) => {
    if (problem.assets.length > most) return '-'.padStart(14);
    const { timing } = measured(
      () => problem,
      (p) => solve(p),
      0.5,
    );
    return `${timing.median.toFixed(1)} (${timing.runs})`.padStart(14);
  });
  console.log([title.padEnd(34), ...cells].join(''));
}
console.log(`\nLoad after: ${load()}.`);

function posed(n: number): Problem {
  const returns = simulatedReturns(n, 4);
  const problem: Problem = {
    assets: Array.from({ length: n }, (_, i) => `A${i}`),
    ...momentsOf(returns, n),
    riskFree: 0,
    limits: { lower: new Float64Array(n), upper: new Float64Array(n).fill(1), linear: [] },
    scenarios: { returns, count: rows, periodsPerYear: 252 },
  };
  inverseVolatility(problem);
  return problem;
}
