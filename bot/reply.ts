import type { ChartSpec } from './charts/spec.ts';
import type { FormName } from './dialogue/forms.ts';
import type { Statement } from './explain/statement.ts';

/** One piece of a reply. Every block has a plain-text form. */
export type Block =
  | {
      readonly kind: 'text';
      /** Plain words. Line breaks count; `**bold**` is the only markup. */
      readonly text: string;
      readonly style?: 'title' | 'body' | 'small';
      /** What the text says, one a line, for a rewording after it was sent. Adapters ignore it. */
      readonly statements?: readonly Statement[];
    }
  | {
      readonly kind: 'facts';
      readonly facts: readonly { readonly label: string; readonly value: string }[];
    }
  | {
      readonly kind: 'table';
      readonly title?: string;
      readonly columns: readonly { readonly label: string; readonly align: 'left' | 'right' }[];
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly kind: 'image'; readonly chart: ChartSpec; readonly alt: string }
  | {
      readonly kind: 'file';
      readonly name: string;
      readonly mediaType: string;
      readonly content: string;
    }
  | {
      readonly kind: 'notice';
      readonly tone: 'disclosure' | 'warning' | 'error';
      readonly text: string;
    }
  | {
      readonly kind: 'progress';
      readonly label: string;
      readonly done: number;
      readonly total: number;
    };

/**
 * What a button does when it comes back. It never leaves the database: the message carries only a
 * signed random id. `once` marks an act (confirm, approve, forget), consumed in the transaction that
 * acts; everything else is navigation and can be pressed again.
 */
export interface Act {
  readonly name: string;
  readonly args: Readonly<Record<string, string | number | boolean | null>>;
  readonly once?: boolean;
  /** Milliseconds since the epoch; acts need one. */
  readonly expiresAt?: number;
  /** For acts on a proposal: refused when the proposal has moved on. */
  readonly proposal?: { readonly id: string; readonly version: number; readonly hash: string };
}

interface ActionBase {
  readonly label: string;
  readonly style?: 'primary' | 'danger';
}

/** `A` is an {@link Act} while a reply is being written, and a signed token once it is sealed. */
export type ActionOf<A> =
  | (ActionBase & { readonly kind: 'choice'; readonly do: A })
  | (ActionBase & { readonly kind: 'link'; readonly url: string })
  | (ActionBase & {
      readonly kind: 'select';
      readonly do: A;
      readonly options: readonly {
        readonly label: string;
        readonly value: string;
        readonly note?: string;
      }[];
    })
  | (ActionBase & {
      readonly kind: 'form';
      readonly do: A;
      readonly form: FormName;
      /** The other buttons lead to the same, so a platform without forms leaves it out. */
      readonly shortcut?: true;
      readonly initial?: Readonly<Record<string, string>>;
    });

interface ReplyOf<A> {
  /** Names the message within its conversation; a later reply may replace it. */
  readonly key: string;
  /** Personal numbers are private: in a group they go to the person alone. */
  readonly visibility: 'public' | 'private';
  readonly notify: 'normal' | 'silent';
  readonly blocks: readonly Block[];
  readonly actions: readonly ActionOf<A>[];
  /** The key of an earlier message this one takes the place of, buttons and all. */
  readonly replaces?: string;
}

/** A reply as commands and dialogues write it. */
export type Draft = ReplyOf<Act>;
/** A reply as it is stored and delivered: actions hold `v1.<id>.<hmac>` tokens. */
export type Reply = ReplyOf<string>;
export type Action = ActionOf<string>;
