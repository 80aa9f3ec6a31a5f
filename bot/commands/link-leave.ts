import { lockTrading } from '../advice/trading-lock.ts';
import { choice, commandChoice, privately } from '../dialogue/place.ts';
import { Refusal } from '../errors.ts';
import type { Source } from '../event.ts';
import { refreshHomes } from '../home.ts';
import { formatMoment } from '../language/format.ts';
import { accountWords } from '../link-words.ts';
import type { Act } from '../reply.ts';
import type { LinkedIdentity, Scope } from '../store.ts';
import type { ActHandler, Context, Outcome, Told } from './command.ts';
import { isHere, namesOf, refOf } from './link-list.ts';

const FIFTEEN_MINUTES = 15 * 60_000;

export const leaveActs: Readonly<Record<'unlink-ask' | 'unlink' | 'unlink-keep', ActHandler>> = {
  'unlink-ask': async (context, args) => {
    const { one, name } = await found(context, String(args.value));
    const key = context.newId();
    const after =
      one.home === null
        ? 'It began this account; from then on it has one of its own, in which nothing is known yet.'
        : 'It gets back what it had before it joined.';
    const text = `From that moment it sees nothing of this account, and its buttons stop working. ${after} Nothing of this account is lost.`;
    return {
      replies: [
        privately(
          { key },
          [
            { kind: 'text', style: 'title', text: `Unlink ${name}?` },
            { kind: 'text', text },
          ],
          [
            choice(
              'Unlink it',
              {
                name: 'unlink',
                args: { ref: String(args.value), key },
                once: true,
                expiresAt: context.now + FIFTEEN_MINUTES,
              },
              'danger',
            ),
            choice('Keep it', { name: 'unlink-keep', args: { key } }),
          ],
        ),
      ],
    };
  },
  unlink: leave,
  'unlink-keep': async (context, args) => ({
    replies: [
      {
        ...privately({ key: context.newId(), replaces: String(args.key) }, [
          { kind: 'text', text: 'Good. It stays linked; /links shows all of them.' },
        ]),
        notify: 'silent',
      },
    ],
  }),
};

interface Found {
  readonly one: LinkedIdentity;
  readonly name: string;
  readonly others: readonly LinkedIdentity[];
}

async function found(context: Context, ref: string): Promise<Found> {
  const linked = await context.read.links.of(context.person);
  const at = linked.findIndex((one) => refOf(context, one) === ref);
  if (at < 0) {
    throw new Refusal(
      'gone',
      'That chat no longer shares this account, so there was nothing to unlink. Type /links to see those that do.',
    );
  }
  if (linked.length < 2) throw last();
  const others = linked.filter((_, index) => index !== at);
  return { one: linked[at], name: namesOf(context, linked)[at], others };
}

function last(): Refusal {
  return new Refusal(
    'last',
    'That is the only chat left of this account, so it cannot be unlinked: nobody could reach the account any more. To erase the account, type /forget.',
  );
}

async function leave(context: Context, args: Act['args']): Promise<Outcome> {
  const { person, now, button, read, event } = context;
  if (now > (button?.act.expiresAt ?? 0)) {
    throw new Refusal('expired', 'That button has expired; nothing was unlinked. Type /links.');
  }
  const { one, name, others } = await found(context, String(args.ref));
  const account = accountWords(await read.links.origin(person), 'the');
  const key = String(args.key ?? button?.messageKey ?? context.newId());
  const own = isHere(context, one);
  const text = own
    ? `${goodbye(account, one)} Type /help to see what I can do.`
    : `${name} no longer shares this account, and its buttons have stopped working.`;
  const successor = own
    ? sourceOf(others.find(({ conversation }) => conversation !== null))
    : event.source;
  const elsewhere: Told[] = [];
  const page = context.newId();
  return {
    replies: [
      privately(
        { key: context.newId(), replaces: key },
        [
          { kind: 'text', style: 'title', text: 'Unlinked' },
          { kind: 'text', text },
        ],
        own ? [] : [commandChoice('Linked chats', 'links')],
      ),
    ],
    elsewhere,
    commit: async (tx) => {
      await tx.links.hold([one]);
      await lockTrading(tx, person);
      // Two that unlink each other at once leave one.
      const linked = await tx.links.of(person);
      if (linked.length < 2) throw last();
      const home = await tx.links.leave(one, person, successor, now);
      for (const scope of [person, home].sort((a, b) => (a.workspace < b.workspace ? -1 : 1))) {
        await tx.audit.append({
          ...{ workspace: scope.workspace, actor: person.person, person: scope.person },
          ...{ kind: 'unlinked', payload: { platform: one.platform }, at: now },
        });
      }
      // What its home page shows is no longer its business.
      await refreshHomes(tx, home, { id: page, locale: event.locale, at: now });
      // Whatever a transaction that had to run again has written down before.
      elsewhere.splice(
        0,
        elsewhere.length,
        ...notices(context, { one, name, others }, home, account),
      );
      return undefined;
    },
  };
}

function goodbye(account: string, { home }: LinkedIdentity): string {
  const after =
    home === null
      ? 'It now has an account of its own, in which nothing is known yet.'
      : 'What I knew from this chat before is back.';
  return `This chat no longer shares ${account}. ${after}`;
}

/** Who was unlinked is told, and when they did it themselves, those who stay. */
function notices(
  context: Context,
  { one, name, others }: Found,
  home: Scope,
  account: string,
): readonly Told[] {
  const told = (to: LinkedIdentity, scope: Scope, text: string, command: string, label: string) =>
    to.conversation === null
      ? []
      : [
          {
            source: sourceOf(to),
            scope: { workspace: scope.workspace, person: scope.person },
            draft: privately(
              { key: context.newId() },
              [{ kind: 'text', text }],
              [commandChoice(label, command)],
            ),
          },
        ];
  if (!isHere(context, one)) {
    return told(one, home, goodbye(account, one), 'help', 'What can you do?');
  }
  const plain = name.replace(' (this chat)', '');
  const text = `${plain} was unlinked from this account on ${formatMoment(context.now)}, from there.`;
  return others.flatMap((each) => told(each, context.person, text, 'links', 'Linked chats'));
}

/** The direct chat of an identity; nowhere when none is known. */
function sourceOf(one: LinkedIdentity | undefined): Source {
  const { platform, installation, identity, conversation } = one ?? nobody;
  return { platform, installation, identity, conversation: conversation ?? 'forgotten' };
}

const nobody = {
  platform: 'forgotten',
  installation: 'forgotten',
  identity: '',
  conversation: 'forgotten',
};
