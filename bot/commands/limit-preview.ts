import { EngineError } from '../../engine/errors.ts';
import { contradiction, mergedLimits } from '../advice/merge-limits.ts';
import { nearestLimits } from '../advice/nearest-limits.ts';
import { wishesFor } from '../advice/standing.ts';
import { optionsFor } from '../advice/what-if.ts';
import { Refusal } from '../errors.ts';
import { conflictSentence, limitInWords } from '../explain/limit-words.ts';
import { capitalised } from '../explain/names.ts';
import type { Draft } from '../reply.ts';
import { MOST_WISHES, type OwnLimit, type Wishes } from '../wishes.ts';
import type { Context, Outcome } from './command.ts';
import { marketNotices } from './notices.ts';
import { previewDraft } from './wish-reply.ts';

/** The mix with new limits beside the one without, or what conflicts and the nearest limits that leave one. */
export async function previewLimits(
  context: Context,
  cashRate: number,
  limits: readonly OwnLimit[],
): Promise<Outcome> {
  if (limits.some(({ kind }) => kind === 'tracking-error')) {
    throw new Refusal(
      'limit',
      'I have no index to stay near yet; limit volatility instead, for example "volatility at most 8 %".',
    );
  }
  const clash = contradiction(limits);
  if (clash !== null) return whichOne(context, limits, clash);
  const before = await wishesFor(context);
  const { wishes, replaced } = mergedLimits(before, limits);
  if (wishes.limits.length > MOST_WISHES) {
    throw new Refusal(
      'limits',
      `I keep up to ${MOST_WISHES} limits. Remove one with /limits first.`,
    );
  }
  try {
    const { stand, options } = await optionsFor(context, cashRate, [before, wishes]);
    const revision = (await context.read.wishes.current(context.person))?.revision ?? 0;
    const draft = previewDraft({
      key: context.newId(),
      now: context.now,
      title:
        limits.length === 1
          ? 'Your limit, and what it changes'
          : 'Your limits, and what they change',
      understood: [
        ...limits.map((limit) => `${capitalised(limitInWords(limit))}.`),
        ...replaced.map((old) => `This takes the place of your limit "${limitInWords(old)}".`),
      ],
      before: options[0],
      after: options[1],
      wishes,
      revision,
      keepLabel: limits.length === 1 ? 'Keep this limit' : 'Keep these limits',
      notices: marketNotices(stand.market, context.now, stand.policy.maxPriceAgeDays),
    });
    return { replies: [draft] };
  } catch (error) {
    if (error instanceof EngineError && error.code === 'not-converged') throw tooTight(limits);
    if (!(error instanceof Refusal) || error.code !== 'own-limits') throw error;
    return refused(context, cashRate, wishes, limits);
  }
}

/** Neither a mix nor a proof that there is none: that is said, and nothing is guessed. */
function tooTight(limits: readonly OwnLimit[]): Refusal {
  return new Refusal(
    'limit',
    `I could not work out a mix that keeps "${limits.map(limitInWords).join(', ')}". Loosen it a little and try again; nothing was changed.`,
  );
}

function pick(label: string, limits: readonly OwnLimit[], primary = false) {
  return {
    kind: 'choice' as const,
    label: capitalised(label).slice(0, 60),
    ...(primary ? { style: 'primary' as const } : {}),
    do: { name: 'limit-pick', args: { limits: JSON.stringify(limits) } },
  };
}

/** Two limits of one message that exclude each other: the person says which was meant. */
function whichOne(
  context: Context,
  limits: readonly OwnLimit[],
  clash: readonly [OwnLimit, OwnLimit],
): Outcome {
  const [a, b] = clash.map(limitInWords);
  const without = (one: OwnLimit) => limits.filter((each) => each !== one);
  return {
    replies: [
      onlyToThem(context, {
        blocks: [
          { kind: 'text', style: 'title', text: 'These exclude each other' },
          {
            kind: 'text',
            text: `${capitalised(a)} and ${b} cannot both hold. Which one do you mean?`,
          },
        ],
        actions: [pick(a, without(clash[1])), pick(b, without(clash[0]))],
      }),
    ],
  };
}

/** What conflicts, and the smallest change that would work as a button. */
async function refused(
  context: Context,
  cashRate: number,
  wishes: Wishes,
  limits: readonly OwnLimit[],
): Promise<Outcome> {
  const found = await nearestLimits(context, cashRate, wishes, limits);
  const several = limits.length > 1;
  const cause =
    conflictSentence(found.conflicts) ??
    `No mix keeps ${limits.map(limitInWords).join(', ')} together with your risk profile${wishes.limits.length > limits.length ? ' and your other limits' : ''}.`;
  return {
    replies: [
      onlyToThem(context, {
        blocks: [
          {
            kind: 'text',
            style: 'title',
            text: several ? 'Those limits leave no mix' : 'That limit leaves no mix',
          },
          { kind: 'text', text: cause },
          {
            kind: 'text',
            text:
              found.limits === null
                ? 'Moving what you just asked is not enough: remove one of your other limits first. Nothing was changed.'
                : `The nearest that works: ${found.limits.map(limitInWords).join(', ')}. Nothing was changed.`,
          },
        ],
        actions: [
          ...(found.limits === null ? [] : [pick('See the nearest', found.limits, true)]),
          {
            kind: 'choice',
            label: 'My limits',
            do: { name: 'command', args: { name: 'limits' } },
          },
        ],
      }),
    ],
  };
}

function onlyToThem(
  context: Context,
  { blocks, actions }: Pick<Draft, 'blocks' | 'actions'>,
): Draft {
  return { key: context.newId(), visibility: 'private', notify: 'normal', blocks, actions };
}
