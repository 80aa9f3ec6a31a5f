import type { ProfileName } from './policy.ts';

/** Points of one question by answer, and the answers that put a ceiling on their side's score. */
export interface QuestionScore {
  readonly points: Readonly<Record<string, number>>;
  /** Whatever else is answered, the side is at most this profile. */
  readonly ceilings?: Readonly<Record<string, ProfileName>>;
}

/**
 * Points of questionnaire 2026-11. Each side's best answers sum to 100.
 *
 * Time weighs most in capacity because it is what recovers a loss; reserve, income and share of
 * wealth decide whether a fall forces a sale. In willingness the reaction to a fall and the loss a
 * person names weigh most, because they ask about investing itself; the gambles and experience
 * correct them.
 *
 * Ceilings are hard: points may add up, but money needed in two years stays cautious, and the bad
 * year of a profile (see policy.ts: 4.7, 9.6, 14.6, 21.3 and 27.9 %) stays within the loss the person
 * named, so the answers 5, 10, 20 and 30 % end at conservative, cautious, balanced and growth.
 */
export const scoreTable: Readonly<Record<string, QuestionScore>> = {
  horizon: {
    points: { 'under-1': 0, '1-2': 8, '3-5': 18, '6-10': 26, 'over-10': 30 },
    ceilings: { 'under-1': 'conservative', '1-2': 'cautious', '3-5': 'growth' },
  },
  debts: {
    points: { heavy: 0, some: 4, cheap: 8, none: 10 },
    ceilings: { heavy: 'conservative', some: 'balanced' },
  },
  emergency: {
    points: { none: 0, '1-2': 8, '3-5': 15, '6-plus': 20 },
    ceilings: { none: 'cautious' },
  },
  income: { points: { none: 0, varies: 7, steady: 14, secure: 20 } },
  share: { points: { most: 0, half: 5, quarter: 10, tenth: 15, small: 20 } },

  knowledge: { points: { none: 0, some: 5, good: 10, expert: 15 } },
  fall: {
    points: { 'sell-all': 0, 'sell-some': 9, hold: 20, 'buy-more': 30 },
    ceilings: { 'sell-all': 'cautious' },
  },
  loss: {
    points: { '5': 0, '10': 6, '20': 13, '30': 19, more: 25 },
    ceilings: { '5': 'conservative', '10': 'cautious', '20': 'balanced', '30': 'growth' },
  },
  'gamble-prize': { points: { sure: 0, half: 5, quarter: 10, twentieth: 15 } },
  'gamble-income': { points: { none: 0, fifth: 5, third: 10, half: 15 } },
};

/** The highest score of each profile; the next point belongs to the next profile. */
export const bands: readonly { readonly profile: ProfileName; readonly to: number }[] = [
  { profile: 'conservative', to: 19 },
  { profile: 'cautious', to: 39 },
  { profile: 'balanced', to: 59 },
  { profile: 'growth', to: 79 },
  { profile: 'aggressive', to: 100 },
];
