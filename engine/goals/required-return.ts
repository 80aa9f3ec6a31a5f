import { EngineError } from '../errors.ts';
import { rootBetween } from '../root.ts';
import { futureValue, type SavingsPlan } from './future-value.ts';

/** What reaching a goal takes. */
export type Required =
  /** There is enough already. */
  | { readonly kind: 'already-there' }
  /** Saving alone reaches it; it would do even with this return, which is zero or negative. */
  | { readonly kind: 'savings-suffice'; readonly annualReturn: number }
  /** Geometric, per year. */
  | { readonly kind: 'required'; readonly annualReturn: number }
  /** Not even the highest return considered is enough; with it there would be this much. */
  | { readonly kind: 'unreachable'; readonly highestReturn: number; readonly reaches: number };

/**
 * The yearly return that brings a plan to an amount by its end.
 *
 * @param amount money wanted, positive
 * @param highestReturn returns above this are not considered; 1 is 100 % a year
 * @throws {EngineError} 'bad-input' when a number makes no sense
 */
export function requiredReturn(plan: SavingsPlan, amount: number, highestReturn = 1): Required {
  if (!(amount > 0 && amount < Infinity && highestReturn > 0)) {
    throw new EngineError('bad-input', `A goal of ${amount} must be a positive amount.`, {
      amount,
    });
  }
  if (plan.presentValue >= amount) return { kind: 'already-there' };
  const reaches = futureValue(plan, highestReturn);
  if (reaches < amount) return { kind: 'unreachable', highestReturn, reaches };
  const gap = (rate: number): number => futureValue(plan, rate) - amount;
  if (gap(0) < 0) {
    return { kind: 'required', annualReturn: rootBetween(gap, 0, highestReturn) };
  }
  // A contribution paid on the last day counts whatever the return, so the root may not exist.
  const lowest = -0.999_999;
  const annualReturn = gap(lowest) >= 0 ? lowest : rootBetween(gap, lowest, 0);
  return { kind: 'savings-suffice', annualReturn };
}
