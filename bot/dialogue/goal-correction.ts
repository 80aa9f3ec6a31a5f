import type { Goal } from '../goal.ts';
import { formatDay, formatMinor } from '../language/format.ts';
import { readGoal } from '../language/read-goal.ts';
import type { FormMoment } from './goal-form.ts';

/**
 * A goal as it becomes by words that say only what is different: "make it 30k", "by 2035 instead",
 * "adding 600 a month". Each is read beside the parts that stand; null when nothing differs.
 */
export function corrected(goal: Goal, text: string, at: FormMoment): Goal | null {
  if (goal.kind !== 'by-date') return null;
  const { amountMinor, byDay, contribution } = goal;
  const day = `by ${formatDay(byDay)}`;
  const amount = formatMinor(BigInt(amountMinor));
  const said = text.trim().replace(/[.,;!\s]+$/, '');
  const read = (words: string) => {
    const reading = readGoal(words, at);
    return reading.kind === 'understood' && reading.goal.kind === 'by-date' ? reading.goal : null;
  };
  const rate = read(`${amount} ${day}, ${said}`);
  if (rate?.contribution && rate.amountMinor === amountMinor && rate.byDay === byDay) {
    return differs(rate.contribution, contribution)
      ? { ...goal, contribution: rate.contribution }
      : null;
  }
  const sum = read(`${said} ${day}`);
  if (sum && sum.byDay === byDay && sum.amountMinor !== amountMinor) {
    return { ...goal, amountMinor: sum.amountMinor };
  }
  const date = read(`${amount} ${said}`);
  if (date && date.amountMinor === amountMinor && date.byDay !== byDay) {
    return { ...goal, byDay: date.byDay };
  }
  return null;
}

function differs(a: object, b: object | null): boolean {
  return JSON.stringify(a) !== JSON.stringify(b);
}
