import type { Sensitivity } from '../../engine/optimizers/sensitivity.ts';
import { formatPercent, formatPoints } from '../language/format.ts';
import { capitalised, nameOf, verb } from './names.ts';

/** How much the largest part of a mix rests on a single estimate, in plain words. */
export function firmnessSentence(found: Sensitivity | null): string {
  if (found === null)
    return 'No estimate of returns enters this way of choosing, so none can overturn it.';
  const { leader, nearest } = found;
  const lead = `${capitalised(nameOf(leader))} ${verb(leader, 'is', 'are')} the largest part`;
  if (nearest === null)
    return `${lead}, and would stay so if any one expected return were wrong by 20 points a year.`;
  const { asset, move, expectedReturn, leader: next } = nearest;
  const way = move > 0 ? 'rose' : 'fell';
  const size = formatPoints(Math.abs(move)).replace('+', '');
  return `${lead}. That hangs on estimates: if the expected return of ${nameOf(asset)} ${way} by ${size} to ${formatPercent(expectedReturn)} a year, ${nameOf(next)} would weigh most.`;
}
