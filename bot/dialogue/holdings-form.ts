import { z } from 'zod';
import { readHoldings } from '../language/read-holdings.ts';
import type { FieldErrors, Form } from './forms.ts';

/** What somebody holds, one line each, and cash. */
export const holdingsForm: Form = {
  title: 'What do you hold?',
  submit: 'Continue',
  spoken: '12 SPY, 3.5 BTC, 4000 cash',
  fields: [
    {
      kind: 'text',
      name: 'positions',
      label: 'Investments, one per line',
      hint: 'Units and ticker, or a value.',
      placeholder: '12 SPY\n3.5 BTC\n$2,000 of AGG',
      optional: true,
      multiline: true,
      maxLength: 2_000,
    },
    {
      kind: 'text',
      name: 'cash',
      label: 'Cash in dollars',
      placeholder: '4000',
      optional: true,
      maxLength: 30,
    },
    {
      kind: 'file',
      name: 'file',
      label: 'Or a CSV file',
      hint: 'One holding per line: ticker and units.',
      optional: true,
      accept: ['.csv', '.txt'],
      maxBytes: 1_000_000,
    },
  ],
  schema: z
    .object({
      positions: z.string().max(2_000, 'Please write less here, or send a CSV file.').default(''),
      cash: z.string().max(30, 'Please write an amount, for example "4000".').default(''),
      file: z.string().max(255, 'The name of that file is too long.').default(''),
    })
    .refine((values) => Object.values(values).some((value) => value.trim() !== ''), {
      path: ['positions'],
      message: 'Tell at least one thing that you hold, for example "12 SPY".',
    }),
};

/** The form's values as typed words. */
export function holdingsText(values: Readonly<Record<string, string>>): string {
  const { positions = '', cash = '' } = values;
  return [positions.trim(), cash.trim() === '' ? '' : `${cash.trim()} cash`]
    .filter((part) => part !== '')
    .join('\n');
}

/** What the grammar cannot read at all; unknown tickers are asked about in the conversation. */
export function holdingsFormErrors(values: Readonly<Record<string, string>>): FieldErrors {
  const errors: Record<string, string> = {};
  for (const field of ['positions', 'cash']) {
    const text = holdingsText({ [field]: values[field] ?? '' });
    if (text === '') continue;
    const { edits, unknown, questions, problems } = readHoldings(text);
    if (edits.length + unknown.length + questions.length > 0) continue;
    errors[field] = problems[0] ?? 'I could not read that. Write for example "12 SPY" or "4000".';
  }
  return errors;
}
