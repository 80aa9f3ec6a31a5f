import { EngineError } from '../errors.ts';
import { rootBetween } from '../root.ts';

/** Money in (negative) or out (positive) for its owner on a day. */
export interface CashFlow {
  /** UTC day number. */
  readonly day: number;
  readonly amount: number;
}

/**
 * Money-weighted return per year (internal rate of return, actual days over 365). Searched in the
 * log of growth, outward from zero, so that near-total losses are found too; with several roots the
 * one nearest zero is returned.
 *
 * @param flows at least one negative and one positive
 * @returns a fraction per year, above -1
 * @throws {EngineError} 'bad-input' when all flows have one sign; 'not-converged' when no rate
 *   between e^-40 - 1 and e^40 - 1 makes the flows worth nothing
 */
export function xirr(flows: readonly CashFlow[]): number {
  if (!flows.some((f) => f.amount > 0) || !flows.some((f) => f.amount < 0)) {
    throw new EngineError(
      'bad-input',
      'A money-weighted return needs money both in and out; give both signs.',
      { flows: flows.length },
    );
  }
  const first = Math.min(...flows.map((f) => f.day));
  const last = Math.max(...flows.map((f) => f.day));
  // Discounted to the end that keeps every exponent negative: only the sign matters for the root.
  const worth = (x: number): number => {
    const reference = x < 0 ? last : first;
    let sum = 0;
    for (const f of flows) sum += f.amount * Math.exp((-x * (f.day - reference)) / 365);
    return sum;
  };
  const step = 0.02;
  for (let k = 0; k * step < 40; k++) {
    for (const sign of [1, -1]) {
      const near = sign * k * step;
      const far = sign * (k + 1) * step;
      const a = worth(near);
      if (a === 0) return Math.expm1(near);
      if (a < 0 !== worth(far) < 0) {
        return Math.expm1(rootBetween(worth, Math.min(near, far), Math.max(near, far)));
      }
    }
  }
  throw new EngineError('not-converged', 'No yearly rate explains these cash flows.', {
    flows: flows.length,
  });
}
