import { lockTrading } from '../advice/trading-lock.ts';
import { choice, commandChoice, privately } from '../dialogue/place.ts';
import { dialogueKey, dialogueStateSchema } from '../dialogue/state.ts';
import { Conflict, Refusal } from '../errors.ts';
import { formatMoment, MS_PER_DAY } from '../language/format.ts';
import { accountWords, platformName } from '../link-words.ts';
import type { Act, Draft } from '../reply.ts';
import type { LinkCode, Scope, Tx } from '../store.ts';
import type { ActHandler, Context, Outcome, Told } from './command.ts';
import { refOf } from './link-list.ts';
import { refuseToMove } from './link-redeem.ts';

/** How long who asked for the code can take the new chat off again by the button of its notice. */
const NOTICE_DAYS = 30;

export const joinActs: Readonly<Record<'link-join' | 'link-stop' | 'link-cancel', ActHandler>> = {
  'link-join': join,
  'link-stop': async (context, args) => ({
    replies: [settled(context, args, 'Good. Nothing was linked. Type /link whenever you like.')],
  }),
  'link-cancel': async (context, args) => ({
    replies: [settled(context, args, 'Good. That code no longer works; type /link for a new one.')],
    commit: async (tx) => {
      await tx.links.endCodes(context.person, context.now);
      return undefined;
    },
  }),
};

function settled(context: Context, args: Act['args'], text: string): Draft {
  const place = { key: context.newId(), replaces: String(args.key) };
  return { ...privately(place, [{ kind: 'text', text }]), notify: 'silent' };
}

/** The confirmed code: this identity becomes the account's, in one transaction with both audits. */
async function join(context: Context, args: Act['args']): Promise<Outcome> {
  const { read, person, now, event } = context;
  const code = await read.links.code(String(args.code));
  if (code === null || now > code.expiresAt) {
    throw new Refusal(
      'expired',
      'That code has expired; nothing was linked. Type /link in your other chat for a new one.',
    );
  }
  if (code.usedAt !== null) throw used();
  const account = accountWords(await read.links.origin(code), 'the');
  const target: Scope = { workspace: code.workspace, person: code.person };
  const stored = await read.dialogues.get(target, dialogueKey({ surface: 'direct' }, ''));
  const open = dialogueStateSchema.safeParse(stored.state).data;
  const way =
    open?.kind === 'questionnaire'
      ? commandChoice('Go on with the questions', 'profile', 'primary')
      : commandChoice('Where do I stand?', 'start', 'primary');
  return {
    replies: [
      privately(
        { key: context.newId(), replaces: String(args.key) },
        [
          { kind: 'text', style: 'title', text: 'Linked' },
          {
            kind: 'text',
            text: `This chat is now part of ${account}. What you do here counts there, and the other way round. Buttons of older messages in this chat no longer work.`,
          },
        ],
        [way, commandChoice('Linked chats', 'links')],
      ),
    ],
    sealedFor: target,
    elsewhere: [codeUsed(code), newcomerNotice(context, code)],
    commit: async (tx) => {
      await tx.links.hold([event.source, code.source]);
      for (const scope of inOrder(person, target)) await lockTrading(tx, scope);
      await refuseToMove(context, tx);
      const current = await tx.links.code(code.digest);
      if (current === null || current.usedAt !== null) throw used();
      if (!(await tx.links.useCode(code.digest, now))) throw new Conflict('The code has ended.');
      await tx.proposals.supersedeOpen(person, now);
      await tx.links.join(event.source, person, code, now);
      await record(tx, context, target);
      return undefined;
    },
  };
}

function used(): Refusal {
  return new Refusal(
    'used',
    'That code has been used already, so nothing was linked now. Type /link in your other chat for a new one.',
  );
}

function inOrder(...scopes: readonly Scope[]): readonly Scope[] {
  const name = ({ workspace, person }: Scope) => `${workspace}:${person}`;
  return [...scopes].sort((a, b) => (name(a) < name(b) ? -1 : 1));
}

/** In both records, in the order of their names: two that link across never wait for each other. */
async function record(tx: Tx, { person, event, now }: Context, target: Scope): Promise<void> {
  for (const scope of inOrder(person, target)) {
    const kind = scope.person === target.person ? 'linked' : 'put-aside';
    await tx.audit.append({
      ...{ workspace: scope.workspace, actor: person.person, person: scope.person },
      ...{ kind, payload: { platform: event.source.platform }, at: now },
    });
  }
}

function codeUsed({ source, messageKey, workspace, person }: LinkCode): Told {
  const place = { key: messageKey, replaces: messageKey };
  const text =
    'The code that stood here has been used. Type /links to see what shares your account.';
  const draft = privately(place, [{ kind: 'text', style: 'small', text }]);
  return { source, scope: { workspace, person }, draft: { ...draft, notify: 'silent' } };
}

function newcomerNotice(context: Context, { source, workspace, person }: LinkCode): Told {
  const { now, event } = context;
  const name = platformName(event.source.platform);
  return {
    source,
    scope: { workspace, person },
    draft: privately(
      { key: context.newId() },
      [
        { kind: 'text', style: 'title', text: `A chat was linked: ${name}` },
        {
          kind: 'text',
          text: `It joined this account on ${formatMoment(now)}, with the code you asked for here, and sees and does everything you can. If that was not you, unlink it now.`,
        },
      ],
      [
        choice(
          'Unlink it',
          {
            name: 'unlink',
            args: { ref: refOf(context, event.source) },
            once: true,
            expiresAt: now + NOTICE_DAYS * MS_PER_DAY,
          },
          'danger',
        ),
        commandChoice('Linked chats', 'links'),
      ],
    ),
  };
}
