import type { FieldErrors, Form, FormName } from './forms.ts';
import { type FormMoment, goalForm, goalFormErrors } from './goal-form.ts';
import { holdingsForm, holdingsFormErrors } from './holdings-form.ts';
import { capacityForm, willingnessForm } from './questionnaire-form.ts';
import { limitForm, limitFormErrors, viewForm, viewFormErrors } from './wish-forms.ts';

/** Every form that a button can open. */
export const forms: Readonly<Record<FormName, Form>> = {
  goal: goalForm,
  holdings: holdingsForm,
  limit: limitForm,
  view: viewForm,
  capacity: capacityForm,
  willingness: willingnessForm,
};

/**
 * Field errors of a submission: first what every field must be, then what the grammar makes of it.
 * Without `at`, what depends on the day is left to the handler, which asks in the conversation.
 */
export function checkForm(
  name: FormName,
  values: Readonly<Record<string, string>>,
  at?: FormMoment,
): FieldErrors {
  const checked = forms[name].schema.safeParse(values);
  if (checked.success) {
    if (name === 'holdings') return holdingsFormErrors(checked.data);
    if (name === 'limit') return limitFormErrors(checked.data);
    if (name === 'view') return viewFormErrors(checked.data);
    return at && name === 'goal' ? goalFormErrors(checked.data, at) : {};
  }
  const errors: Record<string, string> = {};
  for (const issue of checked.error.issues) {
    const field = String(issue.path[0] ?? forms[name].fields[0].name);
    errors[field] ??= issue.message;
  }
  return errors;
}
