import { HOME } from '../home.ts';
import { formatDay, MS_PER_DAY } from '../language/format.ts';
import type { Draft } from '../reply.ts';
import type { Context, Outcome } from './command.ts';
import { DISCLOSURE } from './disclosure.ts';
import { portfolioBlocks } from './portfolio.ts';
import { whereItStands } from './start.ts';

/**
 * What a platform's home page shows: where the person stands, what they have and how far it has
 * moved from the plan, and what to do next.
 */
export async function home(context: Context): Promise<Outcome> {
  const { person, now } = context;
  const page = (blocks: Draft['blocks'], actions: Draft['actions']): Outcome => ({
    replies: [
      {
        key: HOME,
        replaces: HOME,
        visibility: 'private',
        notify: 'silent',
        blocks,
        actions,
      },
    ],
  });
  if (person.consentedAt === null || person.disclosureVersion !== DISCLOSURE.version) {
    const text =
      'I help you split your money across stocks, bonds, gold and crypto, and say why in plain words.';
    const begin = { name: 'command', args: { name: 'start' } };
    return page(
      [
        { kind: 'text', style: 'title', text: 'Keel' },
        { kind: 'text', text },
      ],
      [{ kind: 'choice', label: 'Begin', style: 'primary', do: begin }],
    );
  }
  const { facts, actions, empty } = await whereItStands(context);
  const title = { kind: 'text', style: 'title', text: 'Where you stand' } as const;
  const held = empty ? [title] : await portfolioBlocks(context);
  const today = formatDay(Math.floor(now / MS_PER_DAY));
  return page([...held, facts, { kind: 'text', style: 'small', text: `As of ${today}.` }], actions);
}
