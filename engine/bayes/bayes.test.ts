import { describe, expect, it } from 'vitest';
import { choleskyFactor } from '../linalg/cholesky.ts';
import { covarianceRoot } from '../linalg/covariance-root.ts';
import { randomSource } from '../random.ts';
import { studentCdf, studentQuantile } from '../student-t.ts';
import {
  draw,
  learn,
  type NormalInverseWishart,
  predictive,
  predictiveInterval,
} from './normal-inverse-wishart.ts';
import { inverseWishart, wishart } from './wishart.ts';

const scaleOf = (n: number) =>
  Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return (i === j ? 1 + 0.2 * i : 0.3) * 0.01;
  });

describe("Student's t", () => {
  it('has the quantiles of the printed tables', () => {
    for (const [probability, degrees, expected] of [
      [0.95, 1, 6.313_752],
      [0.975, 5, 2.570_582],
      [0.95, 10, 1.812_461],
      [0.995, 30, 2.749_996],
      [0.95, 59, 1.671_093],
    ]) {
      expect(studentQuantile(probability, degrees)).toBeCloseTo(expected, 5);
      expect(studentQuantile(1 - probability, degrees)).toBeCloseTo(-expected, 5);
    }
  });

  it('inverts its own distribution', () => {
    for (const degrees of [0.7, 3, 41, 1_000])
      for (const p of [0.001, 0.2, 0.5, 0.9, 0.999])
        expect(studentCdf(studentQuantile(p, degrees), degrees)).toBeCloseTo(p, 11);
  });
});

describe('Wishart draws', () => {
  const n = 3;
  const scale = scaleOf(n);
  const mean = (make: () => Float64Array, draws: number) => {
    const sum = new Float64Array(n * n);
    for (let d = 0; d < draws; d++)
      make().forEach((value, at) => {
        sum[at] += value / draws;
      });
    return sum;
  };

  it('average to degrees times the scale, singular ones too', () => {
    const random = randomSource(1);
    const root = covarianceRoot(scale, n);
    for (const degrees of [2, 7.5, 40]) {
      mean(() => wishart(root, n, degrees, random), 20_000).forEach((value, at) => {
        expect(Math.abs(value / degrees - scale[at])).toBeLessThan(0.03 * scale[0]);
      });
    }
  });

  it('average to the scale over degrees less n and 1 when inverted', () => {
    const random = randomSource(2);
    mean(() => inverseWishart(scale, n, 12, random), 20_000).forEach((value, at) => {
      expect(Math.abs(value * (12 - n - 1) - scale[at])).toBeLessThan(0.03 * scale[0]);
    });
  });
});

describe('learning a mean and a covariance', () => {
  it('without a prior gives the classical interval for one asset', () => {
    const returns = Float64Array.of(0.01, -0.02, 0.03, 0.005, 0.012, -0.004);
    const belief = learn(returns, 1);
    const { low, high } = predictiveInterval(belief, Float64Array.of(1), 0.9);
    const mean = returns.reduce((sum, r) => sum + r, 0) / 6;
    const variance = returns.reduce((sum, r) => sum + (r - mean) ** 2, 0) / 5;
    const half = studentQuantile(0.95, 5) * Math.sqrt(variance * (1 + 1 / 6));
    expect(low).toBeCloseTo(mean - half, 12);
    expect(high).toBeCloseTo(mean + half, 12);
  });

  it('in two halves is learning at once', () => {
    const random = randomSource(3);
    const prior: NormalInverseWishart = {
      mean: Float64Array.of(0, 0.01, 0.02),
      strength: 4,
      scale: scaleOf(3),
      degrees: 9,
    };
    const returns = Float64Array.from({ length: 30 }, () => 0.02 * random.normal());
    const once = learn(returns, 3, prior);
    const twice = learn(returns.subarray(15), 3, learn(returns.subarray(0, 15), 3, prior));
    expect(twice.degrees).toBe(once.degrees);
    once.scale.forEach((value, at) => {
      expect(twice.scale[at]).toBeCloseTo(value, 12);
    });
    once.mean.forEach((value, at) => {
      expect(twice.mean[at]).toBeCloseTo(value, 12);
    });
  });

  it('refuses too few returns without a prior', () => {
    expect(() => learn(new Float64Array(12), 3)).toThrow(/at least 5/);
  });

  it('has 90 % intervals that hold in 88 to 92 % of 10,000 simulations', () => {
    const random = randomSource(20_261_123);
    const n = 5;
    const prior: NormalInverseWishart = {
      mean: Float64Array.from({ length: n }, (_, i) => 0.004 + 0.001 * i),
      strength: 12,
      scale: scaleOf(n),
      degrees: 20,
    };
    const weights = Float64Array.of(0.3, 0.25, 0.2, 0.15, 0.1);
    const months = 60;
    let inside = 0;
    const simulations = 10_000;
    for (let s = 0; s < simulations; s++) {
      const truth = draw(prior, random);
      const factored = choleskyFactor(truth.covariance, n);
      if ('failedAt' in factored) throw new Error('A true covariance was singular.');
      const { factor } = factored;
      const month = (into: Float64Array, from: number) => {
        const noise = Float64Array.from({ length: n }, () => random.normal());
        for (let i = 0; i < n; i++) {
          let sum = truth.expectedReturns[i];
          for (let k = 0; k <= i; k++) sum += factor[i * n + k] * noise[k];
          into[from + i] = sum;
        }
      };
      const returns = new Float64Array(months * n);
      for (let t = 0; t < months; t++) month(returns, t * n);
      const next = new Float64Array(n);
      month(next, 0);
      const { low, high } = predictiveInterval(learn(returns, n, prior), weights, 0.9);
      const earned = weights.reduce((sum, w, i) => sum + w * next[i], 0);
      if (earned >= low && earned <= high) inside++;
    }
    console.log(`90 % predictive intervals held in ${((100 * inside) / simulations).toFixed(2)} %`);
    expect(inside / simulations).toBeGreaterThan(0.88);
    expect(inside / simulations).toBeLessThan(0.92);
  });

  it('has a predictive covariance wider than that of the sample', () => {
    const random = randomSource(6);
    const returns = Float64Array.from({ length: 3 * 40 }, () => 0.03 * random.normal());
    const belief = learn(returns, 3);
    const { covariance } = predictive(belief);
    covariance.forEach((value, at) => {
      if (at % 4 === 0) expect(value).toBeGreaterThan(belief.scale[at] / 39);
    });
  });
});
