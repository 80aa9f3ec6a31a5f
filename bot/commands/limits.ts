import { nearestLimits } from '../advice/nearest-limits.ts';
import { wishesFor } from '../advice/standing.ts';
import { optionsFor } from '../advice/what-if.ts';
import { nameable } from '../dialogue/wish-forms.ts';
import { Refusal } from '../errors.ts';
import { capitalised } from '../explain/names.ts';
import { limitEcho } from '../language/limit-echo.ts';
import { readLimit } from '../language/read-limit.ts';
import type { Draft } from '../reply.ts';
import { MOST_WISHES, type OwnLimit, ownLimitSchema, type Wishes } from '../wishes.ts';
import type { ActHandler, Command, Context, FormHandler, Outcome } from './command.ts';
import { marketNotices } from './notices.ts';
import { removal } from './views.ts';
import { previewDraft } from './wish-reply.ts';

/** Limits of the person's own beside those of the profile, each priced before it counts. */
export function limitsCommand(cashRate: number): Command {
  return {
    name: 'limits',
    summary: 'Set limits of your own, such as "at most 5 % crypto"',
    phrases: ['my limits', 'set a limit', 'constraints', 'add a limit', 'remove a limit'],
    takes: 'at most 5 % crypto',
    namesAssets: true,
    needs: 'holdings',
    run: async (context, args) =>
      args.trim() === '' ? list(context) : understand(context, cashRate, args),
  };
}

export function limitFormHandler(cashRate: number): FormHandler {
  return async (context, values) => understand(context, cashRate, values.limit);
}

export function limitActs(cashRate: number): Readonly<Record<string, ActHandler>> {
  return {
    /** One reading of a sentence that could mean two things, or the nearest that works. */
    'limit-pick': async (context, args) =>
      price(context, cashRate, ownLimitSchema.array().parse(JSON.parse(String(args.limits)))),
  };
}

async function understand(context: Context, cashRate: number, text: string): Promise<Outcome> {
  const reading = readLimit(text, nameable);
  if (reading.state === 'unclear') throw new Refusal('limit', reading.ask);
  if (reading.state === 'understood') return price(context, cashRate, reading.limits);
  const draft: Draft = {
    key: context.newId(),
    visibility: 'private',
    notify: 'normal',
    blocks: [{ kind: 'text', text: reading.question }],
    actions: reading.options.map(({ label, limits }) => ({
      kind: 'choice',
      label: capitalised(label).slice(0, 60),
      do: { name: 'limit-pick', args: { limits: JSON.stringify(limits) } },
    })),
  };
  return { replies: [draft] };
}

/** The mix with the new limits beside the one without, or the nearest limits that leave one. */
async function price(
  context: Context,
  cashRate: number,
  limits: readonly OwnLimit[],
): Promise<Outcome> {
  if (limits.some(({ kind }) => kind === 'tracking-error')) {
    throw new Refusal('limit', 'I have no benchmark to stay near yet; limit volatility instead.');
  }
  const before = await wishesFor(context);
  const wishes = withLimits(before, limits);
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
      title: 'Your limit, and what it changes',
      understood: limits.map((limit) => `${capitalised(inWords(limit))}.`),
      before: options[0],
      after: options[1],
      wishes,
      revision,
      keepLabel: limits.length === 1 ? 'Keep this limit' : 'Keep these limits',
      notices: marketNotices(stand.market, context.now, stand.policy.maxPriceAgeDays),
    });
    return { replies: [draft] };
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'own-limits') throw error;
    return nearest(context, cashRate, wishes, limits, error.message);
  }
}

/** What conflicts, and the smallest change that would work as a button. */
async function nearest(
  context: Context,
  cashRate: number,
  wishes: Wishes,
  limits: readonly OwnLimit[],
  reason: string,
): Promise<Outcome> {
  const found = await nearestLimits(context, cashRate, wishes, limits);
  const draft: Draft = {
    key: context.newId(),
    visibility: 'private',
    notify: 'normal',
    blocks: [
      { kind: 'text', style: 'title', text: 'That limit leaves no mix' },
      { kind: 'text', text: reason },
      ...(found === null
        ? []
        : [
            {
              kind: 'text' as const,
              text: `The nearest that works: ${found.map(inWords).join(', ')}.`,
            },
          ]),
    ],
    actions: [
      ...(found === null
        ? []
        : [
            {
              kind: 'choice' as const,
              label: 'See the nearest',
              style: 'primary' as const,
              do: { name: 'limit-pick', args: { limits: JSON.stringify(found) } },
            },
          ]),
      {
        kind: 'choice',
        label: 'My limits',
        do: { name: 'command', args: { name: 'limits' } },
      },
    ],
  };
  return { replies: [draft] };
}

/** A newer limit on the same thing takes the place of the older one. */
function withLimits(before: Wishes, limits: readonly OwnLimit[]): Wishes {
  const about = (limit: OwnLimit) =>
    limit.kind === 'weight' ? JSON.stringify(limit.coefficients) : limit.kind;
  const newer = new Set(limits.map(about));
  return {
    ...before,
    limits: [...before.limits.filter((old) => !newer.has(about(old))), ...limits],
  };
}

/** As it is said back; expected shortfall is a day's. */
export function inWords(limit: OwnLimit): string {
  const words = limitEcho(limit);
  if (limit.kind === 'volatility') return `${words} a year`;
  if (limit.kind === 'conditional-value-at-risk') return `${words} on the worst 1 in 20 days`;
  return limit.kind === 'turnover' ? `${words} of your money at one rebalance` : words;
}

async function list(context: Context): Promise<Outcome> {
  const { limits } = await wishesFor(context);
  const draft: Draft = {
    key: context.newId(),
    visibility: 'private',
    notify: 'normal',
    blocks: [
      { kind: 'text', style: 'title', text: 'Your own limits' },
      {
        kind: 'text',
        text:
          limits.length === 0
            ? 'You have set none; the limits of your risk profile hold (see /profile). Add one in words: "at most 5 % crypto", "at least 20 % bonds", "SPY between 10 and 30 %", "no more than 8 holdings", "turnover below 20 %".'
            : limits.map((limit) => `• ${capitalised(inWords(limit))}.`).join('\n'),
      },
      {
        kind: 'text',
        style: 'small',
        text: 'They tighten the limits of your risk profile and never loosen them. Each costs something; I show what before it counts.',
      },
    ],
    actions: [
      {
        kind: 'form',
        label: 'Add a limit',
        ...(limits.length === 0 ? { style: 'primary' as const } : {}),
        form: 'limit',
        do: { name: 'form', args: {} },
      },
      ...removal('limits', limits, inWords),
    ],
  };
  return { replies: [draft] };
}
