import { isFinal, isOpen } from '../advice/proposal.ts';
import { lockTrading } from '../advice/trading-lock.ts';
import { Refusal } from '../errors.ts';
import { emptiedHome, standingHomes } from '../home.ts';
import { formatList } from '../language/format.ts';
import type { Draft } from '../reply.ts';
import type { Reads, Scope } from '../store.ts';
import type { ActHandler, Command, Told } from './command.ts';
import { namesOf } from './link-list.ts';

const FIFTEEN_MINUTES = 15 * 60_000;

/** Asks before erasing: the button is single use and expires. */
export const forget: Command = {
  name: 'forget',
  summary: 'Erase what I hold about you',
  phrases: ['forget me', 'delete my data', 'erase my data', 'delete my account'],
  needs: 'nothing',
  run: async (context) => {
    const key = context.newId();
    const linked = await context.read.links.of(context.person);
    return {
      replies: [
        {
          key,
          visibility: 'private',
          notify: 'normal',
          blocks: [
            { kind: 'text', style: 'title', text: 'Erase your data?' },
            ...allOf(namesOf(context, linked)),
            {
              kind: 'text',
              text: 'I will erase your answers, your goal, your own limits and views, this conversation and the link to your account. What I advised and what was traded must be kept as a record; it stays under a pseudonym. This cannot be undone. You may want /export first.',
            },
          ],
          actions: [
            {
              kind: 'choice',
              label: 'Yes, erase it',
              style: 'danger',
              do: {
                name: 'forget',
                args: { key },
                once: true,
                expiresAt: context.now + FIFTEEN_MINUTES,
              },
            },
            { kind: 'choice', label: 'Keep it', do: { name: 'keep', args: { key } } },
          ],
        },
      ],
    };
  },
};

/** Everything that shares the account goes with it. */
function allOf(names: readonly string[]): Draft['blocks'] {
  if (names.length < 2) return [];
  const text = `${names.length} chats share your account: ${formatList(names)}. All of them are erased and unlinked, with what was put aside when they joined. To keep one, unlink it first with /unlink.`;
  return [{ kind: 'notice', tone: 'warning', text }];
}

const erase: ActHandler = async (context, args) => {
  const expiresAt = context.button?.act.expiresAt ?? 0;
  if (context.now > expiresAt) {
    throw new Refusal(
      'expired',
      'That button has expired; nothing was erased. Type /forget again.',
    );
  }
  await refuseWhileTrading(context.read, context.person);
  const elsewhere: Told[] = [];
  return {
    replies: [],
    elsewhere,
    commit: async (tx) => {
      await lockTrading(tx, context.person);
      await refuseWhileTrading(tx, context.person);
      const homes = await standingHomes(tx, context.person);
      const farewells = homes.map(
        (source): Told => ({ source, scope: context.person, draft: emptiedHome, farewell: true }),
      );
      // Whatever a transaction that had to run again has written down before.
      elsewhere.splice(0, elsewhere.length, ...farewells);
      const aside = (await tx.links.of(context.person)).flatMap(({ home }) => home ?? []);
      for (const { workspace, person } of [context.person, ...aside]) {
        const actor = context.person.person;
        await tx.audit.append({
          ...{ workspace, actor, person, kind: 'forget', payload: {}, at: context.now },
        });
      }
      const { erased, kept } = await tx.people.forget(context.person, context.now);
      const list = (items: readonly string[]) => items.map((item) => `• ${item}`).join('\n');
      return [
        {
          key: context.newId(),
          replaces: String(args.key),
          visibility: 'private',
          notify: 'normal',
          blocks: [
            { kind: 'text', style: 'title', text: 'Done' },
            { kind: 'text', text: `Erased:\n${list(erased)}` },
            ...(kept.length > 0
              ? [
                  {
                    kind: 'text' as const,
                    text: `Kept under a pseudonym, because records of advice and trades must be retained:\n${list(kept)}`,
                  },
                ]
              : []),
            { kind: 'text', style: 'small', text: 'Say hello at any time to begin anew.' },
          ],
          actions: [],
        },
      ];
    },
  };
};

/** Only the newest proposals can still be under way. */
const RECENT = 20;

async function refuseWhileTrading(read: Pick<Reads, 'proposals'>, scope: Scope): Promise<void> {
  const recent = await read.proposals.list(scope, RECENT);
  if (recent.every(({ state }) => isFinal(state) || isOpen(state))) return;
  throw new Refusal(
    'trading',
    'A rebalance is being carried out right now. Please wait for its fills, then type /forget again.',
  );
}

const keep: ActHandler = async (context, args) => ({
  replies: [
    {
      key: context.newId(),
      replaces: String(args.key),
      visibility: 'private',
      notify: 'silent',
      blocks: [{ kind: 'text', text: 'Good. Nothing was erased.' }],
      actions: [],
    },
  ],
});

export const forgetActs = { forget: erase, keep };
