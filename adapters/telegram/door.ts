import type { Form } from '../../bot/dialogue/forms.ts';
import type { Event, Source } from '../../bot/event.ts';

/** What Telegram asks of the bot; `createBot` answers to it as it is. */
export interface BotDoor {
  /** Resolves once the event is stored durably; false when it had been before. */
  receive(event: Event): Promise<boolean>;
  openForm(
    token: string,
    source: Source,
  ): Promise<
    | { readonly form: Form; readonly initial: Readonly<Record<string, string>> }
    | { readonly refused: string }
  >;
}
