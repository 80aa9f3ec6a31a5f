import type { Answers } from './scoring.ts';

/** Why investing does not suit a person now, and what would change that. */
export interface Unsuitability {
  readonly name: string;
  /** The questions whose answers decide it; the first is the one to change. */
  readonly questions: readonly string[];
  readonly reason: string;
  readonly whatWouldChange: string;
}

interface Rule extends Unsuitability {
  readonly holds: (answers: Answers) => boolean;
}

const rules: readonly Rule[] = [
  {
    name: 'needed-soon',
    questions: ['horizon'],
    reason:
      'You need this money within a year. Even a careful portfolio can be down then, with no time to recover.',
    whatWouldChange:
      'Keep it in a savings account. Come back with money that can stay for at least a year, better three.',
    holds: (answers) => answers.horizon === 'under-1',
  },
  {
    name: 'expensive-debt',
    questions: ['debts'],
    reason:
      'You carry expensive debt. Its interest is very likely to cost you more than a portfolio earns.',
    whatWouldChange:
      'Pay that debt down first. Once you can clear it within a year, Keel can help with the rest.',
    holds: (answers) => answers.debts === 'heavy',
  },
  {
    name: 'no-safety-net',
    questions: ['emergency', 'income', 'horizon'],
    reason:
      'You have no reserve, your income is not steady, and you need this money within 2 years. A bad month could force you to sell at a loss.',
    whatWouldChange:
      'Build a reserve of one to three months of bills first, or set aside money that can stay for 3 years or more.',
    holds: (answers) =>
      answers.emergency === 'none' &&
      (answers.income === 'none' || answers.income === 'varies') &&
      (answers.horizon === '1-2' || answers.horizon === 'under-1'),
  },
];

/** Every reason that already holds in some answers, complete or not; empty when none does. */
export function unsuitabilityOf(answers: Answers): readonly Unsuitability[] {
  return rules
    .filter((rule) => rule.holds(answers))
    .map(({ holds: _, ...unsuitability }) => unsuitability);
}
