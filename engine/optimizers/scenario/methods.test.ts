import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../errors.ts';
import { randomSource } from '../../random.ts';
import { minimumVariance } from '../minimum-variance.ts';
import type { Allocation, Problem } from '../problem.ts';
import { scenarioMeasures, scenarioOptimizers } from './index.ts';
import { randomScenarioProblem } from './random-scenarios.fixture.ts';

type Measure = keyof typeof scenarioMeasures;
const names = Object.keys(scenarioMeasures) as Measure[];
const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

const expected = new Set(['infeasible', 'no-excess-return', 'zero-variance']);

function attempt(solve: () => Allocation): Allocation | null {
  try {
    return solve();
  } catch (error) {
    if (error instanceof EngineError && expected.has(error.code)) return null;
    throw error;
  }
}

const net = (p: Problem, w: Float64Array): number =>
  w.reduce(
    (sum, v, i) =>
      sum +
      v * p.expectedReturns[i] -
      (p.tradingCosts?.[i] ?? 0) * Math.abs(v - (p.current?.[i] ?? v)),
    0,
  );

function broken(p: Problem, w: Float64Array): number {
  const { lower, upper, linear } = p.limits;
  let most = Math.abs(w.reduce((sum, v) => sum + v, 0) - 1);
  w.forEach((v, i) => {
    most = Math.max(most, lower[i] - v, v - upper[i]);
  });
  for (const limit of linear) {
    const sum = w.reduce((s, v, i) => s + v * limit.coefficients[i], 0);
    most = Math.max(most, limit.lower - sum, sum - limit.upper);
  }
  return most;
}

/** Each value again, by the definition and nothing else. */
function slowly(measure: Measure, p: Problem, w: Float64Array): number {
  const { returns, count, probabilities } = p.scenarios!;
  const n = w.length;
  const prob = (t: number) => probabilities?.[t] ?? 1 / count;
  const x = Array.from({ length: count }, (_, t) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += returns[t * n + i] * w[i];
    return sum;
  });
  const total = (f: (t: number) => number) => x.reduce((sum, _, t) => sum + prob(t) * f(t), 0);
  const mean = total((t) => x[t]);
  const sums = x.map((_, t) => x.slice(0, t + 1).reduce((a, b) => a + b, 0));
  const below = sums.map((s, t) => Math.max(0, ...sums.slice(0, t + 1)) - s);
  const tail = 1 - p.confidence!;
  // The tail mean is the least over its own threshold, at one of the levels.
  const tailOf = (u: readonly number[]) =>
    Math.min(...u.map((a) => a + total((t) => Math.max(0, u[t] - a)) / tail));
  const entropicOf = (u: readonly number[]) => {
    let least = Math.max(...u);
    const top = least;
    for (let k = -400; k < 400; k++) {
      const z = Math.exp(k / 20);
      const value = top + z * (Math.log(total((t) => Math.exp((u[t] - top) / z))) - Math.log(tail));
      least = Math.min(least, value);
    }
    return least;
  };
  const losses = x.map((r) => -r);
  switch (measure) {
    case 'cvar':
      return tailOf(losses);
    case 'cdar':
      return tailOf(below);
    case 'evar':
      return entropicOf(losses);
    case 'edar':
      return entropicOf(below);
    case 'mad':
      return total((t) => Math.abs(x[t] - mean));
    case 'semideviation': {
      const squares = x.reduce((sum, _, t) => sum + prob(t) ** 2, 0);
      return Math.sqrt(total((t) => Math.min(0, x[t] - mean) ** 2) / (1 - squares));
    }
    case 'downside':
      return Math.sqrt(total((t) => Math.min(0, x[t]) ** 2));
    case 'worst':
      return Math.max(...losses);
    case 'ulcer':
      return Math.sqrt(total((t) => below[t] ** 2));
    case 'mdd':
      return Math.max(...below);
  }
}

describe.each(names)('%s', (measure) => {
  const riskOf = (p: Problem, w: Float64Array) =>
    scenarioMeasures[measure](p.scenarios!, p.confidence).value(w);
  const minimum = scenarioOptimizers[`minimum-${measure}`];
  const ratio = scenarioOptimizers[`maximum-return-to-${measure}`];

  it('is what its definition says, doubles with the weights and has the slope it says', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const p = randomScenarioProblem(seed);
        const random = randomSource(seed);
        const w = Float64Array.from(p.assets, () => random.normal());
        const v = Float64Array.from(p.assets, () => random.normal());
        const value = riskOf(p, w);
        const loose = measure === 'evar' || measure === 'edar' ? 1e-3 : 1e-9;
        expect(Math.abs(value - slowly(measure, p, w))).toBeLessThan(loose * Math.abs(value));
        expect(
          Math.abs(
            riskOf(
              p,
              w.map((x) => 2 * x),
            ) -
              2 * value,
          ),
        ).toBeLessThan(1e-12);
        const slope = scenarioMeasures[measure](p.scenarios!, p.confidence).gradient(w);
        const at = (u: Float64Array) => u.reduce((sum, x, i) => sum + x * slope[i], 0);
        expect(Math.abs(at(w) - value)).toBeLessThan(1e-9 * Math.abs(value));
        // A subgradient of a homogeneous measure is never above it anywhere.
        expect(at(v)).toBeLessThanOrEqual(riskOf(p, v) + 1e-12);
      }),
      { seed: 51, numRuns: 8 },
    );
  });

  it('has a least portfolio within all limits, proved, that no move between two assets improves', () => {
    let solved = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const p = randomScenarioProblem(seed);
        const answer = attempt(() => minimum(p));
        if (answer === null) return;
        solved++;
        const { weights } = answer;
        expect(answer.method).toBe(`minimum-${measure}`);
        expect(answer.certificate).toBe('gap');
        expect(answer.residual).toBeLessThan(1e-6);
        expect(broken(p, weights)).toBeLessThan(1e-9);
        for (const one of answer.binding) expect(one.shadowPrice).toBeGreaterThan(0);
        const best = riskOf(p, weights);
        for (let i = 0; i < weights.length; i++) {
          const moved = weights.slice();
          const j = (i + 1 + (seed % (weights.length - 1))) % weights.length;
          moved[i] += 1e-3;
          moved[j] -= 1e-3;
          if (broken(p, moved) > 1e-12) continue;
          expect(riskOf(p, moved)).toBeGreaterThan(best - 1e-6 * Math.abs(best) - 1e-8);
        }
      }),
      { seed: 52, numRuns: 12 },
    );
    expect(solved).toBeGreaterThan(6);
  });

  it('has a best ratio that neither the least risk nor any asset alone beats', () => {
    let solved = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const p = randomScenarioProblem(seed);
        const answer = attempt(() => ratio(p));
        if (answer === null) return;
        solved++;
        const { weights } = answer;
        expect(answer.residual).toBeLessThan(1e-6);
        expect(broken(p, weights)).toBeLessThan(1e-9);
        const of = (w: Float64Array) => (net(p, w) - p.riskFree) / riskOf(p, w);
        const best = of(weights);
        const calmest = minimum(p).weights;
        for (const share of [0.001, 0.1, 0.999]) {
          const mixed = weights.map((w, i) => w + share * (calmest[i] - w));
          if (riskOf(p, mixed) < 1e-6) continue;
          expect(of(mixed)).toBeLessThan(best * (1 + 2e-6));
        }
        p.assets.forEach((_, i) => {
          const alone = new Float64Array(p.assets.length);
          alone[i] = 1;
          if (broken(p, alone) === 0 && riskOf(p, alone) > 1e-6)
            expect(of(alone)).toBeLessThan(best * (1 + 2e-6));
        });
      }),
      { seed: 53, numRuns: 8 },
    );
    expect(solved).toBeGreaterThan(3);
  });

  it('keeps a target of risk and earns more the more of it there is; the slope is the price', () => {
    let priced = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const p = randomScenarioProblem(seed);
        const calmest = attempt(() => minimum(p));
        if (calmest === null) return;
        const least = riskOf(p, calmest.weights);
        const targetRisk = least + 0.2 * Math.abs(least) + 1e-4;
        const optimize = scenarioOptimizers[`target-${measure}`];
        const answer = optimize({ ...p, targetRisk });
        expect(broken(p, answer.weights)).toBeLessThan(1e-9);
        expect(riskOf(p, answer.weights)).toBeLessThan(targetRisk + 1e-12);
        expect(answer.residual).toBeLessThan(1e-6);
        expect(net(p, answer.weights)).toBeGreaterThan(net(p, calmest.weights) - 1e-9);
        const price = answer.binding.find((one) => one.limit.startsWith('target'))?.shadowPrice;
        if (price === undefined) return;
        priced++;
        const more = 1e-3 * targetRisk;
        const wider = optimize({ ...p, targetRisk: targetRisk + more });
        const gain = net(p, wider.weights) - net(p, answer.weights);
        // Concave: more room gains no more than the price, less room costs no less.
        expect(gain).toBeLessThan(price * more * 1.02 + 1e-7);
        expect(gain).toBeGreaterThan(-1e-7);
      }),
      { seed: 54, numRuns: 4 },
    );
    expect(priced).toBeGreaterThan(0);
  });

  it('tells who has traded to its answer at a target to stay there', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const p = randomScenarioProblem(seed);
        const calmest = attempt(() => minimum(p));
        if (calmest === null || p.current === undefined) return;
        const targetRisk = 1.3 * Math.abs(riskOf(p, calmest.weights)) + 1e-4;
        const optimize = scenarioOptimizers[`target-${measure}`];
        const { weights } = optimize({ ...p, targetRisk });
        const next = optimize({ ...p, targetRisk, current: weights });
        // Within the gap that the answer proves for itself.
        expect(next.tradingCost).toBeLessThan(1e-7);
      }),
      { seed: 58, numRuns: 6 },
    );
  });

  it('prices a limit truly: a little more room saves what it promises', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const p = randomScenarioProblem(seed);
        const answer = attempt(() => minimum(p));
        if (answer === null) return;
        const before = riskOf(p, answer.weights);
        for (const one of answer.binding.slice(0, 3)) {
          if (one.asset === undefined) continue;
          const at = p.assets.indexOf(one.asset);
          const side = one.kind === 'lower' ? 'lower' : 'upper';
          const room = 1e-4;
          const limits = { ...p.limits, [side]: p.limits[side].slice() };
          limits[side][at] += side === 'lower' ? -room : room;
          const after = riskOf(p, minimum({ ...p, limits }).weights);
          expect(before - after).toBeLessThan(one.shadowPrice * room * 1.01 + 1e-8);
          expect(before - after).toBeGreaterThan(-1e-8);
        }
      }),
      { seed: 55, numRuns: 4 },
    );
  });

  it('gives each asset the same weight in any order, and the same bits for the same problem', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const p = randomScenarioProblem(seed);
        const answer = attempt(() => minimum(p));
        if (answer === null) return;
        expect(minimum(p)).toEqual(answer);
        const turned = reversed(p);
        const other = minimum(turned);
        const best = riskOf(p, answer.weights);
        expect(Math.abs(riskOf(turned, other.weights) - best)).toBeLessThan(
          2e-6 * Math.abs(best) + 1e-8,
        );
        other.weights.forEach((w, i) => {
          expect(Math.abs(w - answer.weights[p.assets.length - 1 - i])).toBeLessThan(1e-3);
        });
      }),
      { seed: 56, numRuns: 6 },
    );
  });

  it('scales with the returns, takes equal probabilities for none, and splits a twin alike', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { probabilities: _, ...scenarios } = randomScenarioProblem(seed).scenarios!;
        const n = scenarios.returns.length / scenarios.count;
        const p: Problem = {
          ...randomScenarioProblem(seed),
          limits: { lower: new Float64Array(n), upper: new Float64Array(n).fill(1), linear: [] },
          scenarios,
        };
        const best = riskOf(p, minimum(p).weights);
        const tolerance = 2e-6 * Math.abs(best) + 1e-8;
        const tripled = {
          ...p,
          scenarios: { ...scenarios, returns: scenarios.returns.map((r) => 3 * r) },
        };
        const three = riskOf(tripled, minimum(tripled).weights);
        expect(Math.abs(three - 3 * best)).toBeLessThan(3 * tolerance);
        const { count } = scenarios;
        const probabilities = new Float64Array(count).fill(1 / count);
        const equal = { ...p, scenarios: { ...scenarios, probabilities } };
        expect(minimum(equal).weights).toEqual(minimum(p).weights);
        const twins = withTwin(p);
        const answer = minimum(twins);
        expect(Math.abs(riskOf(twins, answer.weights) - best)).toBeLessThan(tolerance);
      }),
      { seed: 57, numRuns: 4 },
    );
  });
});

describe('all measures together', () => {
  it('find nearly the minimum-variance portfolio where returns are normal', () => {
    const random = randomSource(7);
    const n = 4;
    const count = 4000;
    const own = [0.008, 0.011, 0.014, 0.02];
    const returns = new Float64Array(count * n);
    for (let t = 0; t < count; t += 2) {
      const market = 0.006 * random.normal();
      for (let i = 0; i < n; i++) {
        returns[t * n + i] = market + own[i] * random.normal();
        // Every period with its mirror image: no skew and a mean of 0.
        returns[(t + 1) * n + i] = -returns[t * n + i];
      }
    }
    const covariance = new Float64Array(n * n);
    for (let t = 0; t < count; t++)
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++)
          covariance[i * n + j] += (returns[t * n + i] * returns[t * n + j]) / count;
    const p: Problem = {
      assets: ['A', 'B', 'C', 'D'],
      expectedReturns: new Float64Array(n),
      covariance,
      riskFree: 0,
      limits: { lower: new Float64Array(n), upper: new Float64Array(n).fill(1), linear: [] },
      scenarios: { returns, count, periodsPerYear: 252 },
      confidence: 0.9,
    };
    const calmest = minimumVariance(p).weights;
    for (const name of ['cvar', 'evar', 'mad', 'semideviation', 'downside'] as const) {
      const { weights } = scenarioOptimizers[`minimum-${name}`](p);
      const away = Math.max(...weights.map((w, i) => Math.abs(w - calmest[i])));
      expect(away, name).toBeLessThan(0.08);
    }
  });
});

function reversed(p: Problem): Problem {
  const n = p.assets.length;
  const turn = (values: Float64Array) => values.slice().reverse();
  const { returns, count } = p.scenarios!;
  return {
    ...p,
    assets: [...p.assets].reverse(),
    expectedReturns: turn(p.expectedReturns),
    covariance: turn(p.covariance),
    limits: {
      lower: turn(p.limits.lower),
      upper: turn(p.limits.upper),
      linear: p.limits.linear.map((one) => ({ ...one, coefficients: turn(one.coefficients) })),
    },
    ...(p.current && { current: turn(p.current), tradingCosts: turn(p.tradingCosts!) }),
    scenarios: {
      ...p.scenarios!,
      returns: Float64Array.from(
        { length: n * count },
        (_, at) => returns[Math.floor(at / n) * n + (n - 1 - (at % n))],
      ),
    },
  };
}

/** The same problem with its first asset twice. */
function withTwin(p: Problem): Problem {
  const n = p.assets.length;
  const { returns, count } = p.scenarios!;
  return {
    ...p,
    assets: [...p.assets, 'TWIN'],
    expectedReturns: Float64Array.of(...p.expectedReturns, p.expectedReturns[0]),
    covariance: new Float64Array((n + 1) ** 2),
    limits: { lower: new Float64Array(n + 1), upper: new Float64Array(n + 1).fill(1), linear: [] },
    current: undefined,
    tradingCosts: undefined,
    scenarios: {
      ...p.scenarios!,
      returns: Float64Array.from({ length: (n + 1) * count }, (_, at) => {
        const i = at % (n + 1);
        return returns[Math.floor(at / (n + 1)) * n + (i === n ? 0 : i)];
      }),
    },
  };
}
