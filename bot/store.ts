import type {
  Fill,
  Holdings,
  LedgerEntry,
  Order,
  Proposal,
  Recommendation,
} from './advice/types.ts';
import type { Event, Source } from './event.ts';
import type { LinkReads, LinkWrites } from './link-store.ts';
import type { Bar, CorporateAction } from './ports.ts';
import type { Reply } from './reply.ts';
import type {
  AuditRow,
  ButtonRow,
  InboxRow,
  OutboxRow,
  PendingTransfer,
  Person,
  Scope,
  StoredAnswers,
  StoredDialogue,
  StoredGoal,
  StoredWishes,
} from './stored.ts';

export type * from './stored.ts';

export interface Reads {
  readonly people: {
    byIdentity(source: Source): Promise<Person | null>;
    get(scope: Scope): Promise<Person>;
  };
  readonly links: LinkReads;
  readonly dialogues: { get(scope: Scope, conversation: string): Promise<StoredDialogue> };
  readonly answers: { current(scope: Scope): Promise<StoredAnswers | null> };
  readonly goals: { current(scope: Scope): Promise<StoredGoal | null> };
  readonly wishes: { current(scope: Scope): Promise<StoredWishes | null> };
  readonly ledger: {
    holdings(scope: Scope): Promise<Holdings>;
    entries(scope: Scope): Promise<readonly LedgerEntry[]>;
  };
  readonly recommendations: {
    get(scope: Scope, id: string): Promise<Recommendation | null>;
    /** Newest first, by when they were stored: a clock may go back. */
    list(scope: Scope, limit: number): Promise<readonly Recommendation[]>;
    /** For `npm run replay` and the nightly check: every one of a workspace, oldest first. */
    all(workspace: string): Promise<readonly Recommendation[]>;
  };
  readonly artifacts: {
    get(hash: string): Promise<Uint8Array | null>;
    has(hash: string): Promise<boolean>;
  };
  readonly proposals: {
    get(scope: Scope, id: string): Promise<Proposal | null>;
    list(scope: Scope, limit: number): Promise<readonly Proposal[]>;
    /** In confirmed, submitting or partly-filled, of every workspace: the sweeper's list. */
    unfinished(): Promise<readonly Proposal[]>;
  };
  readonly orders: {
    of(scope: Scope, proposalId: string): Promise<readonly Order[]>;
    fills(scope: Scope, proposalId: string): Promise<readonly Fill[]>;
  };
  readonly transfers: {
    /** What is owed: of everybody, or of one person. */
    pending(limit: number, scope?: Scope): Promise<readonly PendingTransfer[]>;
  };
  /** Buttons are found by id alone, because who pressed is judged after: a wrong person is told so. */
  readonly buttons: { get(id: string): Promise<ButtonRow | null> };
  readonly bars: {
    /** Newest knownAt wins for each asset and day. Ordered by asset, then day. */
    all(
      source: string,
    ): Promise<{ readonly bars: readonly Bar[]; readonly actions: readonly CorporateAction[] }>;
    /** Last stored day by asset. */
    lastDays(source: string): Promise<ReadonlyMap<string, number>>;
  };
  readonly audit: {
    list(workspace: string, afterSeq: number, limit: number): Promise<readonly AuditRow[]>;
    /** Recomputes every hash. `brokenAt` is the first row that does not fit. */
    verify(
      workspace: string,
    ): Promise<{ readonly rows: number; readonly brokenAt: number | null; readonly head: string }>;
    workspaces(): Promise<readonly string[]>;
  };
  readonly inbox: {
    /** The lowest undone row of a conversation that is not parked. */
    next(conversation: string): Promise<InboxRow | null>;
    /** Conversations with undone rows: the sweeper's list. */
    waiting(): Promise<readonly string[]>;
    parked(): Promise<readonly InboxRow[]>;
    /** Whether an identity has said anything in a conversation before, that was not erased. */
    heard(source: Source): Promise<boolean>;
  };
  readonly outbox: {
    /** The oldest unsent row of a conversation whose time has come. */
    next(conversation: string, now: number): Promise<OutboxRow | null>;
    /** Conversations with unsent rows whose time has come. */
    waiting(now: number): Promise<readonly string[]>;
    /** Given up on, newest first, for those who run Keel; nothing of what was to be said. */
    parked(limit: number): Promise<
      readonly {
        readonly id: number;
        readonly platform: string;
        readonly at: number;
        readonly error: string | null;
      }[]
    >;
    /** Platform message ids under which a reply key was delivered. */
    messageIds(conversation: string, key: string): Promise<readonly string[] | null>;
  };
  /** Everything held about a person as plain JSON, for /export. */
  export(scope: Scope): Promise<Readonly<Record<string, unknown>>>;
}

/** Reads and writes inside one database transaction. Never call a broker, model or platform in here. */
export interface Tx extends Reads {
  /** Held until commit: pg_advisory_xact_lock(hashtextextended(key, 0)). */
  lock(key: string): Promise<void>;
  readonly people: Reads['people'] & {
    /** Finds or makes the person, and the installation's workspace with the first. */
    resolve(source: Source, locale: string, at: number): Promise<Person>;
    /**
     * Keeps the account with this person until commit, so that nothing is written for somebody who
     * is being forgotten. @throws Conflict when it is no longer theirs
     */
    keepIdentity(source: Source, scope: Scope): Promise<void>;
    consent(scope: Scope, disclosureVersion: string, at: number): Promise<void>;
    /** Erases what no retention rule or hold covers. @returns what was erased and what stays, in words. */
    forget(
      scope: Scope,
      at: number,
    ): Promise<{ readonly erased: readonly string[]; readonly kept: readonly string[] }>;
  };
  readonly links: LinkReads & LinkWrites;
  readonly dialogues: Reads['dialogues'] & {
    /** @throws Conflict when `readVersion` is no longer current. */
    put(scope: Scope, conversation: string, state: unknown, readVersion: number): Promise<void>;
  };
  readonly answers: Reads['answers'] & {
    put(
      scope: Scope,
      questionnaire: string,
      answers: Readonly<Record<string, string>>,
      at: number,
    ): Promise<void>;
  };
  readonly goals: Reads['goals'] & { put(scope: Scope, goal: unknown, at: number): Promise<void> };
  readonly wishes: Reads['wishes'] & {
    put(scope: Scope, wishes: unknown, at: number): Promise<void>;
  };
  readonly ledger: Reads['ledger'] & {
    /**
     * Adds entries; one already there by id is left alone.
     * @throws Conflict when `readVersion` is given and holdings have moved on
     */
    append(scope: Scope, entries: readonly LedgerEntry[], readVersion?: number): Promise<void>;
  };
  readonly recommendations: Reads['recommendations'] & {
    put(recommendation: Recommendation): Promise<void>;
  };
  readonly artifacts: Reads['artifacts'] & {
    /** Stores bytes under their hash; the same bytes twice are one row. */
    put(hash: string, body: Uint8Array): Promise<void>;
  };
  readonly proposals: Reads['proposals'] & {
    insert(proposal: Proposal): Promise<void>;
    /** Writes the next state. @throws Conflict when the stored version is not `next.version - 1`. */
    update(next: Proposal): Promise<void>;
    /** Marks every still open (proposed or approved) proposal of the person superseded. */
    supersedeOpen(scope: Scope, at: number): Promise<void>;
  };
  readonly orders: Reads['orders'] & {
    /** Written before the broker is called. An existing one by client id is left alone. */
    prepare(order: Order): Promise<void>;
    update(order: Order): Promise<void>;
    /** @returns the fills that were new. */
    addFills(scope: Scope, fills: readonly Fill[]): Promise<readonly Fill[]>;
  };
  readonly transfers: Reads['transfers'] & {
    owe(transfer: PendingTransfer): Promise<void>;
    done(id: string, at: number): Promise<void>;
  };
  readonly buttons: Reads['buttons'] & {
    put(rows: readonly ButtonRow[]): Promise<void>;
    /** Consumes an act. @returns false when it was used before: somebody else won. */
    use(id: string, by: string, at: number): Promise<boolean>;
  };
  readonly bars: Reads['bars'] & {
    /** @returns how many rows were new or restated. */
    put(
      source: string,
      knownAt: number,
      bars: readonly Bar[],
      actions: readonly CorporateAction[],
    ): Promise<number>;
  };
  readonly audit: Reads['audit'] & {
    /** Appends to the workspace's chain under its lock. The payload lands in the erasable table. */
    append(entry: {
      workspace: string;
      actor: string;
      person: string | null;
      kind: string;
      payload: unknown;
      at: number;
    }): Promise<void>;
  };
  readonly inbox: Reads['inbox'] & {
    /** @returns false when this delivery is already there. */
    insert(updateKey: string, conversation: string, event: Event, at: number): Promise<boolean>;
    /** @returns false when somebody else has done or parked it. */
    done(id: number, at: number): Promise<boolean>;
    /** @returns false when somebody else has done or parked it. */
    failed(id: number, error: string, park: boolean, at: number): Promise<boolean>;
  };
  readonly outbox: Reads['outbox'] & {
    put(
      rows: readonly {
        conversation: string;
        source: Source;
        inboxId: number | null;
        reply: Reply;
      }[],
      at: number,
    ): Promise<void>;
    /**
     * The oldest unsent row of a conversation, when its time has come and its platform is among
     * these; nobody else gets it before `until`.
     */
    claim(
      conversation: string,
      platforms: readonly string[],
      now: number,
      until: number,
    ): Promise<OutboxRow | null>;
    sent(id: number, messageIds: readonly string[], at: number): Promise<void>;
    failed(id: number, error: string, retryAt: number | null): Promise<void>;
    /** Nothing was tried in vain: the platform asked to wait. */
    postponed(id: number, why: string, until: number): Promise<void>;
  };
  readonly jobs: {
    /** Sends with the transaction: rolled back with it. Jobs with the same singletonKey coalesce. */
    send(
      name: JobName,
      data: Readonly<Record<string, string>>,
      options?: { singletonKey?: string; startAfterMs?: number },
    ): Promise<void>;
  };
}

export type JobName = 'wake' | 'deliver' | 'execute' | 'settle' | 'price-refresh';

export interface Store {
  readonly read: Reads;
  /** Commits all or nothing; retried on serialization failures, never on a Conflict. */
  transact<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Runs a job handler in this process; a throw retries it later. Handlers must be idempotent. */
  work(
    name: JobName,
    handler: (data: Readonly<Record<string, string>>) => Promise<void>,
  ): Promise<void>;
  /** Takes no more jobs and lets those under way end, within a few seconds. First step of a stop. */
  rest(): Promise<void>;
  close(): Promise<void>;
}
