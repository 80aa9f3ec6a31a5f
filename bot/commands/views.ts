import { canonical } from '../advice/canonical.ts';
import { viewInWords } from '../advice/own-views.ts';
import { wishesFor } from '../advice/standing.ts';
import { optionsFor } from '../advice/what-if.ts';
import { Refusal } from '../errors.ts';
import { capitalised } from '../explain/names.ts';
import { readView } from '../language/read-view.ts';
import type { Draft } from '../reply.ts';
import { MOST_WISHES, type OwnView } from '../wishes.ts';
import type { Command, Context, FormHandler, Outcome } from './command.ts';
import { marketNotices } from './notices.ts';
import { wishId } from './wish-id.ts';
import { previewDraft } from './wish-reply.ts';
import { type WishWork, withWork } from './wish-work.ts';

/** What the person expects of returns, weighed in by how sure they are. */
export function viewsCommand(cashRate: number): Command {
  return {
    name: 'views',
    summary: 'Tell me what you expect of returns, and how sure you are',
    phrases: ['my views', 'i expect', 'my opinion', 'what i believe', 'my forecast'],
    takes: 'EFA will beat SPY by 2 % a year, fairly sure',
    namesAssets: true,
    needs: 'holdings',
    run: async (context, args) =>
      args.trim() === ''
        ? list(context)
        : withWork(context, (work) => weigh(context, cashRate, args, work)),
  };
}

export function viewFormHandler(cashRate: number): FormHandler {
  return async (context, values) =>
    withWork(context, (work) => weigh(context, cashRate, values.view, work));
}

/** One view, as understood and with what it would change. */
async function weigh(
  context: Context,
  cashRate: number,
  text: string,
  work: WishWork,
): Promise<Outcome> {
  const reading = readView(text);
  if (reading.state === 'refused') throw new Refusal('view', reading.reason);
  if (reading.view.terms.some(({ of }) => of.kind === 'class' && of.name === 'cash')) {
    throw new Refusal('view', 'What cash earns is known; a view is about what is not.');
  }
  const before = await wishesFor(context);
  const older = before.views.filter((view) => aboutTheSame(view, reading.view));
  const kept = before.views.filter((view) => !older.includes(view));
  if (kept.length >= MOST_WISHES) {
    throw new Refusal('views', `I keep up to ${MOST_WISHES} views. Remove one with /views first.`);
  }
  const wishes = { ...before, views: [...kept, reading.view] };
  const { stand, options } = await optionsFor(context, cashRate, [before, wishes], work);
  const revision = (await context.read.wishes.current(context.person))?.revision ?? 0;
  const draft = previewDraft({
    key: work.key,
    now: context.now,
    title: 'Your view, and what it changes',
    understood: [
      `${viewInWords(reading.view)}.`,
      ...older
        .filter((view) => viewInWords(view) !== viewInWords(reading.view))
        .map((view) => `This takes the place of: ${viewInWords(view)}.`),
    ],
    before: options[0],
    after: options[1],
    wishes,
    revision,
    keepLabel: 'Keep this view',
    notices: marketNotices(stand.market, context.now, stand.policy.maxPriceAgeDays),
  });
  return { replies: [draft] };
}

/** A newer view on the same thing takes the place of the older one: "A beats B" is about what "B beats A" is. */
function aboutTheSame(a: OwnView, b: OwnView): boolean {
  const reversed = b.terms.map(({ of, factor }) => ({ of, factor: -factor })).reverse();
  return [b.terms, reversed].some((terms) => canonical(a.terms) === canonical(terms));
}

async function list(context: Context): Promise<Outcome> {
  const { views } = await wishesFor(context);
  const draft: Draft = {
    key: context.newId(),
    visibility: 'private',
    notify: 'normal',
    blocks: [
      { kind: 'text', style: 'title', text: 'Your views' },
      {
        kind: 'text',
        text:
          views.length === 0
            ? 'You have told me none, so my estimates stand alone. A view says what you expect of returns and how sure you are, for example "EFA will beat SPY by 2 % a year, fairly sure".'
            : views.map((view) => `• ${viewInWords(view)}.`).join('\n'),
      },
      {
        kind: 'text',
        style: 'small',
        text: 'A view moves my estimates by how sure you are. Being sure does not make it right: the more you are, the more rests on it.',
      },
    ],
    actions: [
      {
        kind: 'form',
        label: 'Add a view',
        ...(views.length === 0 ? { style: 'primary' as const } : {}),
        form: 'view',
        do: { name: 'form', args: {} },
      },
      ...removal('views', views, viewInWords),
    ],
  };
  return { replies: [draft] };
}

/** A menu to take one of a list back. */
export function removal<T>(
  list: 'views' | 'limits',
  items: readonly T[],
  inWords: (item: T) => string,
): Draft['actions'] {
  if (items.length === 0) return [];
  return [
    {
      kind: 'select',
      label: 'Remove one',
      do: { name: 'wishes-remove', args: { list } },
      options: items.map((item) => ({
        label: capitalised(inWords(item)).slice(0, 75),
        value: wishId(item),
      })),
    },
  ];
}
