import type { Context, Outcome } from '../commands/command.ts';
import { Refusal } from '../errors.ts';
import { MAX_LIST } from '../language/clean.ts';
import { declare, requireNothingFilling } from './declare.ts';
import type { HoldingsEdit, Told } from './holdings-reading.ts';
import { understandHoldings } from './holdings-reading.ts';
import { askReply, echoReply, questionReply, unknownReply } from './holdings-replies.ts';
import { type HoldingsDraft, holdingsDraftSchema, savedDraft } from './holdings-state.ts';
import { placeOf } from './place.ts';
import { edited, portfolioOf } from './portfolio-edit.ts';

/** What the words start from. */
export type Base = Pick<HoldingsDraft, 'version' | 'portfolio'>;

/** An open holdings dialogue. */
export interface Open {
  readonly phase: 'ask' | 'clarify' | 'echo';
  readonly text: string;
  readonly draft: HoldingsDraft;
}

/** The open holdings dialogue, or null. */
export function stateOf({ dialogue }: Context): Open | null {
  if (dialogue?.kind !== 'holdings') return null;
  return {
    phase: dialogue.phase,
    text: dialogue.text,
    draft: holdingsDraftSchema.parse(dialogue.draft),
  };
}

/** For a button of a list that has been replaced. */
export function outdated(): Refusal {
  return new Refusal(
    'outdated',
    'That button belongs to an earlier list. Nothing was changed; type /holdings to see what counts.',
  );
}

/** Words as they were typed, with nothing settled yet. */
export function typedWords(text: string): Told {
  return { text, file: null, skipped: [], answers: [] };
}

/** What was told so far in an open dialogue. */
export function toldIn({ text, draft }: Open): Told {
  return { text, file: draft.file, skipped: draft.skipped, answers: draft.answers };
}

/** What the ledger says today. */
export async function baseOf({ read, person }: Context): Promise<Base> {
  const holdings = await read.ledger.holdings(person);
  return { version: holdings.version, portfolio: portfolioOf(holdings) };
}

/**
 * From words to the next question or the echo, below what has to be said first; null when they say
 * nothing about holdings.
 */
export async function tell(
  context: Context,
  told: Told,
  base: Base,
  said: string | null = null,
): Promise<Outcome | null> {
  await requireNothingFilling(context.read, context.person);
  const understood = understandHoldings(told);
  const { skipped, answers, file } = told;
  switch (understood.kind) {
    case 'nothing':
      return understood.problems.length === 0 ? null : ask(context, understood.problems);
    case 'edits':
      return echo(context, base, understood.edits, understood);
    case 'unknown':
    case 'question': {
      if (told.text.length > MAX_LIST && understood.kind === 'unknown') {
        return tell(context, { ...told, skipped: [...skipped, understood.text] }, base);
      }
      const id = context.newId();
      const draft: HoldingsDraft = {
        id,
        version: base.version,
        portfolio: base.portfolio,
        file,
        skipped: [...skipped],
        answers: answers.map((edits) => [...edits]),
      };
      const place = placeOf(context);
      const reply =
        understood.kind === 'unknown'
          ? unknownReply(id, understood.text, understood.suggestions, said, place)
          : questionReply(id, understood.question, said, place);
      const text = told.text;
      return {
        replies: [reply],
        dialogue: { kind: 'holdings', phase: 'clarify', text, draft: savedDraft(draft) },
      };
    }
  }
}

/** Shows what some edits come to, and waits for yes. */
export async function echo(
  context: Context,
  base: Base,
  edits: readonly HoldingsEdit[],
  remarks: { readonly problems: readonly string[]; readonly notes: readonly string[] },
): Promise<Outcome> {
  const market = await context.market();
  const { portfolio, problems } = edited(base.portfolio, edits, market.quotes);
  const all = [...new Set([...remarks.problems, ...problems])];
  // Nothing could be carried out: say why instead of asking to confirm what has not changed.
  if (problems.length >= edits.length && edits.length > 0) return ask(context, all);
  const draft: HoldingsDraft = {
    id: context.newId(),
    version: base.version,
    portfolio,
    file: null,
    skipped: [],
    answers: [],
  };
  return {
    replies: [
      echoReply(
        draft.id,
        portfolio,
        market,
        { problems: all, notes: remarks.notes },
        context.now,
        placeOf(context),
      ),
    ],
    dialogue: { kind: 'holdings', phase: 'echo', text: '', draft: savedDraft(draft) },
  };
}

/** Asks what is held, below what has to be said first. */
export async function ask(context: Context, said: readonly string[]): Promise<Outcome> {
  const base = await baseOf(context);
  const draft: HoldingsDraft = {
    id: context.newId(),
    ...base,
    file: null,
    skipped: [],
    answers: [],
  };
  return {
    replies: [
      askReply(base.portfolio, await context.market(), [...new Set(said)], placeOf(context)),
    ],
    dialogue: { kind: 'holdings', phase: 'ask', text: '', draft: savedDraft(draft) },
  };
}

/** What was echoed counts, unless the ledger has moved on or the echo is old: then it is shown anew. */
export async function confirm(context: Context, draft: HoldingsDraft): Promise<Outcome> {
  const holdings = await context.read.ledger.holdings(context.person);
  const late =
    context.button?.act.expiresAt !== undefined && context.now > context.button.act.expiresAt;
  if (holdings.version !== draft.version || late) {
    const note = 'Your holdings or their prices have moved on since; please look at this again.';
    const base = { version: holdings.version, portfolio: draft.portfolio };
    return echo(context, base, [], { problems: [note], notes: [] });
  }
  return declare(context, holdings, draft.portfolio);
}
