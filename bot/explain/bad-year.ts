import type { AdviceResult } from '../advice/record.ts';

/** A history shorter than this knows too few years to ask it for a bad one. */
const LEAST_YEARS = 5;

/** What the loss of a bad year was measured on, to follow "comes from". */
export function badYearBasis(
  { method, windows, years }: AdviceResult['badYear'],
  simulated: boolean,
): string {
  const history = `${years.toFixed(1)} years of ${simulated ? 'simulated' : 'real'} history`;
  if (method === 'historical') {
    return `${windows.toLocaleString('en-US')} overlapping years in ${history}, which are worse than a normal distribution`;
  }
  return years < LEAST_YEARS
    ? `a normal distribution, because ${history} are too few`
    : `a normal distribution, which is worse than ${history}`;
}
