import type { Answers } from './scoring.ts';

/** Two answers that pull apart. The person is asked to keep or change one; they are never averaged. */
export interface Contradiction {
  readonly name: string;
  /** The two questions, either of which may be changed. */
  readonly questions: readonly [string, string];
  /** Why they do not fit, in one or two sentences. */
  readonly text: string;
  /** The pairs of answers that contradict each other, in the order of `questions`. */
  readonly pairs: readonly (readonly [string, string])[];
}

const pairs = (first: readonly string[], second: readonly string[]) =>
  first.flatMap((a) => second.map((b) => [a, b] as const));

export const contradictions: readonly Contradiction[] = [
  {
    name: 'short-but-bold',
    questions: ['horizon', 'loss'],
    text: 'You need the money in 1 or 2 years, yet could bear to lose more than 30 % of it in one. There may be no time to win that back.',
    pairs: pairs(['under-1', '1-2'], ['more']),
  },
  {
    name: 'buys-but-plays-safe',
    questions: ['fall', 'gamble-prize'],
    text: 'You would buy more after a 20 % fall, yet take the sure $1,000 over any chance of more.',
    pairs: pairs(['buy-more'], ['sure']),
  },
  {
    name: 'buys-but-bears-little',
    questions: ['fall', 'loss'],
    text: 'You would buy more after a 20 % fall, yet a loss of more than 5 or 10 % in a year is too much for you. The fall comes first.',
    pairs: pairs(['buy-more'], ['5', '10']),
  },
  {
    name: 'sells-but-bears-much',
    questions: ['fall', 'loss'],
    text: 'You would sell everything after a 20 % fall, yet say that you could bear to lose 30 % or more in a year.',
    pairs: pairs(['sell-all'], ['30', 'more']),
  },
  {
    name: 'new-but-bold',
    questions: ['knowledge', 'gamble-income'],
    text: 'You have never invested, yet would risk a third or half of your income for life to double it.',
    pairs: pairs(['none'], ['third', 'half']),
  },
  {
    name: 'gambles-disagree',
    questions: ['gamble-prize', 'gamble-income'],
    text: 'In one choice you take the sure prize, in the other you risk half of your income for life.',
    pairs: pairs(['sure'], ['half']),
  },
];

/** The contradictions in some answers, complete or not, in the order they are asked about. */
export function contradictionsIn(answers: Answers): readonly Contradiction[] {
  return contradictions.filter(({ questions: [first, second], pairs }) =>
    pairs.some(([a, b]) => answers[first] === a && answers[second] === b),
  );
}
