import { z } from 'zod';
import { CASH, catalogue } from '../catalogue.ts';
import { readLimit } from '../language/read-limit.ts';
import { readView } from '../language/read-view.ts';
import type { FieldErrors, Form } from './forms.ts';

const line = z.string().min(1, 'Please write something here.').max(300, 'Please write less here.');

/** Everything a limit may name. */
export const nameable: readonly string[] = [...catalogue.map(({ symbol }) => symbol), CASH];

/** One limit of the person's own, in words. */
export const limitForm: Form = {
  title: 'A limit of your own',
  submit: 'See the effect',
  spoken: 'at most 5 % crypto',
  fields: [
    {
      kind: 'text',
      name: 'limit',
      label: 'Limit',
      hint: 'On an asset, a class, volatility, turnover or holdings.',
      placeholder: 'at most 5 % crypto',
      maxLength: 300,
    },
  ],
  schema: z.object({ limit: line }),
};

/** One view on returns, in words. */
export const viewForm: Form = {
  title: 'A view of your own',
  submit: 'See the effect',
  spoken: 'EFA will beat SPY by 2 % a year, fairly sure',
  fields: [
    {
      kind: 'text',
      name: 'view',
      label: 'What you expect of returns',
      hint: 'Say how sure you are.',
      placeholder: 'EFA will beat SPY by 2 % a year, fairly sure',
      maxLength: 300,
    },
  ],
  schema: z.object({ view: line }),
};

/** What cannot be read is said on the field; a question of meaning is asked in the conversation. */
export function limitFormErrors(values: Readonly<Record<string, string>>): FieldErrors {
  const reading = readLimit(values.limit, nameable);
  return reading.state === 'unclear' ? { limit: reading.ask } : {};
}

export function viewFormErrors(values: Readonly<Record<string, string>>): FieldErrors {
  const reading = readView(values.view);
  return reading.state === 'refused' ? { view: reading.reason } : {};
}
