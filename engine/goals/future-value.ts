import { EngineError } from '../errors.ts';

/** Money that is there, money that is added at the end of each period, and how long. */
export interface SavingsPlan {
  /** Money now. */
  readonly presentValue: number;
  /** Money added at the end of each period; 0 when none. */
  readonly contribution: number;
  /** E.g. 12 for monthly contributions. */
  readonly periodsPerYear: number;
  /** Years to the goal's date, not negative. */
  readonly years: number;
}

/**
 * How many contributions are paid by the end.
 *
 * @throws {EngineError} 'bad-input' when a number of the plan makes no sense
 */
export function contributionsIn(plan: SavingsPlan): number {
  const { presentValue, contribution, periodsPerYear, years } = plan;
  const finite = presentValue + contribution + periodsPerYear + years < Infinity;
  if (!(presentValue >= 0 && contribution >= 0 && periodsPerYear > 0 && years >= 0 && finite)) {
    throw new EngineError(
      'bad-input',
      'A plan needs amounts and years of at least 0 and a number of periods per year above 0.',
      { ...plan },
    );
  }
  // 7 years of months are 84 contributions, though the product may fall a hair short.
  return Math.floor(years * periodsPerYear + 1e-9);
}

/**
 * What a plan is worth at its end when every year returns the same.
 *
 * @param annualReturn geometric, per year, above -1
 * @returns money, before taxes and inflation
 * @throws {EngineError} 'bad-input' when a number makes no sense
 */
export function futureValue(plan: SavingsPlan, annualReturn: number): number {
  const count = contributionsIn(plan);
  if (!(annualReturn > -1)) {
    throw new EngineError('bad-input', `A return of ${annualReturn} a year must be above -1.`, {
      annualReturn,
    });
  }
  const growth = 1 + annualReturn;
  let value = plan.presentValue * growth ** plan.years;
  for (let k = 1; k <= count; k++) {
    value += plan.contribution * growth ** Math.max(0, plan.years - k / plan.periodsPerYear);
  }
  return value;
}
