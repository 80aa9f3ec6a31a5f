/**
 * One limit as a person states it, as plain data that can be stored and replayed. Weights are
 * fractions of value.
 */
export type Constraint =
  /** lower <= sum of coefficients x weights <= upper; null for no limit on that side. */
  | {
      readonly kind: 'weight';
      /** As a person reads it, e.g. "stocks", "SPY + QQQ". */
      readonly name: string;
      /** By symbol. */
      readonly coefficients: Readonly<Record<string, number>>;
      readonly lower: number | null;
      readonly upper: number | null;
    }
  /** No single asset above this weight. */
  | {
      readonly kind: 'each-weight';
      readonly most: number;
      /** Symbols that it does not apply to, e.g. cash. */
      readonly except: readonly string[];
    }
  /** Per year, but turnover in value traded and conditional value at risk per period. */
  | {
      readonly kind: 'turnover' | 'volatility' | 'tracking-error' | 'conditional-value-at-risk';
      readonly most: number;
    }
  /** Most assets held. */
  | { readonly kind: 'holdings'; readonly most: number }
  /** An asset that is held at all has this weight or more. */
  | { readonly kind: 'smallest-holding'; readonly least: number };
