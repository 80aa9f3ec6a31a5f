import type { RandomSource } from '../../random.ts';
import type { LinearLimit, Problem } from '../problem.ts';

/** Up to three classes of every fourth asset, with a least, a most, both or neither. */
export function randomClasses(random: RandomSource, n: number): LinearLimit[] {
  return Array.from({ length: random.integer(4) }, (_, g) => {
    const least = random.uniform() < 0.5 ? -Infinity : random.uniform() * 0.3;
    return {
      name: `class ${g}`,
      coefficients: Float64Array.from({ length: n }, (_, i) => (i % 4 === g ? 1 : 0)),
      lower: least,
      upper: random.uniform() < 0.3 ? Infinity : Math.max(least, random.uniform()),
    };
  });
}

/** Present weights and what trading costs, or nothing of the kind. */
export function randomHoldings(
  random: RandomSource,
  n: number,
  chance: number,
): Pick<Problem, 'current' | 'tradingCosts'> {
  const weights = Float64Array.from({ length: n }, () =>
    random.uniform() < 0.4 ? 0 : random.uniform(),
  );
  const total = weights.reduce((sum, w) => sum + w, 0) || 1;
  return random.uniform() < chance
    ? {
        current: weights.map((w) => w / total),
        tradingCosts: Float64Array.from({ length: n }, () => random.uniform() * 0.004),
      }
    : {};
}
