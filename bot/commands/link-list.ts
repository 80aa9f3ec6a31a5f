import { commandChoice, privately } from '../dialogue/place.ts';
import { accountWords, dayWords, platformName } from '../link-words.ts';
import type { LinkedIdentity } from '../store.ts';
import type { Context, Outcome } from './command.ts';

type Named = Pick<LinkedIdentity, 'platform' | 'installation' | 'identity'>;

/** What stands for an identity in a button: it says nothing of whose it is. */
export function refOf(context: Pick<Context, 'keyedHash'>, one: Named): string {
  const name = JSON.stringify([one.platform, one.installation, one.identity]);
  return context.keyedHash(`identity ${name}`).slice(0, 24);
}

/** Whether an identity is the one that is speaking. */
export function isHere({ event }: Pick<Context, 'event'>, one: Named): boolean {
  const { platform, installation, identity } = event.source;
  return (
    one.platform === platform && one.installation === installation && one.identity === identity
  );
}

/** "Telegram", "Web chat", "Web chat 2 (this chat)": one name each, in the order given. */
export function namesOf(context: Context, linked: readonly LinkedIdentity[]): readonly string[] {
  const seen = new Map<string, number>();
  return linked.map((one) => {
    const name = platformName(one.platform);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return `${name}${count > 1 ? ` ${count}` : ''}${isHere(context, one) ? ' (this chat)' : ''}`;
  });
}

/** The chats that share the account, since when, and a way to unlink each. */
export async function listLinked(context: Context): Promise<Outcome> {
  const { read, person } = context;
  const [linked, origin] = await Promise.all([read.links.of(person), read.links.origin(person)]);
  const names = namesOf(context, linked);
  if (linked.length < 2) {
    const text =
      'This is the only chat of this account, so there is nothing to unlink. With a code from here you can go on with the same account on another platform. To erase the account, type /forget.';
    const ways = [commandChoice('Link another chat', 'link', 'primary')];
    return { replies: [privately({ key: context.newId() }, [{ kind: 'text', text }], ways)] };
  }
  const since = linked.map(({ linkedAt }) =>
    linkedAt === null
      ? `began it on ${dayWords(origin.begunAt)}`
      : `joined on ${dayWords(linkedAt)}`,
  );
  return {
    replies: [
      privately(
        { key: context.newId() },
        [
          { kind: 'text', style: 'title', text: `${linked.length} chats share this account` },
          {
            kind: 'table',
            columns: [
              { label: 'Chat', align: 'left' },
              { label: 'Since', align: 'left' },
            ],
            rows: names.map((name, at) => [name, since[at]]),
          },
          {
            kind: 'text',
            style: 'small',
            text: `It is ${accountWords(origin)}. Each of them sees and does everything the others can.`,
          },
        ],
        [
          {
            kind: 'select',
            label: 'Unlink one',
            do: { name: 'unlink-ask', args: {} },
            options: linked.map((one, at) => ({
              label: names[at],
              value: refOf(context, one),
              note: since[at],
            })),
          },
          commandChoice('Link another chat', 'link'),
        ],
      ),
    ],
  };
}
