import type { FieldErrors, Form } from './dialogue/forms.ts';
import type { Event, Source } from './event.ts';
import type { Suggestion } from './suggest.ts';

type Refused = { readonly refused: string };

/** What a chat adapter asks of the bot; `createBot` answers to it as it is. */
export interface BotDoor {
  /**
   * Resolves once the event is stored durably; false when it had been before. Rejects when it could
   * not be stored: then the platform must not be told that it arrived.
   */
  receive(event: Event): Promise<boolean>;
  /** The form behind a button, for the platform's first response. */
  openForm(
    token: string,
    source: Source,
  ): Promise<{ readonly form: Form; readonly initial: Readonly<Record<string, string>> } | Refused>;
  /** Field errors of a submission; only one without any becomes an event. */
  checkForm(
    token: string,
    source: Source,
    values: Readonly<Record<string, string>>,
    locale?: string,
  ): Promise<{ readonly errors: FieldErrors } | Refused>;
  /** Whether somebody has said or pressed anything in this conversation before, in any process. */
  heard(source: Source): Promise<boolean>;
  /** How what is being typed behind a command may go on: at most 25, best first, none for most. */
  suggest(command: string, typed: string): readonly Suggestion[];
  /** What menus and slash commands show, in the order of the table. */
  readonly commands: readonly Offered[];
}

/** A command as platforms register it. */
export interface Offered {
  /** Without the slash: lower case letters. */
  readonly name: string;
  /** At most 100 characters. */
  readonly summary: string;
  /** What may follow the name, as an example to show; absent when nothing may. */
  readonly takes?: string;
  /** Whether `suggest` has anything to say while that is being typed. */
  readonly namesAssets?: boolean;
}
