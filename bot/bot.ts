import type { AnswerPorts } from './answer.ts';
import { answer, begunAgain, MOST_BEGUN } from './answer.ts';
import { verifyButton } from './button.ts';
import { offeredToAll } from './commands/command.ts';
import { checkForm, forms } from './dialogue/form-table.ts';
import type { FieldErrors, Form, FormName } from './dialogue/forms.ts';
import type { Event, Source } from './event.ts';
import { conversationKey } from './event.ts';
import { inLanes } from './in-lanes.ts';
import { inTurn } from './in-turn.ts';
import { receive } from './inbox.ts';
import { createOutbox } from './outbox.ts';
import type { ChatAdapter } from './ports.ts';
import type { ButtonRow, InboxRow, Person } from './store.ts';
import { suggestAssets } from './suggest.ts';

export interface BotPorts extends Omit<AnswerPorts, 'committed'> {
  readonly adapters: readonly ChatAdapter[];
}

/** Conversations that one sweep answers at once. */
const LANES = 4;

/**
 * The conversation, complete: events go in through `receive`, replies go out through the adapters.
 * Forms are opened and checked without the inbox, because platforms want that in their first
 * response.
 */
export function createBot(ports: BotPorts) {
  const { store, clock, log } = ports;
  const adapters = new Map(ports.adapters.map((adapter) => [adapter.platform, adapter]));
  const offered = offeredToAll(ports.abilities.commands);
  const outbox = createOutbox(store, adapters, clock, log);
  const running = new Set<Promise<unknown>>();
  const turn = inTurn();
  const swept = new Set<string>();
  const bornAt = clock.now();
  const inherited = new Set<number>();

  function background(work: Promise<unknown>): void {
    const watched = work
      .catch((error: unknown) => log.error({ error: String(error) }, 'left to the job queue'))
      .finally(() => running.delete(watched));
    running.add(watched);
  }

  const answering: AnswerPorts = {
    ...ports,
    committed: (conversation) => background(outbox.deliver(conversation)),
  };

  async function run(conversation: string): Promise<void> {
    for (;;) {
      const row = (await store.read.inbox.next(conversation)) ?? (await lastLook(conversation));
      if (row === null) return;
      showTyping(row.event.source);
      await answer(answering, await counted(row));
    }
  }

  /** What was received before this process began is counted once more, once. */
  async function counted(row: InboxRow): Promise<InboxRow> {
    if (row.receivedAt >= bornAt || inherited.has(row.id)) return row;
    inherited.add(row.id);
    return row.attempts >= MOST_BEGUN ? row : begunAgain(answering, row);
  }

  /**
   * What is being received this moment: its wake may have coalesced into the job that runs this, so
   * its transaction is waited for.
   */
  async function lastLook(conversation: string): Promise<InboxRow | null> {
    return store.transact(async (tx) => {
      await tx.lock(conversation);
      return tx.inbox.next(conversation);
    });
  }

  function showTyping(source: Source): void {
    try {
      adapters.get(source.platform)?.typing(source);
    } catch (error) {
      log.warn({ platform: source.platform, error: String(error) }, 'typing was not shown');
    }
  }

  /** Answers everything a conversation has waiting, one event after the other. */
  const drain = (conversation: string) => turn(conversation, () => run(conversation));

  async function formButton(token: string, source: Source): Promise<ButtonRow | string> {
    const id = verifyButton(ports.buttonKey, token);
    const button = id === null ? null : await store.read.buttons.get(id);
    if (button === null || button.kind !== 'form' || button.form === null) {
      return 'I do not recognise that button. Type /help to see what I can do.';
    }
    const person = await store.read.people.byIdentity(source);
    if (person?.person !== button.person || person.workspace !== button.workspace) {
      if (person !== null) background(noteForeign(person));
      return 'That button belongs to someone else; only they can press it.';
    }
    return button;
  }

  /** A refused form leaves the same line in the record as a refused button. */
  async function noteForeign({ workspace, person }: Person): Promise<void> {
    const payload = { form: true, why: 'foreign-button' };
    const line = { workspace, actor: person, person, kind: 'button-refused', payload };
    await store.transact((tx) => tx.audit.append({ ...line, at: clock.now() }));
  }

  return {
    /**
     * Stores a delivery durably, then answers it without making the caller wait.
     * @returns false when it had been stored before
     * @throws what the store throws; then nothing was stored and the platform must send it again
     */
    async receive(event: Event): Promise<boolean> {
      const fresh = await receive(store, event, clock.now());
      background(drain(conversationKey(event.source)));
      return fresh;
    },

    /** The form behind a button, for the platform's first response. */
    async openForm(
      token: string,
      source: Source,
    ): Promise<{ form: Form; initial: Readonly<Record<string, string>> } | { refused: string }> {
      const button = await formButton(token, source);
      if (typeof button === 'string') return { refused: button };
      return { form: forms[button.form as FormName], initial: button.initial ?? {} };
    },

    /** Field errors of a submission; only one without any becomes an event. */
    async checkForm(
      token: string,
      source: Source,
      values: Readonly<Record<string, string>>,
      locale = 'en',
    ): Promise<{ errors: FieldErrors } | { refused: string }> {
      const button = await formButton(token, source);
      if (typeof button === 'string') return { refused: button };
      const at = { now: clock.now(), locale };
      return { errors: checkForm(button.form as FormName, values, at) };
    },

    heard: (source: Source) => store.read.inbox.heard(source),

    commands: offered.map(({ name, summary, takes, namesAssets }) => ({
      name,
      summary,
      ...(takes === undefined ? {} : { takes }),
      ...(namesAssets === true ? { namesAssets } : {}),
    })),

    suggest(command: string, typed: string) {
      const found = offered.find(({ name }) => name === command);
      return found?.namesAssets ? suggestAssets(typed) : [];
    },

    drain,
    deliver: outbox.deliver,

    /** Takes up what a crash or another process left: the safety net behind jobs and notifications. */
    sweep(): Promise<void> {
      const sweeping = sweep();
      background(sweeping);
      return sweeping;
    },

    /** Waits until what is under way has come to an end. */
    async idle(): Promise<void> {
      while (running.size > 0) await Promise.all(running);
    },
  };

  async function sweep(): Promise<void> {
    const waiting = await store.read.inbox.waiting();
    // One that an earlier sweep is still at keeps no later one from the others.
    const fresh = waiting.filter((conversation) => !swept.has(conversation));
    const inbox = inLanes(fresh, LANES, async (conversation) => {
      swept.add(conversation);
      await drain(conversation)
        .catch((error: unknown) => log.error({ error: String(error) }, 'sweep: left for later'))
        .finally(() => swept.delete(conversation));
    });
    await Promise.all([inbox, outbox.sweep()]);
  }
}

export type Bot = ReturnType<typeof createBot>;
