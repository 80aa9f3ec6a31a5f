/** A stretch of the calendar as written, before "by", "before" or "end of" chooses a day of it. */
export interface Stretch {
  readonly first: number;
  readonly last: number;
}

export type DateFound = { readonly next: number } & (
  | ({ readonly state: 'one' } & Stretch)
  | {
      readonly state: 'many';
      readonly question: string;
      readonly options: readonly Stretch[];
    }
  | { readonly state: 'bad'; readonly reason: string }
);

export function stretch(first: number, last: number, next: number): DateFound {
  return { state: 'one', first, last, next };
}
