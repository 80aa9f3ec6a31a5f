import { z } from 'zod';
import type { Goal } from '../goal.ts';
import { formatDay, formatMinor } from '../language/format.ts';
import { describeGoal, type GoalReading, readGoal } from '../language/read-goal.ts';
import type { FieldErrors, Form } from './forms.ts';

/** When and where a form is filled in: dates and number styles depend on it. */
export interface FormMoment {
  readonly now: number;
  readonly locale: string;
}

type Values = Readonly<Record<string, string>>;

const line = (maxLength: number) => z.string().max(maxLength, 'Please write less here.');

/** The four goals in one form. Which fields are needed depends on the first. */
export const goalForm: Form = {
  title: 'What is this money for?',
  submit: 'Continue',
  spoken: '20k towards a house by June 2032, adding 500 a month',
  fields: [
    {
      kind: 'choice',
      name: 'kind',
      label: 'Goal',
      options: [
        { label: 'Most return for my risk level', value: 'max-return' },
        { label: 'A return that I name', value: 'target-return' },
        { label: 'Keep what I have', value: 'preserve' },
        { label: 'An amount by a date', value: 'by-date' },
      ],
    },
    {
      kind: 'text',
      name: 'amount',
      label: 'Amount, and what for',
      hint: 'For an amount by a date.',
      placeholder: '20k for a house',
      optional: true,
      maxLength: 100,
    },
    {
      kind: 'text',
      name: 'by',
      label: 'By when',
      hint: 'For an amount by a date.',
      placeholder: 'June 2032',
      optional: true,
      maxLength: 60,
    },
    {
      kind: 'text',
      name: 'contribution',
      label: 'What you add on the way',
      hint: 'Leave empty if nothing.',
      placeholder: '500 a month',
      optional: true,
      maxLength: 60,
    },
    {
      kind: 'text',
      name: 'rate',
      label: 'Return per year',
      hint: 'For a return that you name.',
      placeholder: '6 %',
      optional: true,
      maxLength: 30,
    },
  ],
  schema: z
    .object({
      kind: z.enum(['max-return', 'target-return', 'preserve', 'by-date'], 'Choose a goal.'),
      amount: line(100).default(''),
      by: line(60).default(''),
      contribution: line(60).default(''),
      rate: line(30).default(''),
    })
    .superRefine(({ kind, amount, by, rate }, issues) => {
      const require = (path: string, value: string, message: string) => {
        if (value.trim() === '') issues.addIssue({ code: 'custom', path: [path], message });
      };
      if (kind === 'by-date') {
        require('amount', amount, 'How much should it be? For example "20k".');
        require('by', by, 'By when? For example "June 2032".');
      }
      if (kind === 'target-return') {
        require('rate', rate, 'What return per year? For example "6 %".');
      }
    }),
};

/** Reads valid values by the same grammar as typed words. */
export function goalOfForm(values: Values, at: FormMoment): GoalReading {
  const { kind, amount = '', by = '', contribution = '', rate = '' } = values;
  if (kind === 'max-return' || kind === 'preserve') return understood({ kind });
  if (kind === 'target-return') return readGoal(`a return of ${percent(rate)} a year`, at);
  const adding = contribution.trim() === '' ? '' : `, adding ${contribution.trim()}`;
  return readGoal(`${amount.trim()} ${dated(by)}${adding}`, at);
}

/** Errors that need the day: dates that cannot be read or have passed, amounts that mean nothing. */
export function goalFormErrors(values: Values, at: FormMoment): FieldErrors {
  const { kind, amount = '', by = '', contribution = '', rate = '' } = values;
  const errors: Record<string, string> = {};
  const probe = (field: string, text: string) => {
    const reading = readGoal(text, at);
    if (reading.kind === 'refused') errors[field] = reading.reason;
    if (reading.kind === 'unclear') errors[field] = reading.ask;
  };
  if (kind === 'target-return') probe('rate', `a return of ${percent(rate)} a year`);
  if (kind === 'by-date') {
    // Each field is read beside values that are known to be good, so that the error lands on its own.
    probe('amount', `${amount.trim()} in 10 years`);
    const sum = errors.amount === undefined ? amount.trim() : '$10,000';
    probe('by', `${sum} ${dated(by)}`);
    if (contribution.trim() !== '') {
      probe('contribution', `${sum} in 10 years, adding ${contribution.trim()}`);
    }
  }
  return errors;
}

/** What the form shows of a goal: submitted as it stands, it comes to the same goal. */
export function goalFormValues(goal: Goal): Values {
  if (goal.kind === 'target-return') {
    return { kind: goal.kind, rate: `${Number((100 * goal.annualReturn).toPrecision(12))} %` };
  }
  if (goal.kind !== 'by-date') return { kind: goal.kind };
  const { amountMinor, byDay, contribution, purpose } = goal;
  return {
    kind: goal.kind,
    amount: `${formatMinor(amountMinor)}${purpose === null ? '' : ` for a ${purpose}`}`,
    by: formatDay(byDay),
    contribution:
      contribution === null ? '' : `${formatMinor(contribution.minor)} a ${contribution.every}`,
  };
}

function understood(goal: Goal): GoalReading {
  return { kind: 'understood', goal, echo: describeGoal(goal) };
}

function percent(rate: string): string {
  return /^\s*[\d.,]+\s*$/.test(rate) ? `${rate.trim()} %` : rate.trim();
}

function dated(by: string): string {
  return /^\s*(by|in|at|until|before|within)\b/i.test(by) ? by.trim() : `by ${by.trim()}`;
}
