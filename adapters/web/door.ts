import type { FieldErrors, Form } from '../../bot/dialogue/forms.ts';
import type { Event, Source } from '../../bot/event.ts';

type Refused = { readonly refused: string };

/** What the web chat asks of the bot; `createBot` answers to it as it is. */
export interface BotDoor {
  /** Resolves once the event is stored durably. */
  receive(event: Event): Promise<unknown>;
  openForm(
    token: string,
    source: Source,
  ): Promise<{ readonly form: Form; readonly initial: Readonly<Record<string, string>> } | Refused>;
  checkForm(
    token: string,
    source: Source,
    values: Readonly<Record<string, string>>,
  ): Promise<{ readonly errors: FieldErrors } | Refused>;
  readonly commands: readonly { readonly name: string; readonly summary: string }[];
}
