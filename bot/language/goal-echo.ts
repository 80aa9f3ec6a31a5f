import type { Goal } from '../goal.ts';
import { formatDay, formatMinor } from './format.ts';
import { withArticle } from './purpose.ts';

/** A goal as one complete sentence, exact to the cent: what the person is asked to confirm. */
export function describeGoal(goal: Goal): string {
  switch (goal.kind) {
    case 'max-return':
      return 'The most return that your risk profile allows.';
    case 'preserve':
      return 'Keep what you have, with the smallest swings in value.';
    case 'target-return':
      return `A return of ${exactPercent(goal.annualReturn)} a year.`;
    case 'by-date': {
      const amount = formatMinor(goal.amountMinor, goal.currency);
      const purpose = goal.purpose ? ` towards ${withArticle(goal.purpose)}` : '';
      const { contribution } = goal;
      const adding = contribution
        ? `, adding ${formatMinor(contribution.minor, goal.currency)} a ${contribution.every}`
        : '';
      return `${amount}${purpose} by ${formatDay(goal.byDay)}${adding}.`;
    }
  }
}

/** At least one decimal, and as many more as were said: "7.0 %", "7.25 %". */
function exactPercent(fraction: number): string {
  const [whole, decimals = ''] = String(Number((fraction * 100).toFixed(4))).split('.');
  return `${whole}.${decimals.padEnd(1, '0')} %`;
}
