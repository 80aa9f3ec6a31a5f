import { wishesFor } from '../advice/standing.ts';
import { Conflict, Refusal } from '../errors.ts';
import type { Tx } from '../store.ts';
import { type Wishes, wishesSchema } from '../wishes.ts';
import type { ActHandler, Context, Outcome } from './command.ts';
import { wishId } from './wish-id.ts';
import { keptDraft } from './wish-reply.ts';

/** Keeping, leaving, undoing and taking back what a person asked of the method. */
export const wishActs: Readonly<Record<string, ActHandler>> = {
  'wishes-keep': async (context, args) => {
    if (context.now > (context.button?.act.expiresAt ?? 0)) {
      throw new Refusal(
        'expired',
        'Prices have moved on since I worked that out; nothing was changed. Please ask again.',
      );
    }
    const stored = await context.read.wishes.current(context.person);
    if ((stored?.revision ?? 0) !== Number(args.revision)) {
      throw new Refusal(
        'stale',
        'You changed your wishes since then; nothing was changed now. Please ask again.',
      );
    }
    return change(context, wishesOf(args.wishes), String(args.key), 'Kept.');
  },
  'wishes-leave': async (context, args) => ({
    replies: [
      {
        key: context.newId(),
        replaces: String(args.key),
        visibility: 'private',
        notify: 'silent',
        blocks: [{ kind: 'text', text: 'Good. Nothing was changed.' }],
        actions: [],
      },
    ],
  }),
  'wishes-undo': async (context, args) => {
    const stored = await context.read.wishes.current(context.person);
    if (args.revision !== undefined && (stored?.revision ?? 0) !== Number(args.revision)) {
      throw new Refusal(
        'stale',
        'You changed something else since then, and undoing this now would lose it. See /limits, /views and /method.',
      );
    }
    return change(context, wishesOf(args.wishes), String(args.key), 'Undone.');
  },
  /** One wish of a list, by what it says: another one may have gone in the meantime. */
  'wishes-remove': async (context, args) => {
    const before = await wishesFor(context);
    const kind = args.list === 'views' ? 'views' : 'limits';
    const left = before[kind].filter((one) => wishId(one) !== String(args.value));
    if (left.length === before[kind].length)
      throw new Refusal('gone', 'That one is gone already; nothing was changed.');
    return change(context, { ...before, [kind]: left } as Wishes, '', 'Removed.');
  },
};

/** Stores the next wishes and says so; the advice itself waits until it is asked for. */
async function change(
  context: Context,
  next: Wishes,
  replaces: string,
  lead: string,
): Promise<Outcome> {
  const before = await wishesFor(context);
  // The store counts up by one with each change.
  const revision = ((await context.read.wishes.current(context.person))?.revision ?? 0) + 1;
  const key = context.newId();
  const text = `${lead} My next recommendation will follow it.`;
  const back = lead === 'Undone.' ? 'Put it back' : 'Undo';
  const draft = keptDraft({ key, replaces, text, before, revision, back });
  const { replaces: _, ...fresh } = draft;
  return {
    replies: [replaces === '' ? fresh : draft],
    commit: async (tx) => {
      const { workspace, person } = context.person;
      // Two chats of one person may change their wishes at once: none is lost.
      await tx.lock(`wishes:${workspace}:${person}`);
      if (((await tx.wishes.current(context.person))?.revision ?? 0) + 1 !== revision) {
        throw new Conflict('The wishes have changed since they were read.');
      }
      await keep(tx, context, next);
      return undefined;
    },
  };
}

async function keep(tx: Tx, context: Context, wishes: Wishes): Promise<void> {
  const { person, now } = context;
  await tx.wishes.put(person, wishes, now);
  await tx.audit.append({
    workspace: person.workspace,
    actor: person.person,
    person: person.person,
    kind: 'wishes',
    payload: { wishes },
    at: now,
  });
}

function wishesOf(value: unknown): Wishes {
  return wishesSchema.parse(JSON.parse(String(value)));
}
