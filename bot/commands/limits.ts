import { wishesFor } from '../advice/standing.ts';
import { nameable } from '../dialogue/wish-forms.ts';
import { Refusal } from '../errors.ts';
import { limitInWords } from '../explain/limit-words.ts';
import { capitalised } from '../explain/names.ts';
import { readLimit } from '../language/read-limit.ts';
import type { Draft } from '../reply.ts';
import { ownLimitSchema } from '../wishes.ts';
import type { ActHandler, Command, Context, FormHandler, Outcome } from './command.ts';
import { changeAsLimit } from './limit-change.ts';
import { previewLimits } from './limit-preview.ts';
import { removal } from './views.ts';
import { type WishWork, withWork } from './wish-work.ts';

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
      args.trim() === ''
        ? list(context)
        : withWork(context, (work) => understand(context, cashRate, args, work)),
  };
}

export function limitFormHandler(cashRate: number): FormHandler {
  return async (context, values) =>
    withWork(context, (work) => understand(context, cashRate, values.limit, work));
}

export function limitActs(cashRate: number): Readonly<Record<string, ActHandler>> {
  return {
    /** One reading of a sentence that could mean two things, or the nearest that works. */
    'limit-pick': async (context, args) =>
      withWork(context, (work) =>
        previewLimits(
          context,
          cashRate,
          ownLimitSchema.array().parse(JSON.parse(String(args.limits))),
          work,
        ),
      ),
  };
}

async function understand(
  context: Context,
  cashRate: number,
  text: string,
  work: WishWork,
): Promise<Outcome> {
  const change = await changeAsLimit(context, cashRate, text, work);
  if (change !== null) return previewLimits(context, cashRate, change, work);
  const reading = readLimit(text, nameable);
  if (reading.state === 'unclear') throw new Refusal('limit', reading.ask);
  if (reading.state === 'understood') {
    return previewLimits(context, cashRate, reading.limits, work);
  }
  const draft: Draft = {
    key: work.key,
    visibility: 'private',
    notify: 'normal',
    blocks: [{ kind: 'text', text: reading.question }],
    actions: reading.options.map(({ limits }) => ({
      kind: 'choice',
      label: capitalised(limits.map(limitInWords).join(', ')).slice(0, 60),
      do: { name: 'limit-pick', args: { limits: JSON.stringify(limits) } },
    })),
  };
  return { replies: [draft] };
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
            : limits.map((limit) => `• ${capitalised(limitInWords(limit))}.`).join('\n'),
      },
      {
        kind: 'text',
        style: 'small',
        text: 'They tighten the limits of your risk profile and never loosen them. I show what each one changes before it counts.',
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
      ...removal('limits', limits, limitInWords),
    ],
  };
  return { replies: [draft] };
}
