import type { AssetClass } from '../catalogue.ts';

/** From least to most risk. */
export const profileNames = [
  'conservative',
  'cautious',
  'balanced',
  'growth',
  'aggressive',
] as const;
export type ProfileName = (typeof profileNames)[number];

/** How a profile is called on a screen. */
export const profileTitles: Readonly<Record<ProfileName, string>> = {
  conservative: 'Conservative',
  cautious: 'Cautious',
  balanced: 'Balanced',
  growth: 'Growth',
  aggressive: 'Aggressive',
};

/** A risk profile as numbers that the engine must respect. */
export interface Policy {
  readonly profile: ProfileName;
  /** Rises when any number here changes; stored with every recommendation. */
  readonly version: string;
  /** Most volatility per year. */
  readonly volatilityBudget: number;
  /** Most weight of any single asset; bonds and broad funds may have more than a coin. */
  readonly maxPerAsset: Readonly<Record<AssetClass, number>>;
  /** [least, most] total weight per class. */
  readonly classLimits: Readonly<Record<AssetClass, readonly [number, number]>>;
  /** Risk aversion for mean-variance utility and goal planning. */
  readonly riskAversion: number;
  /** A proposal is refused on prices older than this many calendar days. */
  readonly maxPriceAgeDays: number;
  /** Trades below this many cents are left out. */
  readonly minimumTradeMinor: number;
}

/**
 * The five profiles. The volatility budgets of the first four keep the loss of a bad year (the mean
 * of the worst 1 in 20, on twenty years of real prices that hold 2008, or a normal year when that is
 * worse) within 5, 10, 20 and 30 %: the losses that the questionnaire asks about. Cash floor and
 * crypto cap are the class limits of cash and crypto.
 */
export const policies: Readonly<Record<ProfileName, Policy>> = {
  conservative: policy('conservative', 0.03, 12, 0, 0.3, [0.1, 1], [0, 0.25], [0, 0.15], 0),
  cautious: policy('cautious', 0.045, 8, 0, 0.3, [0.05, 1], [0, 0.4], [0, 0.2], 0.02),
  balanced: policy('balanced', 0.085, 5, 0, 0.35, [0.03, 1], [0, 0.65], [0, 0.25], 0.05),
  growth: policy('growth', 0.13, 3, 0, 0.4, [0.02, 1], [0, 0.85], [0, 0.3], 0.08),
  aggressive: policy('aggressive', 0.18, 2, 0, 0.45, [0.01, 1], [0, 1], [0, 0.3], 0.12),
};

function policy(
  profile: ProfileName,
  volatilityBudget: number,
  riskAversion: number,
  leastBonds: number,
  perAsset: number,
  cash: readonly [number, number],
  stocks: readonly [number, number],
  realAssets: readonly [number, number],
  cryptoCap: number,
): Policy {
  return {
    profile,
    version: '2026-11b',
    volatilityBudget,
    riskAversion,
    maxPerAsset: {
      stocks: perAsset,
      bonds: 0.45,
      'real-assets': 0.2,
      crypto: cryptoCap,
      cash: 1,
    },
    classLimits: {
      stocks,
      bonds: [leastBonds, 1],
      'real-assets': realAssets,
      crypto: [0, cryptoCap],
      cash,
    },
    maxPriceAgeDays: 5,
    minimumTradeMinor: 25_00,
  };
}
