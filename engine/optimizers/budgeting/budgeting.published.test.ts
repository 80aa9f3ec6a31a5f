import { describe, expect, it } from 'vitest';
import { oracle, oraclesPresent } from '../../../oracles/cases.ts';
import {
  type PeerReturns,
  peerCase,
  peerCasesPresent,
  peerPrices,
  selectPrices,
  simpleReturns,
} from '../../../oracles/peer-cases.ts';
import { dayNumber } from '../../calendar.ts';
import { sampleCovariance } from '../../moments/sample-covariance.ts';
import { maximumDecorrelation } from '../maximum-decorrelation.ts';
import { maximumDiversification } from '../maximum-diversification.ts';
import type { Problem } from '../problem.ts';
import { mad, ulcer } from '../scenario/measures.ts';
import { riskParity } from './risk-parity.ts';
import { scenarioRiskParity } from './scenario-risk-parity.ts';

type Weights = Record<string, number>;

/** A long-only, fully invested problem from a published table. */
function published(covariance: number[][], extra: Partial<Problem> = {}): Problem {
  const n = covariance.length;
  return {
    assets: Array.from({ length: n }, (_, i) => `A${i + 1}`),
    expectedReturns: new Float64Array(n),
    covariance: Float64Array.from(covariance.flat()),
    riskFree: 0,
    limits: { lower: new Float64Array(n), upper: new Float64Array(n).fill(1), linear: [] },
    ...extra,
  };
}

/** The same on returns per day. */
function onReturns({ names, returns, rows }: PeerReturns): Problem {
  const n = names.length;
  const covariance = sampleCovariance(returns, n);
  return {
    ...published(names.map((_, i) => [...covariance.subarray(i * n, i * n + n)])),
    assets: names,
    scenarios: { returns, count: rows, periodsPerYear: 252 },
  };
}

function largestGap(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i])));
}

describe.skipIf(!oraclesPresent)(
  'published risk budgets (skipped without ../shared/oracles)',
  () => {
    it('shares risk equally between uncorrelated assets as Maillard does (opt-009)', () => {
      const one = oracle<{ cov: number[][] }, number[]>('opt-009');
      const found = riskParity(published(one.inputs.cov));
      expect(largestGap(found.weights, one.expected)).toBeLessThan(one.tolerance);
      expect(found.residual).toBeLessThan(1e-12);
    });

    it('shares risk equally in the example of Bai, Scheinberg and Tutuncu (opt-011)', () => {
      const one = oracle<{ cov: number[][] }, { w: number[]; vol: number }>('opt-011');
      const found = riskParity(published(one.inputs.cov));
      expect(largestGap(found.weights, one.expected.w)).toBeLessThan(one.tolerance);
      expect(Math.abs(found.volatility - one.expected.vol)).toBeLessThan(one.tolerance);
    });

    it('shares risk equally between eight assets (opt-012)', () => {
      const one = oracle<{ vol: number[]; corr: number[][] }, number[]>('opt-012');
      const { vol, corr } = one.inputs;
      const found = riskParity(
        published(corr.map((row, i) => row.map((c, j) => c * vol[i] * vol[j]))),
      );
      expect(largestGap(found.weights, one.expected)).toBeLessThan(one.tolerance);
    });

    it('finds the most diversified portfolios of Choueifaty (opt-021)', () => {
      const one = oracle<{ cov: number[][][] }, number[][]>('opt-021');
      one.inputs.cov.forEach((cov, k) => {
        const found = maximumDiversification(published(cov));
        expect(largestGap(found.weights, one.expected[k])).toBeLessThan(one.tolerance);
      });
    });
  },
);

describe.skipIf(!peerCasesPresent)(
  'risk budgets of other optimizers (skipped without ../shared/oracles)',
  () => {
    it.each(['paj-erc-maillard-ex2', 'paj-erc-bai', 'paj-erc-roncalli-table9', 'paj-rb-table1'])(
      'finds the budgets of a published table (%s)',
      (id) => {
        const one = peerCase<{ cov: number[][]; budgets?: number[] }, { weights: number[] }>(id);
        const { cov, budgets } = one.settings;
        const given = budgets && { riskBudgets: Float64Array.from(budgets) };
        const found = riskParity(published(cov, given));
        const { value } = one.tolerance_suggested;
        expect(largestGap(found.weights, one.expected.weights)).toBeLessThan(value);
        expect(largestGap(found.weights, one.observed!.weights)).toBeLessThan(1e-6);
      },
    );

    it.each(['paj-mdp-choueifaty', 'paj-mdp-cvx-5'])(
      'finds the most diversified portfolio of a published table (%s)',
      (id) => {
        const one = peerCase<{ cov: number[][] }, { weights: number[] }>(id);
        const { value } = one.tolerance_suggested;
        const found = maximumDiversification(published(one.settings.cov));
        expect(largestGap(found.weights, one.expected.weights)).toBeLessThan(value);
        expect(found.residual).toBeLessThan(1e-8);
      },
    );

    it('decorrelates as least variance does on correlations (paj-mdp-cvx-5)', () => {
      const one = peerCase<{ cov: number[][] }, { weights: number[] }>('paj-mdp-cvx-5');
      const volatility = [0.1, 0.2, 0.05, 0.3, 0.15];
      const scaled = one.settings.cov.map((row, i) =>
        row.map((c, j) => c * volatility[i] * volatility[j]),
      );
      const found = maximumDecorrelation(published(scaled));
      expect(largestGap(found.weights, one.expected.weights)).toBeLessThan(
        one.tolerance_suggested.value,
      );
    });

    it('shares variance between 20 stocks (skf-risk-parity-variance)', () => {
      const one = peerCase<unknown, Weights>('skf-risk-parity-variance');
      const data = simpleReturns(
        selectPrices(peerPrices(one.data_file), { since: dayNumber(2018, 1, 2) }),
      );
      expect(data.days[0]).toBe(dayNumber(2018, 1, 3));
      const found = riskParity(onReturns(data));
      const expected = data.names.map((name) => one.expected[name]);
      expect(largestGap(found.weights, expected)).toBeLessThan(one.tolerance_suggested.value);
    });

    it.each([
      ['rf-riskparity-mv', riskParity],
      ['rf-riskparity-mad', scenarioRiskParity(mad)],
      ['rf-riskparity-uci', scenarioRiskParity(ulcer)],
    ] as const)('shares risk by another measure on 200 days (%s)', (id, optimize) => {
      const one = peerCase<{ assets: string[] }, Weights>(id);
      const { assets: names } = one.settings;
      const data = simpleReturns(selectPrices(peerPrices(one.data_file), { names, last: 201 }));
      const found = optimize(onReturns(data));
      const { value } = one.tolerance_suggested;
      const observed = names.map((name) => one.observed![name]);
      expect(found.residual).toBeLessThan(1e-8);
      expect(largestGap(found.weights, observed)).toBeLessThan(value);
      expect(
        largestGap(
          found.weights,
          names.map((name) => one.expected[name]),
        ),
      ).toBeLessThan(value);
    });
  },
);
