import {
  type Asset,
  type AssetClass,
  assetClasses,
  assetOf,
  CASH,
  catalogue,
} from '../catalogue.ts';
import { shadesPerClass } from './palette.ts';
import type { ChartRole } from './spec.ts';

/** How an asset is called on a chart: "US large companies (SPY)", "Cash"; a stranger by its symbol. */
export function assetLabel(symbol: string): string {
  if (symbol === CASH) return 'Cash';
  const asset = assetOf(symbol);
  return asset ? `${capital(asset.name)} (${asset.symbol})` : symbol;
}

/** The short names of classes, as legends have room for. */
export const classLabels: Readonly<Record<AssetClass, string>> = {
  stocks: 'Stocks',
  bonds: 'Bonds',
  'real-assets': 'Real assets',
  crypto: 'Crypto',
  cash: 'Cash',
};

export function classOf(symbol: string): AssetClass {
  return symbol === CASH ? 'cash' : (assetOf(symbol)?.assetClass ?? 'stocks');
}

/** The colour role of a whole class. */
export function classRole(assetClass: AssetClass): ChartRole {
  return `asset-${assetClasses.indexOf(assetClass) * shadesPerClass}`;
}

/** The colour role of one asset: the same in every chart, a shade of its class. */
export function assetRole(symbol: string): ChartRole {
  const assetClass = classOf(symbol);
  const shade = catalogue
    .filter((asset: Asset) => asset.assetClass === assetClass)
    .findIndex((asset) => asset.symbol === symbol);
  return `asset-${assetClasses.indexOf(assetClass) * shadesPerClass + Math.max(0, shade)}`;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
