/** A change to what someone says they hold. Units are plain numbers, money whole US cents. */
export type HoldingEdit =
  | { readonly kind: 'set'; readonly asset: string; readonly units: number }
  /** Units below zero were sold. */
  | { readonly kind: 'add'; readonly asset: string; readonly units: number }
  | { readonly kind: 'remove'; readonly asset: string }
  /** Money in an asset: a price turns it into units. Below zero with `add`: sold. */
  | {
      readonly kind: 'value';
      readonly asset: string;
      readonly minor: number;
      readonly mode: 'set' | 'add';
    }
  | { readonly kind: 'cash'; readonly minor: number; readonly mode: 'set' | 'add' }
  /** "I hold nothing", "sold everything": whatever was held before is gone. It comes first. */
  | { readonly kind: 'clear' };

export interface HoldingQuestion {
  /** The words it is about. */
  readonly text: string;
  readonly question: string;
  /** Empty when an answer has to be typed. */
  readonly options: readonly { readonly label: string; readonly edits: readonly HoldingEdit[] }[];
}

export interface HoldingsReading {
  readonly edits: readonly HoldingEdit[];
  readonly questions: readonly HoldingQuestion[];
  /** What is not in the catalogue, with up to three symbols that may be meant. */
  readonly unknown: readonly { readonly text: string; readonly suggestions: readonly string[] }[];
  /** What could not be taken, in sentences. */
  readonly problems: readonly string[];
  /** What was taken in a way worth saying, in sentences. */
  readonly notes: readonly string[];
}
