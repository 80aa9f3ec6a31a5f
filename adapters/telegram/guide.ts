import type { Form } from '../../bot/dialogue/forms.ts';
import { limits } from './limits.ts';

/**
 * What Telegram shows when the button of a form is pressed: it has no forms, so people are told what
 * to type; the dialogue behind it understands the example as it stands.
 */
export function guide({ title, spoken }: Form): string {
  const how = `Telegram has no forms. Type it in one message, for example:\n${spoken}`;
  const full = `${title}\n${how}`;
  return full.length <= limits.callbackAnswer ? full : how;
}
