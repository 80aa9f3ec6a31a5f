import { describe, expect, it } from 'vitest';
import { oracle, oraclesPresent } from '../../oracles/cases.ts';
import {
  peerCase,
  peerCasesPresent,
  peerPrices,
  selectPrices,
  simpleReturns,
} from '../../oracles/peer-cases.ts';
import { dayNumber } from '../calendar.ts';
import { choleskyFactor, choleskySolve } from '../linalg/cholesky.ts';
import { dot, quadraticForm } from '../linalg/multiply.ts';
import { pairwiseCovariance } from '../moments/pairwise-covariance.ts';
import { blackLitterman, priorViewVariance } from './black-litterman.ts';
import { entropyPooling } from './entropy-pooling.ts';
import { type MarketView, poolMarketViews } from './market-views.ts';
import { opinionPooling } from './opinion-pooling.ts';

interface HeLitterman {
  w_eq: number[];
  vol: number[];
  corr: number[][];
  delta: number;
  tau: number;
  P?: number[][];
  Q?: number[];
  omega_scale?: number[] | null;
}

/** C^-1 mu: what maximises mu'w - w'Cw/2 without limits. */
function unlimited(covariance: Float64Array, mu: Float64Array): Float64Array {
  const factored = choleskyFactor(covariance, mu.length);
  if ('failedAt' in factored) throw new Error('The covariance is singular.');
  return choleskySolve(factored.factor, mu.length, mu);
}

function heLitterman(id: string) {
  const one = oracle<HeLitterman, { mu: number[]; w: number[] }>(id);
  const { w_eq, vol, corr, delta, tau, P = [], Q = [], omega_scale } = one.inputs;
  const n = vol.length;
  const covariance = Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return corr[i][j] * vol[i] * vol[j];
  });
  const prior = Float64Array.from(vol, (_, i) =>
    w_eq.reduce((sum, w, j) => sum + delta * covariance[i * n + j] * w, 0),
  );
  const views = P.map((row, v) => {
    const coefficients = Float64Array.from(row);
    const scale = omega_scale?.[v] ?? 1;
    return {
      coefficients,
      value: Q[v],
      variance: scale * priorViewVariance(coefficients, { covariance, tau }),
    };
  });
  return { one, n, prior, delta, posterior: blackLitterman({ prior, covariance, tau }, views) };
}

describe.skipIf(!oraclesPresent)('published views', () => {
  it('opt-001: equilibrium returns of He and Litterman, table 2', () => {
    const { one, prior, posterior } = heLitterman('opt-001');
    const expected = one.expected as unknown as number[];
    prior.forEach((mu, i) => {
      expect(Math.abs(mu - expected[i])).toBeLessThan(one.tolerance);
      expect(posterior.expectedReturns[i]).toBe(mu);
    });
  });

  for (const [id, table] of [
    ['opt-002', 4],
    ['opt-004', 6],
    ['opt-006', 8],
  ] as const) {
    it(`${id}: posterior means and weights of He and Litterman, table ${table}`, () => {
      const { one, delta, posterior } = heLitterman(id);
      const weights = unlimited(posterior.covariance, posterior.expectedReturns);
      one.expected.mu.forEach((mu, i) => {
        expect(Math.abs(100 * posterior.expectedReturns[i] - mu)).toBeLessThan(one.tolerance);
        const weight = (100 * weights[i]) / delta;
        expect(Math.abs(weight - one.expected.w[i])).toBeLessThan(one.tolerance);
      });
    });
  }

  it('opt-031: entropy pooling with one view on the mean', () => {
    const one = oracle<
      { scenarios: number[]; prior: number[]; view_mean: number },
      { q: number[]; kl: number; ens: number }
    >('opt-031');
    const pooled = entropyPooling(Float64Array.from(one.inputs.prior), [
      {
        name: 'the mean is 2 %',
        numbers: Float64Array.from(one.inputs.scenarios),
        side: 'equal',
        value: one.inputs.view_mean,
      },
    ]);
    one.expected.q.forEach((q, t) => {
      expect(Math.abs(pooled.probabilities[t] - q)).toBeLessThan(one.tolerance);
    });
    expect(Math.abs(pooled.relativeEntropy - one.expected.kl)).toBeLessThan(one.tolerance);
    expect(Math.abs(pooled.effectiveScenarios - one.expected.ens)).toBeLessThan(1e-5);
  });
});

/** The peers' 20 stocks since 2014 as scenarios of daily returns. */
function stocks(id: string) {
  const prices = peerPrices(peerCase(id).data_file);
  const { names, rows, returns } = simpleReturns(
    selectPrices(prices, { since: dayNumber(2014, 1, 1) }),
  );
  return { names, scenarios: { returns, count: rows, periodsPerYear: 252 } };
}

/** "1.5 * BBY == 2*CVX + 3*GE" or "AAPL >= 0.002", as these cases write it. */
function meanView(text: string, names: readonly string[]): MarketView {
  const [, left, sign, right] = /^(.*?)(==|>=|<=)(.*)$/.exec(text)!;
  const coefficients = new Float64Array(names.length);
  let value = 0;
  for (const [side, factor] of [
    [left, 1],
    [right, -1],
  ] as const) {
    for (const term of side.matchAll(/([+-]?)\s*(?:([\d.]+)\s*\*\s*)?([A-Z]+|[\d.]+)/g)) {
      const amount = (term[1] === '-' ? -1 : 1) * Number(term[2] ?? 1);
      const at = names.indexOf(term[3]);
      if (at >= 0) coefficients[at] += factor * amount;
      else value -= factor * amount * Number(term[3]);
    }
  }
  const side = sign === '==' ? 'equal' : sign === '>=' ? 'at-least' : 'at-most';
  return { kind: 'mean', name: text, coefficients, side, value };
}

describe.skipIf(!peerCasesPresent)('views of the peers', () => {
  it('ppo-bl-market-prior-posterior: a market prior, four views, and the tangency portfolio', () => {
    const one = peerCase<
      {
        market_caps: Record<string, number>;
        views: Record<string, number>;
        tau: number;
        rf: number;
      },
      {
        expected_return: number;
        volatility: number;
        sharpe: number;
        delta: number;
        prior: Record<string, number>;
        posterior: Record<string, number>;
      }
    >('ppo-bl-market-prior-posterior');
    const [stockFile, marketFile] = one.data_file.split(' + ');
    const { names, returns } = simpleReturns(peerPrices(stockFile));
    const n = names.length;
    const annual = pairwiseCovariance(returns, names).covariance.map((c) => 252 * c);
    const market = simpleReturns(peerPrices(marketFile)).returns;
    const mean = market.reduce((sum, r) => sum + r, 0) / market.length;
    const variance = market.reduce((sum, r) => sum + (r - mean) ** 2, 0) / (market.length - 1);
    const { rf, tau } = one.settings;
    const delta = (252 * mean - rf) / (252 * variance);
    const { observed } = one;
    expect(Math.abs(delta / observed!.delta - 1)).toBeLessThan(1e-6);
    const caps = names.map((name) => one.settings.market_caps[name]);
    const whole = caps.reduce((sum, cap) => sum + cap, 0);
    const prior = Float64Array.from(names, (_, i) =>
      caps.reduce((sum, cap, j) => sum + (delta * annual[i * n + j] * cap) / whole, rf),
    );
    const views = Object.entries(one.settings.views).map(([name, value]) => {
      const coefficients = Float64Array.from(names, (other) => (other === name ? 1 : 0));
      const settings = { covariance: annual, tau };
      return { coefficients, value, variance: priorViewVariance(coefficients, settings) };
    });
    const posterior = blackLitterman({ prior, covariance: annual, tau }, views);
    names.forEach((name, i) => {
      expect(Math.abs(prior[i] / observed!.prior[name] - 1)).toBeLessThan(1e-6);
      expect(posterior.expectedReturns[i]).toBeCloseTo(observed!.posterior[name], 8);
    });
    // The peer weighs by the covariance without the means' uncertainty, and measures with it.
    const raw = unlimited(annual, posterior.expectedReturns);
    const sum = raw.reduce((total, w) => total + w, 0);
    const weights = raw.map((w) => w / sum);
    const earned = dot(weights, posterior.expectedReturns);
    const volatility = Math.sqrt(quadraticForm(posterior.covariance, weights));
    const tolerance = one.tolerance_suggested.value;
    expect(Math.abs(earned / one.expected.expected_return - 1)).toBeLessThan(tolerance);
    expect(Math.abs(volatility / one.expected.volatility - 1)).toBeLessThan(tolerance);
    expect(Math.abs((earned - rf) / volatility / one.expected.sharpe - 1)).toBeLessThan(tolerance);
  });

  it('skf-black-litterman-mu: an equilibrium prior and three views, two of them relative', () => {
    const one = peerCase<{ views: string[] }, Record<string, number>>('skf-black-litterman-mu');
    const { names, scenarios } = stocks('skf-black-litterman-mu');
    const n = names.length;
    const { covariance } = pairwiseCovariance(scenarios.returns, names);
    const tau = 1 / scenarios.count;
    const prior = Float64Array.from(names, (_, i) => {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += covariance[i * n + j] / n;
      return sum;
    });
    const views = one.settings.views.map((text) => {
      const view = meanView(text, names);
      if (view.kind !== 'mean') throw new Error('Views of this case are on means.');
      const { coefficients, value } = view;
      return {
        coefficients,
        value,
        variance: priorViewVariance(coefficients, { covariance, tau }),
      };
    });
    const posterior = blackLitterman({ prior, covariance, tau }, views);
    names.forEach((name, i) => {
      const miss = Math.abs(posterior.expectedReturns[i] - one.expected[name]);
      expect(miss).toBeLessThan(one.tolerance_suggested.value);
    });
  });

  it('skf-ep-mean-views: views on means, some of them slack', () => {
    const one = peerCase<
      { mean_views: string[] },
      { relative_entropy: number; effective_number_of_scenarios: number }
    >('skf-ep-mean-views');
    const { names, scenarios } = stocks('skf-ep-mean-views');
    const views = one.settings.mean_views.map((text) => meanView(text, names));
    const pooled = poolMarketViews(scenarios, views);
    const { relative_entropy, effective_number_of_scenarios } = one.observed!;
    expect(Math.abs(pooled.relativeEntropy - relative_entropy)).toBeLessThan(1.5e-5);
    expect(Math.abs(pooled.effectiveScenarios - effective_number_of_scenarios)).toBeLessThan(0.15);
  });

  it('skf-ep-var-views: views on value at risk', () => {
    const one = peerCase<{ beta: number }, { relative_entropy: number }>('skf-ep-var-views');
    const { names, scenarios } = stocks('skf-ep-var-views');
    const view = (name: string, value: number): MarketView => ({
      ...{ kind: 'value-at-risk', name, asset: names.indexOf(name), side: 'equal', value },
      level: one.settings.beta,
    });
    const pooled = poolMarketViews(scenarios, [view('AAPL', 0.03), view('AMD', 0.06)]);
    expect(Math.abs(pooled.relativeEntropy - one.observed!.relative_entropy)).toBeLessThan(1.5e-5);
  });

  it('skf-opinion-pooling: three experts, linear and logarithmic', () => {
    const one = peerCase<
      { opinion_probabilities: number[] },
      { linear: number[]; logarithmic: number[] }
    >('skf-opinion-pooling');
    const { names, scenarios } = stocks('skf-opinion-pooling');
    const experts: readonly MarketView[] = [
      meanView('AAPL >= 0.04', names),
      meanView('AAPL <= -0.01', names),
      {
        ...{ kind: 'variance', name: 'BAC', asset: names.indexOf('BAC'), side: 'at-most' },
        value: 0.000_001,
      },
    ];
    const opinions = experts.map((view, e) => ({
      probabilities: poolMarketViews(scenarios, [view]).probabilities,
      share: one.settings.opinion_probabilities[e],
    }));
    const prior = new Float64Array(scenarios.count).fill(1 / scenarios.count);
    for (const how of ['linear', 'logarithmic'] as const) {
      const pooled = opinionPooling(prior, opinions, how);
      one.observed![how].forEach((q, t) => {
        expect(Math.abs(pooled[t] - q)).toBeLessThan(one.tolerance_suggested.value);
      });
    }
  });
});
