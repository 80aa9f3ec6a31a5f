/** Where something stands in the cleaned text: UTF-16 offsets, end excluded. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Period = 'week' | 'month' | 'quarter' | 'year';

/** What a piece of text means. Money is in whole cents (or the currency's hundredths), days are UTC. */
export type Meaning =
  | { readonly kind: 'amount'; readonly minor: number; readonly currency: string | null }
  | {
      readonly kind: 'amount-range';
      readonly lowMinor: number;
      readonly highMinor: number;
      readonly currency: string | null;
    }
  | {
      readonly kind: 'rate';
      readonly minor: number;
      readonly currency: string | null;
      readonly every: Period;
    }
  | { readonly kind: 'percent'; readonly fraction: number; readonly per: Period | null }
  | { readonly kind: 'percent-range'; readonly low: number; readonly high: number }
  /** Fractions that sum to 1, in the order written. */
  | { readonly kind: 'split'; readonly parts: readonly number[] }
  /** The last day that counts: "by June 2032" is 30 June 2032. */
  | { readonly kind: 'date'; readonly day: number }
  /** An age to be reached: "at 65". */
  | { readonly kind: 'age'; readonly years: number }
  | { readonly kind: 'current-age'; readonly years: number }
  | { readonly kind: 'birth-year'; readonly year: number }
  /** A number without any sign of money: 12, or twelve. */
  | { readonly kind: 'number'; readonly value: number };

export interface Option {
  readonly label: string;
  readonly meaning: Meaning;
}

/** One thing found in the text: understood, to be asked about, or refused with a reason. */
export type Reading =
  | { readonly state: 'understood'; readonly span: Span; readonly meaning: Meaning }
  | {
      readonly state: 'ambiguous';
      readonly span: Span;
      readonly question: string;
      readonly options: readonly Option[];
    }
  | {
      readonly state: 'refused';
      readonly span: Span;
      readonly reason: string;
      /** Set for a date that is over: another date beside it may still be the one that counts. */
      readonly past?: true;
    };

/** A reading without its place, and the token after it. Readers return null for "not mine". */
export type Found = { readonly next: number } & (
  | { readonly state: 'understood'; readonly meaning: Meaning }
  | { readonly state: 'ambiguous'; readonly question: string; readonly options: readonly Option[] }
  | { readonly state: 'refused'; readonly reason: string; readonly past?: true }
);
