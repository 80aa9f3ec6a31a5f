import type { AssetClass } from '../catalogue.ts';

/** Words by which the first of two does better. */
export const beats = [
  'beat beats outperform outperforms outperforming exceed exceeds',
  'earn more than,earns more than,return more than,returns more than,do better than,does better than',
  'be better than,better than,be ahead of,ahead of,over,above,more than,>',
].flatMap((line) => line.split(line.includes(',') ? ',' : ' '));
/** Words by which the first of two does worse. */
export const lags = [
  'underperform underperforms underperforming lag lags trail trails',
  'lag behind,lags behind,earn less than,earns less than,return less than,returns less than',
  'do worse than,does worse than,be worse than,worse than,be behind,behind,under,below,less than,<',
].flatMap((line) => line.split(line.includes(',') ? ',' : ' '));
const alsoAlone = /^(?:over|above|under|below|behind|more than|less than|>|<)$/;
/** Those that always set two things against each other: "over the next year" does not. */
export const comparing = [...beats, ...lags]
  .filter((words) => !alsoAlone.test(words))
  .toSorted((a, b) => b.length - a.length);
/** Words that turn a return into a loss. */
export const falls =
  'fall falls lose loses drop drops decline declines shrink shrinks down crash'.split(' ');

const sureness: readonly (readonly [string, number])[] = [
  ['not very sure', 0.25],
  ['not so sure', 0.25],
  ['not sure', 0.25],
  ['not certain', 0.25],
  ['not confident', 0.25],
  ['a wild guess', 0.1],
  ['just a guess', 0.15],
  ['a guess', 0.15],
  ['a hunch', 0.15],
  ['unsure', 0.25],
  ['maybe', 0.25],
  ['perhaps', 0.25],
  ['possibly', 0.25],
  ['somewhat sure', 0.4],
  ['somewhat confident', 0.4],
  ['reasonably sure', 0.6],
  ['fairly sure', 0.6],
  ['fairly certain', 0.6],
  ['fairly confident', 0.6],
  ['pretty sure', 0.6],
  ['pretty confident', 0.6],
  ['quite sure', 0.65],
  ['quite confident', 0.65],
  ['rather sure', 0.6],
  ['likely', 0.6],
  ['probably', 0.6],
  ['very likely', 0.75],
  ['very sure', 0.8],
  ['very confident', 0.8],
  ['really sure', 0.8],
  ['almost certain', 0.9],
  ['almost sure', 0.9],
  ['absolutely sure', 0.95],
  ['absolutely certain', 0.95],
  ['100 % sure', 0.95],
  ['certain', 0.9],
  ['confident', 0.7],
  ['sure', 0.7],
];

/** Shares of the way that a view moves the estimate, longest words first: "not very sure" is no "very sure". */
export const confidences: readonly (readonly [string, number])[] = sureness.toSorted(
  ([a], [b]) => b.length - a.length,
);

/** Classes by the words for them. */
export const classWords: Readonly<Record<string, AssetClass>> = {
  stocks: 'stocks',
  stock: 'stocks',
  equities: 'stocks',
  equity: 'stocks',
  shares: 'stocks',
  bonds: 'bonds',
  bond: 'bonds',
  'fixed income': 'bonds',
  crypto: 'crypto',
  coins: 'crypto',
  'real assets': 'real-assets',
};
