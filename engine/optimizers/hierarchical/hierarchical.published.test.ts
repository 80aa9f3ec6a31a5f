import { describe, expect, it } from 'vitest';
import {
  type PeerReturns,
  peerCase,
  peerCasesPresent,
  peerPrices,
  selectPrices,
  simpleReturns,
} from '../../../oracles/peer-cases.ts';
import { dayNumber } from '../../calendar.ts';
import { correlationDistance } from '../../clustering/index.ts';
import { conditionalValueAtRisk } from '../../measures/index.ts';
import { sampleCovariance } from '../../moments/sample-covariance.ts';
import { solveQuadraticProgram } from '../../solvers/solve.ts';
import type { Problem } from '../problem.ts';
import { cdar, cvar, mad, semideviation, ulcer, worst } from '../scenario/measures.ts';
import { hierarchicalEqualRisk } from './hierarchical-equal-risk.ts';
import { hierarchicalRiskParity } from './hierarchical-risk-parity.ts';
import { nestedClusters } from './nested-clusters.ts';
import {
  averageDrawdown,
  drawdownAtRisk,
  drawdowns,
  giniMeanDifference,
  meanShortfall,
  quantileLoss,
  range,
} from './series-risks.ts';
import type { ClusterMeasure } from './settings.ts';

type Weights = Record<string, number>;

/** A long-only problem on daily returns; the covariance stays per day. */
function posed({ names, returns, rows }: PeerReturns, covariance?: Float64Array): Problem {
  const n = names.length;
  return {
    assets: names,
    expectedReturns: new Float64Array(n),
    covariance: covariance ?? sampleCovariance(returns, n),
    riskFree: 0,
    limits: { lower: new Float64Array(n), upper: new Float64Array(n).fill(1), linear: [] },
    scenarios: { returns, count: rows, periodsPerYear: 252 },
  };
}

function largestGap(problem: Problem, weights: Float64Array, expected: Weights): number {
  return Math.max(...problem.assets.map((name, i) => Math.abs(weights[i] - expected[name])));
}

/** Covariances of each pair over the rows that both have. */
function pairwise({ returns, rows, names }: PeerReturns, correlation: boolean): Float64Array {
  const n = names.length;
  const result = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const both = Array.from({ length: rows }, (_, t) => [
        returns[t * n + i],
        returns[t * n + j],
      ]).filter(([a, b]) => !Number.isNaN(a) && !Number.isNaN(b));
      const a = Float64Array.from(both.flat());
      const [vi, c, , vj] = sampleCovariance(a, 2);
      result[i * n + j] = correlation ? c / Math.sqrt(vi * vj) : c;
    }
  }
  return result;
}

/** Products of returns around zero, each day counting half as much as one a half-life later. */
function weighted({ returns, rows, names }: PeerReturns, halfLife: number): Float64Array {
  const n = names.length;
  const result = new Float64Array(n * n);
  for (let t = 0; t < rows; t++) {
    const weight = 2 ** (-(rows - 1 - t) / halfLife);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        result[i * n + j] += weight * returns[t * n + i] * returns[t * n + j];
  }
  return result;
}

/** Returns of days from a day on. */
function from(data: PeerReturns, since: number): PeerReturns {
  const first = data.days.findIndex((day) => day >= since);
  return {
    names: data.names,
    days: data.days.slice(first),
    rows: data.rows - first,
    returns: data.returns.slice(first * data.names.length),
  };
}

const skfolio = (since: [number, number, number]) => (file: string) =>
  simpleReturns(selectPrices(peerPrices(file), { since: dayNumber(...since) }));

describe.skipIf(!peerCasesPresent)(
  'hierarchical portfolios of other optimizers (skipped without ../shared/oracles)',
  () => {
    it('splits 20 stocks as PyPortfolioOpt does, on pairwise complete returns (ppo-hrp-single)', () => {
      const one = peerCase<unknown, Weights>('ppo-hrp-single');
      const data = simpleReturns(peerPrices(one.data_file));
      const problem = posed(data, pairwise(data, false));
      const { scenarios: _, ...given } = problem;
      const distance = correlationDistance(pairwise(data, true), data.names.length);
      const found = hierarchicalRiskParity(given, { distance });
      expect(largestGap(problem, found.weights, one.expected)).toBeLessThan(
        one.tolerance_suggested.value,
      );
      expect(found.certificate).toBe('rule');
    });

    it('splits by standard deviation over the leaf order of scipy (skf-hrp-std-single)', () => {
      const one = peerCase<unknown, Weights>('skf-hrp-std-single');
      const problem = posed(skfolio([2014, 1, 1])(one.data_file));
      const found = hierarchicalRiskParity(problem, {
        linkage: 'single',
        order: 'scipy',
        risk: 'standard-deviation',
      });
      expect(largestGap(problem, found.weights, one.expected)).toBeLessThan(
        one.tolerance_suggested.value,
      );
    });

    it('splits an exponentially weighted covariance over the tree of all days (skf-hrp-var-ward-ewcov)', () => {
      const one = peerCase<unknown, Weights>('skf-hrp-var-ward-ewcov');
      const data = skfolio([2014, 1, 1])(one.data_file);
      const n = data.names.length;
      const problem = posed(data, weighted(data, 40));
      const found = hierarchicalRiskParity(problem, {
        linkage: 'ward',
        order: 'scipy',
        distance: correlationDistance(sampleCovariance(data.returns, n), n),
      });
      expect(largestGap(problem, found.weights, one.expected)).toBeLessThan(
        one.tolerance_suggested.value,
      );
    });

    it('shares risk between five clusters and within them (skf-herc-std-single-max5)', () => {
      const one = peerCase<unknown, Weights>('skf-herc-std-single-max5');
      const problem = posed(skfolio([2014, 1, 1])(one.data_file));
      const found = hierarchicalEqualRisk(problem, {
        linkage: 'single',
        risk: 'standard-deviation',
        clusters: 5,
      });
      expect(largestGap(problem, found.weights, one.expected)).toBeLessThan(
        one.tolerance_suggested.value,
      );
    });

    it('nests least-variance portfolios in five clusters (skf-nco-minvar-single-max5)', () => {
      const one = peerCase<unknown, Weights>('skf-nco-minvar-single-max5');
      const data = skfolio([2014, 1, 1])(one.data_file);
      const problem = posed(from(data, dayNumber(2020, 1, 1)));
      const found = nestedClusters(problem, { linkage: 'single', clusters: 5 });
      const n = problem.assets.length;
      const tolerance = one.tolerance_suggested.value;
      const alone = ['PFE', 'WMT', 'LLY', 'RRC'];
      const whole = problem.assets.flatMap((name, i) => (alone.includes(name) ? [] : [i]));
      const sum = (w: ArrayLike<number>) => whole.reduce((total, i) => total + w[i], 0);
      const theirs = problem.assets.map((name) => one.expected[name]);
      // Within the one cluster of many assets the peer's weights are ours.
      for (const i of whole)
        expect(
          Math.abs(found.weights[i] / sum(found.weights) - theirs[i] / sum(theirs)),
        ).toBeLessThan(tolerance);
      // Between clusters they are not the least: run again with tolerances of 1e-14 the peer comes to
      // ours. How far its slopes are from agreeing is less than the 1e-8 that its solver stops at, and
      // with that much of a tilt ours are its own.
      const clusters = [whole, ...alone.map((name) => [problem.assets.indexOf(name)])];
      const parts = clusters.map((group) => theirs.map((w, i) => (group.includes(i) ? w : 0)));
      const held = parts.map((part) => part.reduce((total, w) => total + w, 0));
      const between = parts.flatMap((a, p) =>
        parts.map((b, q) => {
          let total = 0;
          a.forEach((x, i) => {
            b.forEach((y, j) => {
              total += x * y * problem.covariance[i * n + j];
            });
          });
          return total / (held[p] * held[q]);
        }),
      );
      const size = clusters.length;
      const slope = held.map((_, p) =>
        held.reduce((total, w, q) => total + w * between[p * size + q], 0),
      );
      const mean = held.reduce((total, w, p) => total + w * slope[p], 0);
      const tilt = slope.map((value, p) => (held[p] > 1e-5 ? mean - value : 0));
      expect(Math.max(...tilt.map(Math.abs))).toBeLessThan(1e-8);
      const outer = (linear: Float64Array) =>
        solveQuadraticProgram({
          names: clusters.map((_, p) => `cluster ${p}`),
          quadratic: Float64Array.from(between),
          linear,
          lower: new Float64Array(size),
          upper: new Float64Array(size).fill(1),
          rows: [{ name: 'sum', coefficients: new Float64Array(size).fill(1), lower: 1, upper: 1 }],
        }).x;
      const tilted = outer(Float64Array.from(tilt));
      held.forEach((w, p) => {
        expect(Math.abs(tilted[p] - w)).toBeLessThan(tolerance);
      });
      const least = outer(new Float64Array(size));
      const ours = clusters.map((group) => group.reduce((total, i) => total + found.weights[i], 0));
      ours.forEach((w, p) => {
        expect(Math.abs(least[p] - w)).toBeLessThan(tolerance);
      });
      // All of it together.
      expect(largestGap(problem, found.weights, one.expected)).toBeLessThan(3.3e-5);
    });

    const compoundedFalls = (returns: Float64Array) => drawdowns(returns, true);
    const tailMean = (values: Float64Array) => -conditionalValueAtRisk(values, 0.05);
    const measures: Record<string, ClusterMeasure> = {
      vol: 'standard-deviation',
      MV: 'variance',
      MAD: mad,
      GMD: giniMeanDifference,
      MSV: semideviation,
      FLPM: meanShortfall,
      SLPM: (returns) => Math.hypot(...returns.map((r) => Math.min(r, 0))),
      VaR: quantileLoss(0.05),
      CVaR: cvar,
      WR: worst,
      RG: range,
      CVRG: (returns) => tailMean(returns) + tailMean(returns.map((r) => -r)),
      MDD: (returns) => Math.max(...drawdowns(returns, false)),
      ADD: averageDrawdown(false),
      DaR: drawdownAtRisk(0.05, false),
      CDaR: cdar,
      UCI: ulcer,
      MDD_Rel: (returns) => Math.max(...compoundedFalls(returns)),
      ADD_Rel: averageDrawdown(true),
      DaR_Rel: drawdownAtRisk(0.05, true),
      CDaR_Rel: (returns) => tailMean(compoundedFalls(returns).map((fall) => -fall)),
      UCI_Rel: (returns) => Math.hypot(...compoundedFalls(returns)),
    };

    const riskfolio = (one: { data_file: string; settings: { assets: string[] } }) => {
      const prices = peerPrices(one.data_file);
      return posed(simpleReturns(selectPrices(prices, { names: one.settings.assets, last: 201 })));
    };

    it('splits by each of 22 risk measures (rf-hrp-table)', () => {
      const one = peerCase<{ assets: string[]; rms: string[] }, Record<string, Weights>>(
        'rf-hrp-table',
      );
      const problem = riskfolio(one);
      expect(one.settings.rms).toHaveLength(22);
      for (const name of one.settings.rms) {
        const found = hierarchicalRiskParity(problem, {
          linkage: 'single',
          order: 'scipy',
          risk: measures[name],
        });
        expect([name, largestGap(problem, found.weights, one.expected[name])]).toEqual([
          name,
          expect.closeTo(0, 9),
        ]);
      }
    });

    it('shares each of 7 risk measures between four clusters (rf-herc-table)', () => {
      const one = peerCase<{ assets: string[]; rms: string[] }, Record<string, Weights>>(
        'rf-herc-table',
      );
      const problem = riskfolio(one);
      for (const name of one.settings.rms) {
        const found = hierarchicalEqualRisk(problem, {
          linkage: 'ward',
          clusters: 4,
          risk: measures[name],
        });
        expect([name, largestGap(problem, found.weights, one.expected[name])]).toEqual([
          name,
          expect.closeTo(0, 9),
        ]);
      }
    });
  },
);
