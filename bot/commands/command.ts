import type { DialogueState } from '../dialogue/state.ts';
import type { Event, EventFile, Source } from '../event.ts';
import type { Compute, MarketView } from '../ports.ts';
import type { Act, Draft } from '../reply.ts';
import type { ButtonRow, Person, Reads, Scope, Tx } from '../store.ts';

/** What a handler may know: saved state, the market and the time, all given, none fetched by a clock or network. */
export interface Context {
  readonly event: Event;
  readonly person: Person;
  /** Key of the conversation the event came from. */
  readonly conversation: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly read: Reads;
  /** The market as of `now`; the same object for the whole handling of one event. */
  market(): Promise<MarketView>;
  readonly compute: Compute;
  /** 128 random bits as hex: ids of recommendations, proposals and messages. */
  newId(): string;
  /**
   * HMAC-SHA256 under this installation's own key, as hex: for what is too short to be stored under
   * a plain hash, and for names of things that must not be shown.
   */
  keyedHash(text: string): string;
  /** The saved dialogue: of the person in direct chats, else of this conversation; null when none is open. */
  readonly dialogue: DialogueState | null;
  /** The button that was pressed, when one was. */
  readonly button: ButtonRow | null;
  /** Sends an interim reply at once; a later one with the same key takes its place. */
  progress(draft: Draft): Promise<void>;
}

/**
 * What handling comes to. Replies and the commit land in one transaction with the event's
 * completion. `commit` gets that transaction; what it returns is said instead of `replies`. It never
 * calls a broker, model or platform. Throwing Conflict runs the handler again on fresh reads.
 */
export interface Outcome {
  readonly replies: readonly Draft[];
  /** The dialogue's next state; null closes it, undefined leaves it. */
  readonly dialogue?: DialogueState | null;
  readonly commit?: (tx: Tx) => Promise<readonly Draft[] | undefined>;
  /** Whose the buttons of the replies are, when handling makes somebody else of who asked. */
  readonly sealedFor?: Scope;
  /** Said in other conversations, in the same transaction. */
  readonly elsewhere?: readonly Told[];
}

/** Something said where nobody asked just now: in another chat of the same person. */
export interface Told {
  readonly source: Source;
  /** Whose the buttons are. */
  readonly scope: Scope;
  readonly draft: Draft;
  /** It goes to somebody who is being forgotten: no trace of it stays once it is said. */
  readonly farewell?: true;
}

/** One thing a person can ask for. Help, menus, slash registration and intent routing read this table. */
export interface Command {
  /** Without the slash: lower case letters. */
  readonly name: string;
  /** At most 100 characters: shown in help and platform menus. */
  readonly summary: string;
  /** Phrases that mean this command, for the intent layer. */
  readonly phrases: readonly string[];
  /** What may follow the name, as an example to show; absent when nothing may. At most 100 characters. */
  readonly takes?: string;
  /** Whether assets are suggested while that is being typed. */
  readonly namesAssets?: boolean;
  /** What has to be there first; the bot says what is missing and offers it. */
  readonly needs: 'nothing' | 'consent' | 'profile' | 'holdings';
  /** Whose help shows it, for what most people have no use for; menus leave it out then. */
  readonly offeredTo?: (source: Source) => boolean;
  readonly run: (context: Context, args: string) => Promise<Outcome>;
}

/** What menus of everybody show. */
export function offeredToAll(commands: readonly Command[]): readonly Command[] {
  return commands.filter(({ offeredTo }) => offeredTo === undefined);
}

/** What a pressed button comes to. `value` is the chosen option of a select, among the args. */
export type ActHandler = (context: Context, args: Act['args']) => Promise<Outcome>;

/** Submitted form values, already valid by the form's own schema. */
export type FormHandler = (
  context: Context,
  values: Readonly<Record<string, string>>,
  files: Readonly<Record<string, EventFile>>,
) => Promise<Outcome>;

/** Words or a file while a dialogue is open. null: not for this dialogue, route it as usual. */
export interface DialogueHandler {
  readonly onText: (context: Context, text: string) => Promise<Outcome | null>;
  readonly onFile?: (context: Context, file: EventFile, caption: string) => Promise<Outcome | null>;
}
