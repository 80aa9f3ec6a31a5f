import { choice, commandChoice, privately } from '../dialogue/place.ts';
import { Refusal } from '../errors.ts';
import { formatMoment } from '../language/format.ts';
import { CODE_MINUTES, codeDigest, newCode, readCode, shownCode } from '../link-code.ts';
import type { LinkCode } from '../store.ts';
import type { Command, Context, Outcome } from './command.ts';
import { joinActs } from './link-join.ts';
import { leaveActs } from './link-leave.ts';
import { listLinked, namesOf } from './link-list.ts';
import { malformed, redeem } from './link-redeem.ts';

/** More than anybody uses; a list of them still fits every platform. */
const MOST_LINKED = 20;

const link: Command = {
  name: 'link',
  summary: 'Use one account in several chats: get a code here, type it there',
  phrases: [
    'link another chat',
    'link my accounts',
    'connect another account',
    'connect my other account',
    'use this account elsewhere',
    'merge my accounts',
  ],
  takes: 'ABCD-EFGH',
  needs: 'nothing',
  run: async (context, args) => {
    const typed = readCode(args);
    if (typed.kind === 'code') return redeem(context, typed.code);
    if (typed.kind === 'malformed') throw malformed();
    return offerCode(context);
  },
};

const links: Command = {
  name: 'links',
  summary: 'The chats that share this account, and how to unlink one',
  phrases: ['linked accounts', 'my linked chats', 'which accounts are linked', 'linked chats'],
  needs: 'nothing',
  run: listLinked,
};

const unlink: Command = {
  name: 'unlink',
  summary: 'Take a chat off this account',
  phrases: ['unlink', 'unlink a chat', 'disconnect an account', 'remove a linked chat'],
  needs: 'nothing',
  run: listLinked,
};

/** One account on many platforms. */
export const linkCommands: readonly Command[] = [link, links, unlink];

export const linkActs = { ...joinActs, ...leaveActs };

/** Shows a fresh code; an earlier one ends with it. */
async function offerCode(context: Context): Promise<Outcome> {
  if (context.event.surface !== 'direct') {
    throw new Refusal(
      'group',
      'I give codes in a direct chat only, where nobody else can read them. Write to me there and type /link.',
    );
  }
  const linked = await context.read.links.of(context.person);
  if (linked.length >= MOST_LINKED) {
    throw new Refusal(
      'many',
      `${MOST_LINKED} chats share this account already. Type /unlink to take one off first.`,
    );
  }
  const { person, now } = context;
  const [code, key] = [newCode(context.newId()), context.newId()];
  const stored: LinkCode = {
    ...{ workspace: person.workspace, person: person.person },
    digest: codeDigest(context, code),
    source: context.event.source,
    messageKey: key,
    createdAt: now,
    expiresAt: now + CODE_MINUTES * 60_000,
    usedAt: null,
  };
  return {
    replies: [codeReply(key, code, stored.expiresAt, namesOf(context, linked))],
    commit: async (tx) => {
      await tx.links.putCode(stored);
      await tx.audit.append({
        ...{ workspace: person.workspace, actor: person.person, person: person.person },
        ...{ kind: 'link-code', payload: { expiresAt: stored.expiresAt }, at: now },
      });
      return undefined;
    },
  };
}

function codeReply(key: string, code: string, expiresAt: number, linked: readonly string[]) {
  const shown = shownCode(code);
  return privately(
    { key },
    [
      { kind: 'text', style: 'title', text: 'Link another chat' },
      {
        kind: 'text',
        text: `Open your other chat with me, on any platform, and type there:\n**/link ${shown}**\nWhere that is not taken, type it without the slash.`,
      },
      {
        kind: 'facts',
        facts: [
          { label: 'Your code', value: shown },
          { label: 'Works once, until', value: formatMoment(expiresAt) },
          ...(linked.length > 1 ? [{ label: 'Linked now', value: linked.join(', ') }] : []),
        ],
      },
      {
        kind: 'notice',
        tone: 'warning',
        text: 'Give this code to nobody: whoever types it sees and steers your account. Nobody who runs me will ever ask for it.',
      },
    ],
    [
      ...(linked.length > 1 ? [commandChoice('Linked chats', 'links')] : []),
      choice('I need no code', { name: 'link-cancel', args: { key } }),
    ],
  );
}
