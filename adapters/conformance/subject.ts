import type { Body, Event } from '../../bot/event.ts';
import type { ChatAdapter, Destination } from '../../bot/ports.ts';
import type { Reply } from '../../bot/reply.ts';

/** What pressing something that is shown comes to. */
export type Press =
  | { readonly action: 'event'; readonly body: Body }
  | { readonly action: 'form'; readonly token: string; readonly form: string }
  | { readonly action: 'link'; readonly url: string };

/** A reply as a platform shows it. */
export interface Shown {
  /** Everything that can be read without opening a file, in order. */
  readonly words: string;
  /** Text that the platform moved into an attached file because it is too long. */
  readonly attached: string;
  readonly presses: readonly Press[];
  /** What the files hold that are shown. */
  readonly files: readonly string[];
  /** How often a picture is shown. */
  readonly pictures: number;
  /** Which limits of the platform are broken; none may be. */
  readonly broken: readonly string[];
}

/** A message that stands in somebody's chat. */
export interface Standing {
  readonly words: string;
  readonly labels: readonly string[];
  readonly file: string | null;
}

/** An adapter that runs, with a place where what it delivers can be looked at. */
export interface RunningChat {
  readonly adapter: ChatAdapter;
  /** Somebody's direct chat. */
  to(person: number): Destination;
  /** Where somebody speaks among others; null when the platform has no groups. */
  inGroup(person: number): Destination | null;
  standing(conversation: string): Promise<readonly Standing[]>;
  /** What a strict platform found wrong. */
  violations(): readonly string[];
  stop(): Promise<void>;
}

/** One chat adapter under the shared suite. */
export interface ChatSubject {
  readonly platform: string;
  /** The platform has no forms: shortcuts to one are left out. */
  readonly formless?: true;
  /** Recorded deliveries, and the kind of body that each is; null for what must be left aside. */
  readonly payloads: readonly {
    readonly name: string;
    readonly kind: Body['kind'] | null;
    read(): Event | null;
  }[];
  show(reply: Reply): Shown;
  open(): Promise<RunningChat>;
}
