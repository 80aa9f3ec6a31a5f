import type { Entity } from './entities.ts';

export interface FakeButton {
  readonly text: string;
  readonly callback_data?: string;
  readonly url?: string;
  readonly style?: string;
}

/** A message as the fake keeps it, from the bot or a person. */
export interface FakeMessage {
  readonly id: number;
  readonly chat: number;
  readonly topic?: number;
  /** null is the bot. */
  readonly from: number | null;
  readonly at: number;
  readonly kind: 'text' | 'photo' | 'document';
  /** Text or caption, without tags. */
  readonly text: string;
  readonly entities: readonly Entity[];
  readonly captionAbove?: boolean;
  readonly file?: { readonly name: string; readonly bytes: Uint8Array };
  readonly keyboard: readonly (readonly FakeButton[])[];
  readonly silent: boolean;
  /** Rises with every change in the world. */
  readonly change: number;
}

export interface FakeChat {
  readonly id: number;
  readonly type: 'private' | 'group' | 'supergroup';
  /** In a private chat: the person has pressed Start and has not blocked the bot. */
  open: boolean;
  readonly messages: Map<number, FakeMessage>;
}

export interface FakeUser {
  readonly id: number;
  readonly language_code?: string;
}

export type FakeUpdate = { readonly update_id: number } & Readonly<Record<string, unknown>>;

/** Everything Telegram would remember about one bot. */
export function createWorld(now: () => number) {
  const chats = new Map<number, FakeChat>();
  const users = new Map<number, FakeUser>();
  const files = new Map<string, Uint8Array>();
  let lastMessage = 100;
  let lastUpdate = 1_000;
  let changes = 0;

  const world = {
    token: '7000001:FAKE-token_for-tests_0123456789abcdef',
    self: { id: 7_000_001, is_bot: true, first_name: 'Keel', username: 'keel_test_bot' },
    revoked: false,
    webhook: { url: '', secret: '' },
    commands: [] as unknown[],
    updates: [] as FakeUpdate[],
    /** Handed out once more whatever was confirmed. */
    again: [] as FakeUpdate[],
    /** Answers to pressed buttons. */
    answers: [] as { readonly query: string; readonly text: string }[],
    /** What a strict server found wrong; tests want it empty. */
    violations: [] as string[],
    /** Every accepted send, in order: what a person's phone would have got. */
    sent: [] as { readonly chat: number; readonly text: string; readonly hidden: boolean }[],
    chats,
    users,
    files,
    now,
    changes: () => changes,
    chat(id: number, type: FakeChat['type'] = id < 0 ? 'supergroup' : 'private'): FakeChat {
      const known = chats.get(id);
      if (known) return known;
      const made: FakeChat = { id, type, open: false, messages: new Map() };
      chats.set(id, made);
      return made;
    },
    put(message: Omit<FakeMessage, 'id' | 'at' | 'change'> & { id?: number }): FakeMessage {
      changes += 1;
      const old =
        message.id === undefined ? undefined : chats.get(message.chat)?.messages.get(message.id);
      const id = message.id ?? ++lastMessage;
      const kept = { ...message, id, at: old?.at ?? now(), change: changes };
      world.chat(message.chat).messages.set(id, kept);
      return kept;
    },
    remove(message: FakeMessage): void {
      changes += 1;
      chats.get(message.chat)?.messages.delete(message.id);
    },
    nextUpdate(body: Readonly<Record<string, unknown>>): FakeUpdate {
      lastUpdate += 1;
      return { update_id: lastUpdate, ...body };
    },
  };
  return world;
}

export type World = ReturnType<typeof createWorld>;
