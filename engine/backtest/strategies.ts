import { type Method, optimizers } from '../optimizers/index.ts';
import { buyAndHold, equalWeight, fixedMix, hold } from './fixed-strategies.ts';
import { type MomentSettings, momentsEstimate } from './moments-estimate.ts';
import { type OptimizedSettings, optimizedStrategy } from './optimized-strategy.ts';
import type { Strategy } from './strategy.ts';

/** Methods that need nothing beside moments, limits and targets: what a strategy can give them. */
export const momentMethods = [
  'minimum-variance',
  'maximum-sharpe',
  'target-volatility',
  'target-return',
  'mean-variance-utility',
  'equal-weight',
  'inverse-volatility',
  'maximum-diversification',
  'maximum-decorrelation',
  'risk-parity',
  'hierarchical-risk-parity',
  'hierarchical-equal-risk',
  'nested-clusters',
  'schur',
] as const satisfies readonly Method[];

/** A strategy as plain data, which can be stored, hashed and sent to a worker. */
export type StrategySpec =
  | { readonly kind: 'hold' }
  | { readonly kind: 'equal-weight' }
  /** Weights are n fractions, the rest cash; 60/40 is a fixed mix. */
  | { readonly kind: 'buy-and-hold'; readonly name: string; readonly weights: Float64Array }
  | { readonly kind: 'fixed-mix'; readonly name: string; readonly weights: Float64Array }
  | {
      readonly kind: 'optimized';
      readonly name: string;
      readonly method: (typeof momentMethods)[number];
      readonly moments: MomentSettings;
      readonly settings: OptimizedSettings;
    };

type Of<K extends StrategySpec['kind']> = Extract<StrategySpec, { kind: K }>;

/** How each kind becomes a strategy; adding a kind is one entry here. */
const builders: { [K in StrategySpec['kind']]: (spec: Of<K>) => Strategy } = {
  hold: () => hold,
  'equal-weight': () => equalWeight(),
  'buy-and-hold': ({ weights, name }) => buyAndHold(weights, name),
  'fixed-mix': ({ weights, name }) => fixedMix(weights, name),
  optimized: ({ name, method, moments, settings }) =>
    optimizedStrategy(name, optimizers[method], momentsEstimate(moments), settings),
};

/** The strategy of a spec. */
export function strategyOf<K extends StrategySpec['kind']>(spec: Of<K>): Strategy {
  return builders[spec.kind as K](spec);
}
