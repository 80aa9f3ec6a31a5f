import type { Allocation, Problem } from '../problem.ts';
import { resampled } from '../resampled.ts';
import { type Aim, cost, gross, net, variance } from './aim.fixture.ts';

/** Methods that doubt the moments they are given. */
export const uncertainAims = {
  'robust-mean-variance': {
    score: (p, w) => {
      const { meanUncertainty: set, covarianceRadius = 0 } = p;
      if (set?.kind !== 'ellipsoid') throw new Error('The random problems doubt by ellipsoids.');
      const error =
        set.radius * Math.sqrt(Math.max(0, variance({ ...p, covariance: set.shape }, w)));
      const squares = w.reduce((sum, x) => sum + x * x, 0);
      const worst = variance(p, w) + covarianceRadius * squares;
      return net(p, w) - error - (p.riskAversion! / 2) * worst;
    },
  },
  'bayesian-utility': {
    score: (p, w) => {
      const a = p.riskAversion!;
      const utilities = p.beliefs!.map((one) => {
        const believed = { ...p, ...one };
        return gross(believed, w) - (a / 2) * variance(believed, w);
      });
      const mean = utilities.reduce((sum, u) => sum + Math.exp(-a * u), 0) / utilities.length;
      return -Math.log(mean) / a - cost(p, w);
    },
  },
  resampled: {
    restless: true,
    // Draws go to assets by their order, so another order is another sample: the same one is compared.
    reordered: (p: Problem, order: readonly number[]): Allocation => {
      const answer = resampled(p);
      return { ...answer, weights: Float64Array.from(order, (i) => answer.weights[i]) };
    },
  },
} as const satisfies Record<string, Aim>;
