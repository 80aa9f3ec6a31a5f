import { wishesFor } from '../advice/standing.ts';
import { wayWords } from '../advice/ways.ts';
import { optionsFor } from '../advice/what-if.ts';
import { Refusal } from '../errors.ts';
import { readWay } from '../language/read-way.ts';
import type { Draft } from '../reply.ts';
import { type Way, ways } from '../wishes.ts';
import type { ActHandler, Command, Context, Outcome } from './command.ts';
import { marketNotices } from './notices.ts';
import { previewDraft } from './wish-reply.ts';
import { type WishWork, withWork } from './wish-work.ts';

/** Choosing how the mix is chosen, in plain words, with Keel's own recommendation. */
export function methodCommand(cashRate: number): Command {
  return {
    name: 'method',
    summary: 'Choose how I choose your mix',
    phrases: [
      'method',
      'change method',
      'other method',
      'how do you choose',
      'way of choosing',
      'which method',
      'which method is best for me',
      'best method',
      'why this method',
    ],
    needs: 'holdings',
    run: async (context, args) => {
      const named = readWay(args);
      if (named === null) return { replies: [await menu(context, '')] };
      if (named.way === null) {
        const lead = `"${named.name}" is not among my ways${instead[named.name] ?? ''}. `;
        return { replies: [await menu(context, lead)] };
      }
      const { way } = await wishesFor(context);
      if (named.way === way) {
        return { replies: [await menu(context, `"${wayWords[way].title}" is your way already. `)] };
      }
      const { way: chosen } = named;
      return withWork(context, (work) => preview(context, cashRate, chosen, work));
    },
  };
}

/** What comes nearest to a way that Keel does not offer here. */
const instead: Readonly<Record<string, string>> = {
  'equal weight': '; the nearest is "Equal risk from each part"',
  'equal weights': '; the nearest is "Equal risk from each part"',
  'equally weighted': '; the nearest is "Equal risk from each part"',
  'inverse volatility': '; the nearest is "Equal risk from each part"',
  'hierarchical risk parity': '; the nearest is "Equal risk from each part"',
  hrp: '; the nearest is "Equal risk from each part"',
  herc: '; the nearest is "Equal risk from each part"',
  'black litterman': ': tell me your views with /views, and every way weighs them in',
  'mean variance': '; the nearest is "Best return for its risk"',
  markowitz: '; the nearest is "Best return for its risk"',
};

async function menu(context: Context, lead: string): Promise<Draft> {
  const { way } = await wishesFor(context);
  const lines = ways.map((each) => {
    const { title, what, suits } = wayWords[each];
    return `• **${title}**${each === way ? ' (yours now)' : ''}: the mix ${what}. ${suits}`;
  });
  return {
    key: context.newId(),
    visibility: 'private',
    notify: 'normal',
    blocks: [
      { kind: 'text', style: 'title', text: 'How should I choose your mix?' },
      {
        kind: 'text',
        text: `${lead}I recommend "${wayWords.goal.title}": it is the only way that asks what the money is for. Every way keeps within your risk profile.\n${lines.join('\n')}`,
      },
    ],
    actions: [
      {
        kind: 'select',
        label: 'See what a way would change',
        do: { name: 'way', args: {} },
        options: ways
          .filter((each) => each !== way)
          .map((each) => ({ label: wayWords[each].title, value: each })),
      },
      {
        kind: 'choice',
        label: 'Compare them all',
        do: { name: 'command', args: { name: 'compare' } },
      },
    ],
  };
}

/** A way that was picked from a menu, priced against the one in force. */
export function methodActs(cashRate: number): Readonly<Record<string, ActHandler>> {
  return {
    way: async (context, args) =>
      withWork(context, (work) => preview(context, cashRate, wayOf(args.value), work)),
  };
}

async function preview(
  context: Context,
  cashRate: number,
  way: Way,
  work: WishWork,
): Promise<Outcome> {
  const before = await wishesFor(context);
  if (before.way === way)
    throw new Refusal('same', `"${wayWords[way].title}" is your way already.`);
  const wishes = { ...before, way };
  const { stand, options } = await optionsFor(context, cashRate, [before, wishes], work);
  const revision = (await context.read.wishes.current(context.person))?.revision ?? 0;
  const { title, what, suits } = wayWords[way];
  const draft = previewDraft({
    key: work.key,
    now: context.now,
    title: `${title}: what it changes`,
    understood: [`The mix ${what}. ${suits}`],
    before: options[0],
    after: options[1],
    wishes,
    revision,
    keepLabel: 'Use this way',
    notices: marketNotices(stand.market, context.now, stand.policy.maxPriceAgeDays),
  });
  return { replies: [draft] };
}

function wayOf(value: unknown): Way {
  const found = ways.find((way) => way === value);
  if (found === undefined)
    throw new Refusal('expired', 'That choice is no longer there. Type /method to see them.');
  return found;
}
