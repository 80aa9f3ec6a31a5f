/**
 * What a word can mean in a sentence about advice. A word that has no meaning here may not be said:
 * the vocabulary is closed, so that everything unforeseen is refused.
 */
export type Sense =
  /** Articles, pronouns, prepositions and verbs that claim nothing: "the", "makes up". */
  | 'plain'
  | 'and'
  /** What introduces a cause: "because", "thanks to". */
  | 'because'
  /** What introduces an effect: "so", "therefore". */
  | 'so'
  | 'from'
  /** Words of the past: only where a value before and a value now are told. */
  | 'before'
  | 'to'
  /** Words of going from one value to another; with one value alone they mean "more than". */
  | 'goes'
  /** "Up to": only before the new value of a change. */
  | 'until'
  /** Words of coming to a limit or a new value. */
  | 'reach'
  /** "Becomes": never said of what is. */
  | 'becomes'
  | 'by'
  | 'about'
  | 'would'
  | 'up'
  | 'down'
  | 'more'
  | 'less'
  | 'most'
  | 'least'
  | 'limit'
  | 'money'
  | 'risk'
  | 'volatility'
  | 'return'
  | 'expected'
  | 'cost'
  | 'trade'
  | 'amount'
  | 'stay'
  /** "Leave", "left": stay when it is held back, go away from a limit. */
  | 'leave'
  | 'benefit'
  | 'add'
  | 'point'
  | 'year'
  | 'apart'
  | 'mix'
  | 'full'
  | 'need'
  | 'changed'
  | 'correlation'
  | 'profile'
  | 'goal'
  | 'wish'
  | 'view'
  | 'holdings'
  /** Verbs whose bare form at the head of a clause would be an order: "raise", "hold". */
  | 'act'
  | 'not-together'
  | 'no-more';

export interface Lexicon {
  /** Letters of the alphabet beyond a to z, in lower case. */
  readonly letters: string;
  /** Inflected forms, separated by white space. */
  readonly words: Readonly<Partial<Record<Sense, string>>>;
  /** Expressions read as a whole before their words are: a regular expression each. */
  readonly phrases: readonly (readonly [Sense, string])[];
}

export type Vocabulary = ReadonlyMap<string, ReadonlySet<Sense>>;

/** Every word of a lexicon with all its senses. */
export function vocabularyOf(lexicon: Lexicon): Vocabulary {
  const senses = new Map<string, Set<Sense>>();
  for (const [sense, forms] of Object.entries(lexicon.words) as [Sense, string][]) {
    for (const form of forms.split(/\s+/).filter((each) => each !== '')) {
      senses.set(form, (senses.get(form) ?? new Set()).add(sense));
    }
  }
  return senses;
}
