import { type AssetClass, assetOf } from '../../bot/catalogue.ts';

/**
 * How an asset of the simulated market behaves. The loadings are correlations with the common
 * factors in calm times; what is left is the asset's own. Invented, but of real orders of size.
 */
export interface SandboxAsset {
  readonly start: number;
  /** Per year in calm times, log return. */
  readonly drift: number;
  /** Per year in calm times. */
  readonly volatility: number;
  readonly stocks: number;
  readonly rates: number;
  readonly commodities: number;
  readonly crypto: number;
}

const asset = (
  start: number,
  drift: number,
  volatility: number,
  stocks: number,
  rates = 0,
  commodities = 0,
  crypto = 0,
): SandboxAsset => ({ start, drift, volatility, stocks, rates, commodities, crypto });

const assets: Readonly<Record<string, SandboxAsset>> = {
  SPY: asset(140, 0.125, 0.125, 0.96),
  VTI: asset(70, 0.125, 0.128, 0.96),
  QQQ: asset(45, 0.15, 0.165, 0.9),
  IWM: asset(78, 0.12, 0.17, 0.87),
  EFA: asset(73, 0.085, 0.14, 0.86),
  VEA: asset(40, 0.085, 0.14, 0.86),
  VWO: asset(39, 0.085, 0.18, 0.78, 0, 0.15),
  AGG: asset(100, 0.033, 0.038, 0.02, 0.92),
  BND: asset(75, 0.033, 0.038, 0.02, 0.92),
  TLT: asset(88, 0.036, 0.125, -0.15, 0.94),
  IEF: asset(82, 0.033, 0.06, -0.12, 0.95),
  SHY: asset(80, 0.02, 0.012, -0.1, 0.8),
  LQD: asset(106, 0.042, 0.065, 0.2, 0.8),
  HYG: asset(104, 0.062, 0.075, 0.7, 0.15),
  TIP: asset(98, 0.034, 0.055, 0.02, 0.8, 0.15),
  GLD: asset(63, 0.065, 0.15, 0.03, 0.25, 0.5),
  SLV: asset(128, 0.06, 0.28, 0.15, 0.15, 0.55),
  DBC: asset(24, 0.035, 0.16, 0.25, -0.15, 0.75),
  VNQ: asset(77, 0.095, 0.17, 0.7, 0.2),
  BIL: asset(92, 0.014, 0.002, 0, 0.2),
  'BTC-USD': asset(320, 0.7, 0.62, 0.2, 0, 0, 0.85),
  'ETH-USD': asset(1.2, 0.75, 0.8, 0.2, 0, 0, 0.8),
};

const byClass: Readonly<Record<AssetClass, SandboxAsset>> = {
  stocks: asset(100, 0.1, 0.2, 0.7),
  bonds: asset(100, 0.035, 0.06, 0, 0.85),
  'real-assets': asset(100, 0.05, 0.17, 0.3, 0.1, 0.5),
  crypto: asset(100, 0.4, 0.7, 0.2, 0, 0, 0.75),
  cash: asset(100, 0.015, 0.002, 0),
};

/** The asset's behaviour, by its class when it has no line of its own; null for a stranger. */
export function sandboxAsset(symbol: string): SandboxAsset | null {
  const known = assetOf(symbol);
  if (!known) return null;
  return assets[symbol] ?? byClass[known.assetClass];
}
