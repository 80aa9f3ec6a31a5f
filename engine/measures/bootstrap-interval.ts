import { EngineError } from '../errors.ts';
import { randomSource } from '../random.ts';
import { annualReturn } from './annual-return.ts';
import type { Interval } from './interval.ts';
import { needs, type Series, standardDeviation } from './mean.ts';
import { percentile } from './percentile.ts';

/** How the past is resampled. */
export interface BootstrapSettings {
  readonly seed: number;
  /** Resampled histories; more narrows the noise of the ends. */
  readonly resamples: number;
  /** Mean length of the blocks that keep neighbours together, in periods. */
  readonly meanBlock: number;
  /** E.g. .95. */
  readonly level: number;
}

/**
 * Geometric return per year with a percentile interval from the stationary bootstrap, which keeps
 * calm and stormy stretches together.
 *
 * @param returns fractions per period
 * @throws {EngineError} 'short-history' below two returns; 'bad-input' on a setting out of range
 * @source Politis and Romano, "The stationary bootstrap" (1994)
 */
export function bootstrapAnnualReturn(
  returns: Series,
  periodsPerYear: number,
  settings: BootstrapSettings,
): Interval {
  const { seed, resamples, meanBlock, level } = settings;
  needs(returns, 2);
  if (!(resamples >= 2 && meanBlock >= 1 && level > 0 && level < 1)) {
    throw new EngineError(
      'bad-input',
      'The bootstrap needs at least 2 resamples, blocks of at least 1 and a level inside (0, 1).',
      { ...settings },
    );
  }
  const n = returns.length;
  const random = randomSource(seed);
  const logs = Float64Array.from(returns, (r) => Math.log1p(r));
  const outcomes = new Float64Array(resamples);
  const leave = 1 / meanBlock;
  for (let k = 0; k < resamples; k++) {
    let at = random.integer(n);
    let sum = 0;
    for (let t = 0; t < n; t++) {
      sum += logs[at];
      at = random.uniform() < leave ? random.integer(n) : at + 1 === n ? 0 : at + 1;
    }
    outcomes[k] = Math.expm1((sum * periodsPerYear) / n);
  }
  return {
    estimate: annualReturn(returns, periodsPerYear),
    standardError: standardDeviation(outcomes),
    low: percentile(outcomes, (1 - level) / 2),
    high: percentile(outcomes, (1 + level) / 2),
    level,
  };
}
