import { EngineError } from '../errors.ts';

/** One expert's probabilities and how much they count. */
export interface Opinion {
  /** One a scenario, summing to 1. */
  readonly probabilities: Float64Array;
  /** Not negative; what is left of 1 goes to the prior. */
  readonly share: number;
}

/**
 * Several opinions on the same scenarios as one.
 *
 * @param how 'linear': the weighted mean, what a draw from a randomly chosen expert gives;
 *   'logarithmic': the weighted geometric mean, which any one expert can veto a scenario in
 * @returns probabilities, summing to 1
 * @throws {EngineError} 'bad-input' for shares that are negative or sum to more than 1, sizes that
 *   disagree, probabilities that do not sum to 1, or opinions that rule out every scenario between them
 * @source Stone (1961) for linear, Genest and Zidek (1986) for logarithmic pools
 */
export function opinionPooling(
  prior: Float64Array,
  opinions: readonly Opinion[],
  how: 'linear' | 'logarithmic',
): Float64Array {
  const given = opinions.reduce((sum, { share }) => sum + share, 0);
  if (opinions.some(({ share }) => !(share >= 0)) || given > 1 + 1e-12) {
    throw new EngineError(
      'bad-input',
      'Shares of opinions must not be negative and must sum to at most 1; what is left counts for the prior.',
      { shares: opinions.map(({ share }) => share) },
    );
  }
  const all = [...opinions, { probabilities: prior, share: Math.max(0, 1 - given) }];
  for (const { probabilities } of all) {
    if (probabilities.length !== prior.length || probabilities.some((q) => !(q >= 0)))
      throw new EngineError('bad-input', 'Give every opinion as one probability a scenario.', {
        scenarios: prior.length,
        given: probabilities.length,
      });
    const total = probabilities.reduce((sum, q) => sum + q, 0);
    if (!(Math.abs(total - 1) <= 1e-9)) {
      throw new EngineError(
        'bad-input',
        `The probabilities of an opinion sum to ${total}; make them sum to 1.`,
        { total },
      );
    }
  }
  const pooled = prior.map((_, t) => {
    let sum = 0;
    for (const { probabilities, share } of all) {
      if (share === 0) continue;
      sum += share * (how === 'linear' ? probabilities[t] : Math.log(probabilities[t]));
    }
    return sum;
  });
  if (how === 'linear') return divided(pooled);
  const top = pooled.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  return divided(pooled.map((value) => Math.exp(value - top)));
}

function divided(values: Float64Array): Float64Array {
  const total = values.reduce((sum, value) => sum + value, 0);
  if (!(total > 0)) {
    throw new EngineError(
      'bad-input',
      'The opinions rule out every scenario between them; pool them linearly.',
      { total },
    );
  }
  return values.map((value) => value / total);
}
