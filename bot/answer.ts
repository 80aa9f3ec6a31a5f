import { keyedHash, seal } from './button.ts';
import type { Context } from './commands/command.ts';
import {
  carriedOver,
  type DialogueState,
  dialogueKey,
  dialogueStateSchema,
  shownIn,
} from './dialogue/state.ts';
import type { Abilities } from './dispatch.ts';
import { dispatch } from './dispatch.ts';
import { errorReply, parkedReply } from './error-reply.ts';
import { Conflict, Refusal } from './errors.ts';
import { conversationKey, type Event } from './event.ts';
import { insteadOfPage, refreshHomes } from './home.ts';
import { createInterim } from './interim.ts';
import { owe } from './owe.ts';
import type { Clock, Compute, Logger, MarketView, Random } from './ports.ts';
import { alreadyDone, pressedButton } from './pressed.ts';
import type { Draft } from './reply.ts';
import type { ButtonRow, InboxRow, Person, Scope, Store, Tx } from './store.ts';

export interface AnswerPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly market: { view(): Promise<MarketView> };
  readonly compute: Compute;
  readonly log: Logger;
  readonly buttonKey: Uint8Array;
  readonly abilities: Abilities;
  /** Called after a commit that has put something in a conversation's outbox. */
  readonly committed: (conversation: string) => void;
}

/** Fresh reads are tried this often when what a handler read has moved on. */
const MOST_CONFLICTS = 5;
/** A fault is retried this often, then the event is parked and the person told. */
const MOST_FAULTS = 3;
/** Begun this often and never ended: it is the event that ends the process. */
export const MOST_BEGUN = 5;

/** Another worker has brought this event to its end first; nothing of ours counts. */
class AlreadyAnswered extends Error {}

/**
 * Handles one stored event to its final state: computes outside any transaction, then commits its
 * effects, replies and completion together. Returns when the event is done, by us or by another.
 *
 * @throws what the store throws, and faults below the parking limit: the event stays and is tried again
 */
export async function answer(ports: AnswerPorts, row: InboxRow): Promise<void> {
  if (row.event.source.identity === '') return note(ports, row);
  if (row.attempts >= MOST_BEGUN) {
    const person = await resolve(ports, row.event);
    return fault(ports, row, person, new Error(`Begun ${row.attempts} times and never ended.`));
  }
  for (let conflicts = 0; ; conflicts++) {
    let person: Person | null = null;
    try {
      person = await resolve(ports, row.event);
      await attempt(ports, row, person);
    } catch (error) {
      if (error instanceof AlreadyAnswered) return;
      if (error instanceof Conflict && conflicts < MOST_CONFLICTS) continue;
      const expected = errorReply(error, `e${row.id}`);
      if (expected === null || person === null) return fault(ports, row, person, error);
      const replies = insteadOfPage(row.event, expected.replies);
      await refuse(ports, row, person, error, replies);
    }
    ports.committed(row.conversation);
    return;
  }
}

/**
 * Counts that an event is begun again which an earlier life of this process, or another process, did
 * not bring to its end: it may be what ended it.
 */
export async function begunAgain(
  { store, clock }: Pick<AnswerPorts, 'store' | 'clock'>,
  row: InboxRow,
): Promise<InboxRow> {
  const why = 'Left unfinished when its process ended.';
  await store.transact((tx) => tx.inbox.failed(row.id, why, false, clock.now()));
  return { ...row, attempts: row.attempts + 1 };
}

/** What a platform tells without a person behind it has nobody to answer. */
async function note({ store, clock }: AnswerPorts, row: InboxRow): Promise<void> {
  await store.transact(async (tx) => {
    await tx.lock(row.conversation);
    await tx.inbox.done(row.id, clock.now());
  });
}

async function attempt(ports: AnswerPorts, row: InboxRow, person: Person): Promise<void> {
  const button = await pressedButton(ports, row, person);
  const key = dialogueKey(row.event, row.conversation);
  const saved = await ports.store.read.dialogues.get(person, key);
  const dialogue = readDialogue(ports, row, saved.state);
  const interim = createInterim(
    (draft) => sendInterim(ports, row, person, draft),
    (error) => ports.log.warn({ inbox: row.id, error: String(error) }, 'progress was not sent'),
  );
  const context = contextOf(ports, row, person, button, dialogue, interim.progress);
  const outcome = await dispatch(ports.abilities, context).finally(interim.end);
  const elsewhere = outcome.elsewhere ?? [];
  await ports.store.transact(async (tx) => {
    await tx.lock(row.conversation);
    await tx.people.keepIdentity(row.event.source, person);
    if (button?.act.once && !(await tx.buttons.use(button.id, person.person, ports.clock.now()))) {
      throw alreadyDone(button);
    }
    const replies = (await outcome.commit?.(tx)) ?? outcome.replies;
    const speaker = outcome.sealedFor ?? person;
    if (outcome.dialogue !== undefined) {
      const next = carriedOver(dialogue, shownIn(outcome.dialogue, row.conversation));
      await tx.dialogues.put(person, key, next, saved.version);
    }
    await finish(ports, tx, row, speaker, replies);
    if (outcome.commit !== undefined) {
      const { locale } = row.event;
      await refreshHomes(tx, speaker, { id: `e${row.id}`, locale, at: ports.clock.now() });
    }
    for (const { source, scope, draft, farewell } of elsewhere) {
      const inboxId = farewell ? row.id : null;
      const place = { conversation: conversationKey(source), source, inboxId };
      await sayAt(ports, tx, place, scope, [draft]);
    }
  });
  for (const { source } of elsewhere) ports.committed(conversationKey(source));
}

/** A state that an earlier version wrote and this one cannot read is no reason to fall silent. */
function readDialogue({ log }: AnswerPorts, row: InboxRow, state: unknown): DialogueState | null {
  if (state === null) return null;
  const read = dialogueStateSchema.safeParse(state);
  if (read.success) return read.data;
  log.error({ inbox: row.id, error: read.error.message }, 'unreadable dialogue put aside');
  return null;
}

async function refuse(
  ports: AnswerPorts,
  row: InboxRow,
  person: Person,
  error: unknown,
  replies: readonly Draft[],
): Promise<void> {
  await ports.store
    .transact(async (tx) => {
      await tx.lock(row.conversation);
      if (error instanceof Refusal && error.code === 'foreign-button') {
        await tx.audit.append({
          workspace: person.workspace,
          actor: person.person,
          person: person.person,
          kind: 'button-refused',
          payload: { inbox: row.id, why: error.code },
          at: ports.clock.now(),
        });
      }
      await finish(ports, tx, row, person, replies);
    })
    .catch((failure: unknown) => {
      if (!(failure instanceof AlreadyAnswered)) throw failure;
    });
}

async function fault(
  ports: AnswerPorts,
  row: InboxRow,
  person: Person | null,
  error: unknown,
): Promise<void> {
  const park = row.attempts + 1 >= MOST_FAULTS;
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  ports.log.error({ inbox: row.id, attempts: row.attempts + 1, park, error: told }, 'event failed');
  const counted = await ports.store.transact(async (tx) => {
    if (!(await tx.inbox.failed(row.id, told, park, ports.clock.now()))) return false;
    if (park && person !== null) {
      const parked = insteadOfPage(row.event, [parkedReply(`e${row.id}`, row.id)]);
      await say(ports, tx, row, person, parked);
    }
    return true;
  });
  // Another worker has brought it to its end meanwhile.
  if (!counted) return;
  if (!park) throw error;
  ports.committed(row.conversation);
}

async function resolve({ store, clock }: AnswerPorts, event: Event): Promise<Person> {
  const known = await store.read.people.byIdentity(event.source);
  if (known !== null) return known;
  return store.transact((tx) => tx.people.resolve(event.source, event.locale, clock.now()));
}

function contextOf(
  ports: AnswerPorts,
  row: InboxRow,
  person: Person,
  button: ButtonRow | null,
  dialogue: DialogueState | null,
  progress: Context['progress'],
): Context {
  const { store, clock, random } = ports;
  let view: Promise<MarketView> | null = null;
  return {
    event: row.event,
    person,
    conversation: row.conversation,
    now: clock.now(),
    read: store.read,
    market: () => {
      view ??= ports.market.view();
      return view;
    },
    compute: ports.compute,
    newId: () => Buffer.from(random.bytes(16)).toString('hex'),
    keyedHash: (text) => keyedHash(ports.buttonKey, text),
    dialogue,
    button,
    progress,
  };
}

async function sendInterim(
  ports: AnswerPorts,
  row: InboxRow,
  person: Person,
  draft: Draft,
): Promise<void> {
  await ports.store.transact((tx) => say(ports, tx, row, person, [draft]));
  ports.committed(row.conversation);
}

async function finish(
  ports: AnswerPorts,
  tx: Tx,
  row: InboxRow,
  person: Scope,
  replies: readonly Draft[],
): Promise<void> {
  if (!(await tx.inbox.done(row.id, ports.clock.now()))) throw new AlreadyAnswered();
  await say(ports, tx, row, person, replies);
}

async function say(
  ports: AnswerPorts,
  tx: Tx,
  row: InboxRow,
  person: Scope,
  drafts: readonly Draft[],
): Promise<void> {
  const { conversation, event, id } = row;
  return sayAt(ports, tx, { conversation, source: event.source, inboxId: id }, person, drafts);
}

async function sayAt(
  ports: AnswerPorts,
  tx: Tx,
  place: Parameters<typeof owe>[1],
  scope: Scope,
  drafts: readonly Draft[],
): Promise<void> {
  if (drafts.length === 0) return;
  const { conversation } = place;
  const sealed = drafts.map((draft) =>
    seal(draft, { scope, conversation }, ports.buttonKey, ports.random),
  );
  await tx.buttons.put(sealed.flatMap((each) => each.rows));
  const replies = sealed.map(({ reply }) => reply);
  await owe(tx, place, replies, ports.clock.now());
}
