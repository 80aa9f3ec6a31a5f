import { EngineError } from '../../engine/errors.ts';
import type { LimitsInput, LimitsOutput } from '../advice/limits-task.ts';
import { windowOf } from '../advice/make.ts';
import { contradiction, mergedLimits } from '../advice/merge-limits.ts';
import type { Nearest } from '../advice/nearest-limits.ts';
import { standing, wishesFor } from '../advice/standing.ts';
import { inputsUnder, optionOf } from '../advice/what-if.ts';
import { Refusal } from '../errors.ts';
import { conflictSentence, limitInWords } from '../explain/limit-words.ts';
import { capitalised } from '../explain/names.ts';
import type { Draft } from '../reply.ts';
import { MOST_WISHES, type OwnLimit } from '../wishes.ts';
import type { Context, Outcome } from './command.ts';
import { marketNotices } from './notices.ts';
import { previewDraft } from './wish-reply.ts';
import type { WishWork } from './wish-work.ts';

/** The mix with new limits beside the one without, or what conflicts and the nearest limits that leave one. */
export async function previewLimits(
  context: Context,
  cashRate: number,
  limits: readonly OwnLimit[],
  work: WishWork,
): Promise<Outcome> {
  if (limits.some(({ kind }) => kind === 'tracking-error')) {
    throw new Refusal(
      'limit',
      'I have no index to stay near yet; limit volatility instead, for example "volatility at most 8 %".',
    );
  }
  const clash = contradiction(limits);
  if (clash !== null) return whichOne(work.key, limits, clash);
  const before = await wishesFor(context);
  const { wishes, replaced } = mergedLimits(before, limits);
  if (wishes.limits.length > MOST_WISHES) {
    throw new Refusal(
      'limits',
      `I keep up to ${MOST_WISHES} limits. Remove one with /limits first.`,
    );
  }
  const stand = await standing(context);
  const others = { ...wishes, limits: wishes.limits.filter((one) => !limits.includes(one)) };
  const task: LimitsInput = {
    window: windowOf(stand.market).panel,
    before: inputsUnder(context, cashRate, stand, before),
    others: inputsUnder(context, cashRate, stand, others),
    named: limits,
  };
  const found = await work
    .run<LimitsOutput>('Working out what that changes', 'limits', task)
    .catch((error: unknown) => {
      throw error instanceof EngineError && error.code === 'not-converged'
        ? tooTight(limits)
        : error;
    });
  if (found.kind === 'conflict') {
    return refused(work.key, found.nearest, limits, others.limits.length > 0);
  }
  const revision = (await context.read.wishes.current(context.person))?.revision ?? 0;
  const [without, within] = found.mixes.map((mix) => optionOf(context, stand, mix));
  const draft = previewDraft({
    key: work.key,
    now: context.now,
    title:
      limits.length === 1 ? 'Your limit, and what it changes' : 'Your limits, and what they change',
    understood: [
      ...limits.map((limit) => `${capitalised(limitInWords(limit))}.`),
      ...replaced.map((old) => `This takes the place of your limit "${limitInWords(old)}".`),
    ],
    before: without,
    after: within,
    wishes,
    revision,
    keepLabel: limits.length === 1 ? 'Keep this limit' : 'Keep these limits',
    notices: marketNotices(stand.market, context.now, stand.policy.maxPriceAgeDays),
  });
  return { replies: [draft] };
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
  key: string,
  limits: readonly OwnLimit[],
  clash: readonly [OwnLimit, OwnLimit],
): Outcome {
  const [a, b] = clash.map(limitInWords);
  const without = (one: OwnLimit) => limits.filter((each) => each !== one);
  return {
    replies: [
      onlyToThem(key, {
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
function refused(
  key: string,
  found: Nearest,
  limits: readonly OwnLimit[],
  besideOthers: boolean,
): Outcome {
  const several = limits.length > 1;
  const cause =
    conflictSentence(found.conflicts) ??
    `No mix keeps ${limits.map(limitInWords).join(', ')} together with your risk profile${besideOthers ? ' and your other limits' : ''}.`;
  return {
    replies: [
      onlyToThem(key, {
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

function onlyToThem(key: string, { blocks, actions }: Pick<Draft, 'blocks' | 'actions'>): Draft {
  return { key, visibility: 'private', notify: 'normal', blocks, actions };
}
