import type { Binding } from '../optimizers/problem.ts';

/** What moved the solution between two recommendations, in the order they are named to a person. */
export type Cause =
  | 'volatility'
  | 'correlation'
  | 'expected-returns'
  | 'policy'
  | 'goal'
  | 'wishes'
  | 'views'
  | 'holdings';

/**
 * A computed reason. Numbers only; sentences are made in bot/explain. Every number comes from the
 * solution itself: a multiplier, a risk contribution, or an exact attribution of a change.
 */
export type Driver =
  | {
      readonly kind: 'binding-limit';
      readonly binding: Binding;
      /** Gain of expected return per year for one more percentage point of room; null when the method has no return objective. */
      readonly returnPerPoint: number | null;
    }
  | {
      readonly kind: 'risk-share';
      readonly asset: string;
      readonly weight: number;
      /** Share of portfolio variance, fractions summing to 1 over all assets. */
      readonly share: number;
    }
  | {
      readonly kind: 'change';
      /** An asset or a class name. */
      readonly subject: string;
      readonly from: number;
      readonly to: number;
      /** Exact (Shapley) attribution: contributions sum to `to - from`. Largest first. */
      readonly causes: readonly { readonly cause: Cause; readonly contribution: number }[];
    }
  | {
      readonly kind: 'market-move';
      readonly what: 'volatility' | 'expected-return';
      readonly subject: string;
      /** Per year. */
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly kind: 'diversification';
      /** Weighted average volatility divided by portfolio volatility; 1 is none. */
      readonly ratio: number;
      readonly averageVolatility: number;
      readonly portfolioVolatility: number;
    }
  | {
      readonly kind: 'held-back-by-cost';
      readonly asset: string;
      /** Weight the solution keeps today's, because trading would cost more than it adds. */
      readonly weight: number;
      readonly oneWayCost: number;
    };
