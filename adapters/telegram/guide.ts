import type { Form } from '../../bot/dialogue/forms.ts';
import { limits } from './limits.ts';

/**
 * A form as the short text that Telegram shows when its button is pressed: what it asks, and an
 * example to type. Telegram has no forms; the dialogue behind it understands typed words.
 */
export function guide(form: Form): string {
  const examples = form.fields.flatMap((field) =>
    field.kind === 'text' && field.placeholder ? [field.placeholder.split('\n')[0]] : [],
  );
  const labels = form.fields.map(({ label }) => label);
  const end =
    examples.length === 0
      ? 'Type it in one message.'
      : `Type it in one message, for example "${examples.join(', ')}".`;
  const full = `${form.title}\n${labels.join(' · ')}\n${end}`;
  if (full.length <= limits.callbackAnswer) return full;
  const short = `${form.title}\n${end}`;
  return short.length <= limits.callbackAnswer ? short : 'Type your answer in one message.';
}
