/** When a value holds: before or now, from before to now, over each year, or once, when it is traded. */
export type Time = 'before' | 'now' | 'from before to now' | 'a year' | 'once';

/** A computed value as it stands in a sentence, with what it is about. */
export interface Fact {
  readonly id: string;
  /** An asset, a class or "portfolio". */
  readonly subject: string;
  /** What is measured: "weight", "volatility", "expected return", "loss". */
  readonly quantity: string;
  /** Signed: a fall is negative, even where `text` leaves the sign to the words. */
  readonly value: number;
  readonly unit: 'fraction' | 'points' | 'per-year' | 'usd' | 'ratio';
  readonly time: Time;
  /** As written for people, e.g. "12.3 %". */
  readonly text: string;
}

/** What a sentence claims; the check of a rewording has one rule for each. */
export type Claim =
  | 'risk-share'
  | 'diversification'
  | 'held-back-by-cost'
  | 'volatility-budget'
  | 'return-target'
  | 'least-allowed'
  | 'most-allowed'
  | 'change'
  | 'market-move';

/** One complete sentence made from facts. The template keeps numbers and words apart. */
export interface Statement {
  /** With `{{fact:id}}` where a fact stands. */
  readonly template: string;
  readonly facts: readonly Fact[];
  readonly text: string;
  /** Absent for a sentence that is only ever said in these words. */
  readonly claim?: Claim;
}

const PLACEHOLDER = /\{\{fact:([a-z0-9-]+)\}\}/g;

/**
 * Fills a template from its facts.
 *
 * @throws {RangeError} when a placeholder has no fact or a fact is never said: a bug in the sentence
 */
export function statement(template: string, facts: readonly Fact[], claim?: Claim): Statement {
  const said = new Set<string>();
  const text = template.replace(PLACEHOLDER, (_, id: string) => {
    const fact = facts.find((each) => each.id === id);
    if (fact === undefined) throw new RangeError(`No fact "${id}" for: ${template}`);
    said.add(id);
    return fact.text;
  });
  const silent = facts.find((each) => !said.has(each.id));
  if (silent !== undefined)
    throw new RangeError(`Fact "${silent.id}" is never said in: ${template}`);
  return { template, facts, text, ...(claim === undefined ? {} : { claim }) };
}
