import type { Event, Source, Ticket } from './event.ts';
import type { Act, Reply } from './reply.ts';

/** Every query about a person is scoped: nobody sees another's money. */
export interface Scope {
  readonly workspace: string;
  readonly person: string;
}

export interface Person extends Scope {
  /** A random name for logs and, later, the language model; never the account name. */
  readonly pseudonym: string;
  readonly locale: string;
  /** When the disclosure of this version was agreed to; null before. */
  readonly consentedAt: number | null;
  readonly disclosureVersion: string | null;
  readonly createdAt: number;
}

export interface StoredDialogue {
  /** Owned by bot/dialogue, parsed there with zod; null when there is none. */
  readonly state: unknown;
  /** 0 before the first write; a commit names the version it read. */
  readonly version: number;
}

export interface StoredAnswers {
  readonly questionnaire: string;
  readonly answers: Readonly<Record<string, string>>;
  readonly revision: number;
  readonly at: number;
}

export interface StoredGoal {
  /** Owned by bot/dialogue/goal.ts. */
  readonly goal: unknown;
  readonly revision: number;
  readonly at: number;
}

export interface StoredWishes {
  /** Owned by bot/wishes.ts. */
  readonly wishes: unknown;
  readonly revision: number;
  readonly at: number;
}

export interface ButtonRow extends Scope {
  readonly id: string;
  readonly conversation: string;
  /** Key of the message it stands on. */
  readonly messageKey: string;
  readonly kind: 'choice' | 'select' | 'form';
  /** For forms: which one. */
  readonly form: string | null;
  readonly initial: Readonly<Record<string, string>> | null;
  readonly act: Act;
  readonly usedAt: number | null;
  readonly usedBy: string | null;
}

export interface InboxRow {
  readonly id: number;
  readonly conversation: string;
  readonly event: Event;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  /** How often it was begun in vain. */
  readonly attempts: number;
}

export interface OutboxRow {
  readonly id: number;
  readonly conversation: string;
  readonly source: Source;
  readonly reply: Reply;
  readonly attempts: number;
  /** Of the event that it answers, when that had one. */
  readonly ticket: Ticket | null;
}

export interface AuditRow {
  readonly workspace: string;
  readonly seq: number;
  readonly at: number;
  readonly actor: string;
  readonly kind: string;
  readonly hash: string;
  readonly previous: string;
  /** null once erased. */
  readonly payload: unknown;
}

/** A broker transfer that is owed: written with the ledger entry, sent by the 'settle' job, then marked. */
export interface PendingTransfer extends Scope {
  readonly id: string;
  readonly asset: string | null;
  readonly units: bigint;
  readonly cashMinor: bigint;
  readonly currency: string;
}

/** A platform's account that belongs to a person here. */
export interface LinkedIdentity {
  readonly platform: string;
  readonly installation: string;
  readonly identity: string;
  /** Its direct conversation, as in Source; null until a link was made from or to it. */
  readonly conversation: string | null;
  /** When it joined the account; null for the one that began it. */
  readonly linkedAt: number | null;
  /** The account it had before, kept apart until it leaves; null for the one that began this one. */
  readonly home: Scope | null;
}

/** On which platform an account was begun, and when. */
export interface AccountOrigin {
  readonly platform: string;
  readonly begunAt: number;
}

/** A code that joins whoever types it to the account of who asked for it. */
export interface LinkCode extends Scope {
  /** Keyed hash; the code itself is nowhere but in its message. */
  readonly digest: string;
  /** Where it was asked for. */
  readonly source: Source;
  /** Key of the message that shows it. */
  readonly messageKey: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly usedAt: number | null;
}
