import { describe, expect, it } from 'vitest';
import { oracle, oraclesPresent } from '../../../oracles/cases.ts';
import {
  type PeerPrices,
  peerCase,
  peerCasesPresent,
  peerPrices,
  selectPrices,
  simpleReturns,
} from '../../../oracles/peer-cases.ts';
import type { Allocation, Optimizer, Problem } from '../problem.ts';
import { scenarioMeasures, scenarioOptimizers } from './index.ts';

/** A long-only, fully invested problem on scenarios of returns, rows x assets. */
function onScenarios(
  names: readonly string[],
  returns: Float64Array,
  extra: Partial<Problem> = {},
): Problem {
  const n = names.length;
  return {
    assets: names,
    expectedReturns: new Float64Array(n),
    covariance: new Float64Array(n * n),
    riskFree: 0,
    limits: { lower: new Float64Array(n), upper: new Float64Array(n).fill(1), linear: [] },
    scenarios: { returns, count: returns.length / n, periodsPerYear: 252 },
    ...extra,
  };
}

/** Compounded mean per year of each column on its own days. */
function historicalMeans({ names, days, prices }: PeerPrices): Float64Array {
  const n = names.length;
  return Float64Array.from(names, (_, j) => {
    const column = Array.from(days, (_day, t) => prices[t * n + j]).filter((p) => !Number.isNaN(p));
    return (column[column.length - 1] / column[0]) ** (252 / (column.length - 1)) - 1;
  });
}

function withoutGaps(from: PeerPrices): PeerPrices {
  const n = from.names.length;
  const kept: number[] = [];
  for (let t = 0; t < from.days.length; t++)
    if (!from.prices.subarray(t * n, t * n + n).some(Number.isNaN)) kept.push(t);
  return {
    names: from.names,
    days: Int32Array.from(kept, (t) => from.days[t]),
    prices: Float64Array.from(
      kept.flatMap((t) => Array.from(from.prices.subarray(t * n, t * n + n))),
    ),
  };
}

const close = (actual: number, expected: number, relative: number) =>
  expect(Math.abs(actual / expected - 1)).toBeLessThan(relative);

function transposed(byAsset: number[][]): Float64Array {
  return Float64Array.from(byAsset[0].flatMap((_, t) => byAsset.map((returns) => returns[t])));
}

const skip = !peerCasesPresent || !oraclesPresent;

describe.skipIf(skip)('PyPortfolioOpt on scenarios (skipped without ../shared/oracles)', () => {
  const read = () => {
    const all = peerPrices('data/pypfopt/stock_prices.csv');
    const prices = withoutGaps(all);
    return { all, prices, returns: simpleReturns(prices).returns };
  };

  it('finds its least conditional value at risk (ppo-min-cvar)', () => {
    const one = peerCase<{ beta: number }, { expected_return: number; cvar_daily: number }>(
      'ppo-min-cvar',
    );
    const { all, prices, returns } = read();
    const problem = onScenarios(prices.names, returns, {
      expectedReturns: historicalMeans(all),
      confidence: one.settings.beta,
    });
    const answer = scenarioOptimizers['minimum-cvar'](problem);
    const risk = scenarioMeasures.cvar(problem.scenarios!, one.settings.beta);
    close(risk.value(answer.weights), one.expected.cvar_daily, one.tolerance_suggested.value);
    close(answer.expectedReturn, one.expected.expected_return, one.tolerance_suggested.value);
    expect(answer.residual).toBeLessThan(1e-9);
  });

  it('finds its least conditional drawdown at risk (ppo-min-cdar)', () => {
    const one = peerCase<{ beta: number }, { expected_return: number; cdar: number }>(
      'ppo-min-cdar',
    );
    const { prices, returns } = read();
    const problem = onScenarios(prices.names, returns, {
      expectedReturns: historicalMeans(prices),
      confidence: one.settings.beta,
    });
    const answer = scenarioOptimizers['minimum-cdar'](problem);
    const observed = one.observed!;
    const risk = scenarioMeasures.cdar(problem.scenarios!, one.settings.beta);
    close(risk.value(answer.weights), observed.cdar, one.tolerance_suggested.value);
    close(answer.expectedReturn, observed.expected_return, one.tolerance_suggested.value);
    expect(answer.residual).toBeLessThan(1e-7);
  });

  it('finds its least downside at a return (ppo-semivar-efficient-return-020)', () => {
    const one = peerCase<
      { target_return: number; rf: number; frequency: number },
      { expected_return: number; semi_deviation: number; sortino: number }
    >('ppo-semivar-efficient-return-020');
    const { prices, returns } = read();
    const problem = onScenarios(prices.names, returns, {
      expectedReturns: historicalMeans(prices),
      targetReturn: one.settings.target_return,
    });
    const answer = scenarioOptimizers['target-return-downside'](problem);
    const perYear =
      Math.sqrt(one.settings.frequency) *
      scenarioMeasures.downside(problem.scenarios!).value(answer.weights);
    const observed = one.observed!;
    close(answer.expectedReturn, observed.expected_return, one.tolerance_suggested.value);
    close(perYear, observed.semi_deviation, one.tolerance_suggested.value);
    const sortino = (answer.expectedReturn - one.settings.rf) / perYear;
    close(sortino, observed.sortino, one.tolerance_suggested.value);
    for (const [i, name] of prices.names.entries())
      expect(Math.abs(answer.weights[i] - one.reference_weights![name])).toBeLessThan(1e-3);
  });
});

describe.skipIf(skip)('Riskfolio-Lib on scenarios (skipped without ../shared/oracles)', () => {
  type Settings = { assets: string[]; alpha: number };
  const solved = (id: string, optimize: Optimizer) => {
    const one = peerCase<Settings, Record<string, number>>(id);
    const prices = selectPrices(peerPrices(one.data_file), {
      names: one.settings.assets,
      last: 201,
    });
    const { returns, rows } = simpleReturns(prices);
    const n = prices.names.length;
    const means = Float64Array.from(prices.names, (_, j) => {
      let sum = 0;
      for (let t = 0; t < rows; t++) sum += returns[t * n + j];
      return sum / rows;
    });
    const problem = onScenarios(prices.names, returns, {
      expectedReturns: means,
      confidence: 1 - one.settings.alpha,
    });
    return { one, answer: optimize(problem) };
  };
  const agrees = ({ one, answer }: ReturnType<typeof solved>) => {
    const nearest: Allocation['weights'] = answer.weights;
    one.settings.assets.forEach((name, i) => {
      const reference = (one.observed ?? one.expected)[name];
      expect(Math.abs(nearest[i] - reference)).toBeLessThan(one.tolerance_suggested.value);
    });
    expect(answer.residual).toBeLessThan(1e-6);
  };

  it('minimises mean absolute deviation (rf-minrisk-mad)', () => {
    agrees(solved('rf-minrisk-mad', scenarioOptimizers['minimum-mad']));
  });
  it('minimises semideviation (rf-minrisk-msv)', () => {
    agrees(solved('rf-minrisk-msv', scenarioOptimizers['minimum-semideviation']));
  });
  it('minimises conditional value at risk (rf-minrisk-cvar)', () => {
    agrees(solved('rf-minrisk-cvar', scenarioOptimizers['minimum-cvar']));
  });
  it('minimises entropic value at risk (rf-minrisk-evar)', () => {
    agrees(solved('rf-minrisk-evar', scenarioOptimizers['minimum-evar']));
  });
  it('minimises maximum drawdown (rf-minrisk-mdd)', () => {
    agrees(solved('rf-minrisk-mdd', scenarioOptimizers['minimum-mdd']));
  });
  it('minimises conditional drawdown at risk (rf-minrisk-cdar)', () => {
    agrees(solved('rf-minrisk-cdar', scenarioOptimizers['minimum-cdar']));
  });
  it('minimises entropic drawdown at risk (rf-minrisk-edar)', () => {
    agrees(solved('rf-minrisk-edar', scenarioOptimizers['minimum-edar']));
  });
  it('maximises return to conditional value at risk (rf-ratio-cvar)', () => {
    agrees(solved('rf-ratio-cvar', scenarioOptimizers['maximum-return-to-cvar']));
  });
  it('maximises return to conditional drawdown at risk (rf-ratio-cdar)', () => {
    agrees(solved('rf-ratio-cdar', scenarioOptimizers['maximum-return-to-cdar']));
  });
});

describe.skipIf(skip)('published scenario portfolios (skipped without ../shared/oracles)', () => {
  const monthly = (byAsset: number[][]) =>
    onScenarios(
      byAsset.map((_, i) => `A${i + 1}`),
      transposed(byAsset),
    );

  it('finds the minimax portfolio as peers do (paj-minimax-papahristodoulou)', () => {
    const one = peerCase<
      { returns_by_asset: number[][]; expected_min_portfolio_return: number },
      { weights: number[] }
    >('paj-minimax-papahristodoulou');
    const problem = monthly(one.settings.returns_by_asset);
    const { weights } = scenarioOptimizers['minimum-worst'](problem);
    one.expected.weights.forEach((w, i) => {
      expect(Math.abs(weights[i] - w)).toBeLessThan(one.tolerance_suggested.value);
    });
    const least = -scenarioMeasures.worst(problem.scenarios!).value(weights);
    expect(Math.abs(least - one.settings.expected_min_portfolio_return)).toBeLessThan(1e-6);
  });

  it('finds the minimax portfolio of Papahristodoulou (opt-023)', () => {
    const one = oracle<{ returns_by_asset: number[][] }, { w: number[]; min_return: number }>(
      'opt-023',
    );
    const problem = monthly(one.inputs.returns_by_asset);
    const { weights } = scenarioOptimizers['minimum-worst'](problem);
    one.expected.w.forEach((w, i) => {
      expect(Math.abs(weights[i] - w)).toBeLessThan(one.tolerance);
    });
    const least = -scenarioMeasures.worst(problem.scenarios!).value(weights);
    expect(Math.abs(least - one.expected.min_return)).toBeLessThan(one.tolerance);
  });

  it('finds the least conditional value at risk of twelve months, a gain (opt-024)', () => {
    const one = oracle<{ returns_by_asset: number[][]; beta: number }, { cvar: number }>('opt-024');
    const problem = { ...monthly(one.inputs.returns_by_asset), confidence: one.inputs.beta };
    const { weights } = scenarioOptimizers['minimum-cvar'](problem);
    const risk = scenarioMeasures.cvar(problem.scenarios!, one.inputs.beta).value(weights);
    expect(Math.abs(risk - one.expected.cvar)).toBeLessThan(one.tolerance);
  });
});
