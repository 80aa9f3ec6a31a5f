import { isFinal, isOpen } from '../advice/proposal.ts';
import { choice, commandChoice, privately } from '../dialogue/place.ts';
import { Refusal } from '../errors.ts';
import { formatList, formatMoment } from '../language/format.ts';
import { codeDigest, HOUR_MS, MOST_WRONG } from '../link-code.ts';
import { accountWords } from '../link-words.ts';
import type { LinkCode, Reads, Scope } from '../store.ts';
import type { Context, Outcome } from './command.ts';
import { namesOf } from './link-list.ts';

const AGAIN = 'Type /link in your other chat for a new one.';

/** Words that were meant as a code and cannot be one. */
export function malformed(): Refusal {
  return new Refusal(
    'malformed',
    'That is none of my codes: they have eight letters and digits, as in "/link ABCD-EFGH". Type /link in your other chat to get one.',
  );
}

/** A code was typed: says what it leads to and asks, or why it leads nowhere. */
export async function redeem(context: Context, typed: string): Promise<Outcome> {
  const { read, now, event } = context;
  const code = await read.links.code(codeDigest(context, typed));
  if (event.surface !== 'direct' || event.overheard) return readByOthers(context, code);
  const wrong = await read.links.wrong(event.source, now - HOUR_MS);
  if (wrong.count >= MOST_WRONG) throw tooMany(wrong.first ?? now);
  if (code === null) return wrongCode(context, (count) => unknown(count));
  if (code.usedAt !== null) {
    return wrongCode(context, () => `That code has been used already; each works once. ${AGAIN}`);
  }
  if (now > code.expiresAt) {
    return wrongCode(context, () => `That code has expired; codes work for ten minutes. ${AGAIN}`);
  }
  refuseOwn(context, code);
  await refuseToMove(context, read);
  return ask(context, code);
}

function unknown(count: number): string {
  const left = MOST_WRONG - count;
  const warning =
    left > 0
      ? `${left === 1 ? 'One more try' : `${left} more tries`} within the hour, then I read none for a while.`
      : 'I read no more codes from here for an hour.';
  return `I do not know that code. Please check it, or type /link in your other chat for a new one. ${warning}`;
}

function tooMany(first: number): Refusal {
  return new Refusal(
    'tries',
    `${MOST_WRONG} wrong codes within an hour came from here, so I read none for now. Try again after ${formatMoment(first + HOUR_MS)}.`,
  );
}

/** Counts it where nothing can be guessed faster by typing at once. */
async function wrongCode(context: Context, words: (count: number) => string): Promise<Outcome> {
  const { event, person, now } = context;
  const { source } = event;
  return {
    replies: [],
    commit: async (tx) => {
      await tx.lock(
        JSON.stringify(['link-tries', source.platform, source.installation, source.identity]),
      );
      const before = await tx.links.wrong(source, now - HOUR_MS);
      if (before.count >= MOST_WRONG) throw tooMany(before.first ?? now);
      await tx.links.countWrong(source, now);
      await tx.audit.append({
        ...{ workspace: person.workspace, actor: person.person, person: person.person },
        ...{ kind: 'link-refused', payload: { wrong: before.count + 1 }, at: now },
      });
      const text = words(before.count + 1);
      return [
        privately(
          { key: context.newId() },
          [{ kind: 'notice', tone: 'warning', text }],
          [commandChoice('What can you do?', 'help')],
        ),
      ];
    },
  };
}

/** A code that stands in a group has been read by others: it ends. */
async function readByOthers(context: Context, code: LinkCode | null): Promise<Outcome> {
  const text = `Codes work in a direct chat with me only, so nothing was linked. Others may have read that code where you typed it, so it no longer works. ${AGAIN}`;
  return {
    replies: [privately({ key: context.newId() }, [{ kind: 'notice', tone: 'warning', text }])],
    commit: async (tx) => {
      if (code !== null && (await tx.links.useCode(code.digest, context.now))) {
        await tx.audit.append({
          ...{ workspace: code.workspace, actor: context.person.person, person: code.person },
          ...{ kind: 'link-refused', payload: { why: 'typed in a group' }, at: context.now },
        });
      }
      return undefined;
    },
  };
}

function refuseOwn({ person }: Context, code: LinkCode): void {
  if (code.workspace !== person.workspace || code.person !== person.person) return;
  throw new Refusal(
    'own',
    'That code was asked for on this same account, so there is nothing to link. Type it in a chat that is not linked yet; /links shows those that are.',
  );
}

/** Why the account of who typed a code cannot be put aside now; asked again inside the transaction. */
export async function refuseToMove(
  context: Context,
  read: Pick<Reads, 'links' | 'proposals'>,
): Promise<void> {
  const { person } = context;
  const linked = await read.links.of(person);
  if (linked.length > 1) {
    const others = namesOf(context, linked).filter((name) => !name.endsWith('(this chat)'));
    throw new Refusal(
      'shared',
      `This chat already shares an account with ${formatList(others)}. Get a code here with /link and type it in the other chat; or unlink them first with /unlink.`,
    );
  }
  // Whoever stayed alone in an account that another began keeps it: the other chat comes to them.
  if (linked.some(({ home }) => home !== null)) {
    throw new Refusal(
      'joined',
      'This chat keeps an account that it joined. Get a code here with /link and type it in the other chat.',
    );
  }
  if (await isTrading(read, person)) {
    throw new Refusal(
      'trading',
      'A rebalance of your account here is being carried out right now. Please wait for its fills, then type the code again.',
    );
  }
}

/** Only the newest proposals can still be under way. */
const RECENT = 20;

async function isTrading(read: Pick<Reads, 'proposals'>, scope: Scope): Promise<boolean> {
  const recent = await read.proposals.list(scope, RECENT);
  return recent.some(({ state }) => !isFinal(state) && !isOpen(state));
}

async function ask(context: Context, code: LinkCode): Promise<Outcome> {
  const account = accountWords(await context.read.links.origin(code), 'the');
  const known = await knownHere(context);
  const here =
    known.length > 0
      ? `What I know from this chat (${formatList(known)}) is put aside: neither mixed in nor deleted. /unlink gives it back.`
      : 'I know nothing of you from this chat yet, so nothing is put aside. /unlink takes it off again.';
  const key = context.newId();
  return {
    replies: [
      privately(
        { key },
        [
          { kind: 'text', style: 'title', text: 'Join that account?' },
          {
            kind: 'text',
            text: `This code leads to ${account}. Once you confirm, this chat sees and does everything there: answers, goal, holdings, advice and trades. ${here}`,
          },
          {
            kind: 'notice',
            tone: 'warning',
            text: 'Confirm only if you asked for this code yourself a moment ago. If somebody sent it to you, stop: they would read what you tell me.',
          },
        ],
        [
          choice(
            'Yes, join it',
            {
              name: 'link-join',
              args: { code: code.digest, key },
              once: true,
              expiresAt: code.expiresAt,
            },
            'primary',
          ),
          choice('No, leave it', { name: 'link-stop', args: { key } }),
        ],
      ),
    ],
  };
}

/** What would be put aside, in neutral words. */
async function knownHere({ read, person }: Context): Promise<readonly string[]> {
  const [answers, goal, holdings] = await Promise.all([
    read.answers.current(person),
    read.goals.current(person),
    read.ledger.holdings(person),
  ]);
  return [
    ...(answers === null ? [] : ['your answers']),
    ...(goal === null ? [] : ['a goal']),
    ...(holdings.positions.length === 0 && holdings.cash.minor === 0n ? [] : ['holdings']),
  ];
}
