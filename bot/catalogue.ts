/** Classes that limits are written in. */
export const assetClasses = ['stocks', 'bonds', 'real-assets', 'crypto', 'cash'] as const;
export type AssetClass = (typeof assetClasses)[number];

/** How a class is called in a sentence. */
export const classNames: Readonly<Record<AssetClass, string>> = {
  stocks: 'stocks',
  bonds: 'bonds',
  'real-assets': 'gold, commodities and real estate',
  crypto: 'crypto',
  cash: 'cash',
};

export interface Asset {
  readonly symbol: string;
  /** As said in a sentence, e.g. "US large companies (SPY)" without the symbol. */
  readonly name: string;
  readonly assetClass: AssetClass;
  readonly currency: 'USD';
  /** Smallest tradable step in units: 1 for whole shares, 1e-8 for crypto, 1e-4 for fractional ETFs. */
  readonly unitStep: number;
  readonly calendar: 'XNYS' | '24/7';
  /** Part of the universe Keel recommends from; others can be held and are planned from, not bought. */
  readonly recommended: boolean;
  /** Most weight whatever the profile allows for its class; for narrow or brittle exposures. */
  readonly mostWeight?: number;
  readonly aliases: readonly string[];
}

/** Cash is an asset of the problem, never of the panel: no variance, the risk-free return. */
export const CASH = 'CASH';

const fund = (
  symbol: string,
  assetClass: AssetClass,
  name: string,
  recommended: boolean,
  ...aliases: string[]
): Asset => ({
  symbol,
  name,
  assetClass,
  currency: 'USD',
  unitStep: 1e-4,
  calendar: 'XNYS',
  recommended,
  aliases,
});

const coin = (symbol: string, name: string, ...aliases: string[]): Asset => ({
  symbol,
  name,
  assetClass: 'crypto',
  currency: 'USD',
  unitStep: 1e-8,
  calendar: '24/7',
  recommended: true,
  aliases,
});

/**
 * What Keel knows by name. One fund per exposure is recommended; near twins (VTI beside SPY) can be
 * held and sold but are not bought, because two of the same only blur the reasons.
 */
export const catalogue: readonly Asset[] = [
  fund('SPY', 'stocks', 'US large companies', true, 's&p 500', 's&p', 'sp500', 'us stocks'),
  fund('VTI', 'stocks', 'the whole US stock market', false, 'total stock market'),
  fund('QQQ', 'stocks', 'US technology-heavy companies', true, 'nasdaq', 'nasdaq 100', 'tech'),
  fund('IWM', 'stocks', 'US small companies', true, 'russell 2000', 'small caps'),
  fund('EFA', 'stocks', 'companies in Europe and Asia', true, 'international stocks'),
  fund('VEA', 'stocks', 'developed markets outside the US', false),
  fund('VWO', 'stocks', 'companies in emerging markets', true, 'emerging markets'),
  fund('AGG', 'bonds', 'US bonds of all kinds', true, 'us bonds', 'aggregate bonds'),
  fund('BND', 'bonds', 'the whole US bond market', false, 'total bond market'),
  fund('TLT', 'bonds', 'long US Treasuries', true, 'long treasuries', 'treasuries'),
  fund('IEF', 'bonds', 'medium US Treasuries', true, '10 year treasuries'),
  fund('SHY', 'bonds', 'short US Treasuries', true, 'short treasuries'),
  fund('LQD', 'bonds', 'company bonds of good standing', true, 'corporate bonds'),
  {
    ...fund('HYG', 'bonds', 'high-yield company bonds', true, 'high yield', 'junk bonds'),
    // They fall with stocks when it matters: not a place for half of a bond portfolio.
    mostWeight: 0.15,
  },
  fund('TIP', 'bonds', 'inflation-protected Treasuries', true, 'tips', 'inflation bonds'),
  fund('GLD', 'real-assets', 'gold', true, 'gold'),
  fund('SLV', 'real-assets', 'silver', false, 'silver'),
  fund('DBC', 'real-assets', 'a basket of commodities', true, 'commodities'),
  fund('VNQ', 'real-assets', 'US real estate', true, 'real estate', 'reits'),
  fund('BIL', 'bonds', 'US Treasury bills', false, 't-bills', 'bills'),
  coin('BTC-USD', 'bitcoin', 'btc', 'bitcoin', 'xbt'),
  coin('ETH-USD', 'ether', 'eth', 'ether', 'ethereum'),
];

const bySymbol = new Map(catalogue.map((asset) => [asset.symbol, asset]));

/** The asset of a symbol, or undefined for one Keel does not know. */
export function assetOf(symbol: string): Asset | undefined {
  return bySymbol.get(symbol);
}

/**
 * Rough shares of the world's investable wealth by exposure, in percent: the market portfolio whose
 * equilibrium is the prior of expected returns. Only exposures that do not overlap have a share.
 */
const marketShares: Readonly<Record<string, number>> = {
  SPY: 33,
  IWM: 2,
  EFA: 16,
  VWO: 7,
  AGG: 25,
  LQD: 4,
  HYG: 2,
  TIP: 2,
  GLD: 4,
  DBC: 1,
  VNQ: 3,
  'BTC-USD': 0.7,
  'ETH-USD': 0.2,
};

export function marketShareOf(symbol: string): number {
  return marketShares[symbol] ?? 0;
}
