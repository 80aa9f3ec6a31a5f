import type {
  ActHandler,
  Context,
  DialogueHandler,
  FormHandler,
  Outcome,
} from '../commands/command.ts';
import { Refusal } from '../errors.ts';
import { MAX_LIST } from '../language/clean.ts';
import type { Act } from '../reply.ts';
import { declare, requireNothingFilling } from './declare.ts';
import { holdingsText } from './holdings-form.ts';
import type { Told, Understood } from './holdings-reading.ts';
import { answerTo, understandHoldings, withMeant } from './holdings-reading.ts';
import { askReply, echoReply, questionReply, unknownReply } from './holdings-replies.ts';
import { type HoldingsDraft, holdingsDraftSchema, savedDraft } from './holdings-state.ts';
import { placeOf, privately } from './place.ts';
import { edited, portfolioOf } from './portfolio-edit.ts';
import { plainWords, typedChoice } from './typed-choice.ts';

/** What the words start from. */
type Base = Pick<HoldingsDraft, 'version' | 'portfolio'>;

/** A file larger than this is no list of holdings. */
const MOST_BYTES = 1_000_000;

/** Opens the holdings dialogue: asks, or reads what came with the command. */
export async function openHoldings(context: Context, text: string): Promise<Outcome> {
  if (text.trim() === '') return ask(context, []);
  const outcome = await tell(context, typed(text), await baseOf(context));
  return outcome ?? ask(context, ['I did not find any holdings in that.']);
}

export const holdingsActs: Readonly<Record<string, ActHandler>> = {
  'holdings-mean': async (context, args) => {
    const { told, draft } = clarifying(context, args);
    const next = withMeant(told, String(args.unknown), String(args.asset));
    return (await tell(context, next, draft)) ?? ask(context, []);
  },
  'holdings-skip': async (context, args) => {
    const { told, draft } = clarifying(context, args);
    const skipped = [...told.skipped, String(args.unknown)];
    return (await tell(context, { ...told, skipped }, draft)) ?? ask(context, []);
  },
  'holdings-pick': async (context, args) => {
    const { told, draft } = clarifying(context, args);
    const understood = understandHoldings(told);
    if (understood.kind !== 'question') throw outdated();
    const edits = understood.question.options[Number(args.option)]?.edits ?? [];
    const next = { ...told, answers: [...told.answers, edits] };
    return (await tell(context, next, draft)) ?? ask(context, []);
  },
  'holdings-remove': async (context, args) => {
    const open = stateOf(context);
    const base = open?.phase === 'echo' ? open.draft : await baseOf(context);
    const asset = String(args.value);
    return echo(context, base, [{ kind: 'remove', asset }], { problems: [], notes: [] });
  },
  'holdings-yes': async (context, args) => {
    const open = stateOf(context);
    if (open?.phase !== 'echo' || open.draft.id !== args.id) throw outdated();
    return confirm(context, open.draft);
  },
};

/** The form's values mean the same as the same words typed. */
export const holdingsFormHandler: FormHandler = async (context, values) => {
  const outcome = await tell(context, typed(holdingsText(values)), await baseOf(context));
  return outcome ?? ask(context, ['I did not find any holdings in that.']);
};

/** A file counts whether or not holdings were being asked for. */
export const onHoldingsFile: NonNullable<DialogueHandler['onFile']> = async (context, file) => {
  if (file.bytes > MOST_BYTES) {
    return ask(context, ['That file is larger than 1 MB. Send only the list of what you hold.']);
  }
  const text = new TextDecoder().decode(Buffer.from(file.content, 'base64'));
  const told: Told = { ...typed(text), file: file.name };
  const outcome = await tell(context, told, await baseOf(context));
  return outcome ?? ask(context, ['I did not find any holdings in that file.']);
};

export const holdingsDialogue: DialogueHandler = {
  async onText(context, text) {
    const open = stateOf(context);
    if (open === null || /^\s*\//.test(text) || text.trim().endsWith('?')) return null;
    const words = plainWords(text);
    if (/^(stop|cancel|never mind|later|forget it)$/.test(words)) return closed(context);
    if (open.phase === 'clarify') return clarify(context, open, text);
    if (open.phase === 'echo') {
      if (/^(yes|y|yep|ok|okay|correct|right|that is right|sure)$/.test(words)) {
        return confirm(context, open.draft);
      }
      if (/^(no|n|edit|change|wrong)$/.test(words)) return ask(context, []);
    }
    // Corrections to an echo start from what it showed.
    const base = open.phase === 'echo' ? open.draft : await baseOf(context);
    return tell(context, typed(text), base);
  },
  onFile: onHoldingsFile,
};

interface Open {
  readonly phase: 'ask' | 'clarify' | 'echo';
  readonly text: string;
  readonly draft: HoldingsDraft;
}

function stateOf({ dialogue }: Context): Open | null {
  if (dialogue?.kind !== 'holdings') return null;
  return {
    phase: dialogue.phase,
    text: dialogue.text,
    draft: holdingsDraftSchema.parse(dialogue.draft),
  };
}

function outdated(): Refusal {
  return new Refusal(
    'outdated',
    'That button belongs to an earlier list. Nothing was changed; type /holdings to see what counts.',
  );
}

function typed(text: string): Told {
  return { text, file: null, skipped: [], answers: [] };
}

function toldIn({ text, draft }: Open): Told {
  return { text, file: draft.file, skipped: draft.skipped, answers: draft.answers };
}

function clarifying(context: Context, args: Act['args']): { told: Told; draft: HoldingsDraft } {
  const open = stateOf(context);
  if (open?.phase !== 'clarify' || open.draft.id !== args.id) throw outdated();
  return { told: toldIn(open), draft: open.draft };
}

async function baseOf({ read, person }: Context): Promise<Base> {
  const holdings = await read.ledger.holdings(person);
  return { version: holdings.version, portfolio: portfolioOf(holdings) };
}

/** Typed words while something is open: an answer to it, or a new list. */
async function clarify(context: Context, open: Open, text: string): Promise<Outcome | null> {
  const told = toldIn(open);
  const understood = understandHoldings(told);
  if (understood.kind === 'unknown') {
    if (/^(skip|leave it out|leave out|none|no)$/.test(plainWords(text))) {
      return tell(context, { ...told, skipped: [...told.skipped, understood.text] }, open.draft);
    }
    const meant = typedChoice(understood.suggestions, text);
    const symbol = meant.kind === 'one' ? understood.suggestions[meant.index] : text.trim();
    if (/^\S{1,20}$/.test(symbol)) {
      return tell(context, withMeant(told, understood.text, symbol), open.draft);
    }
  }
  if (understood.kind === 'question') {
    const { options } = understood.question;
    const picked = typedChoice(
      options.map(({ label }) => label),
      text,
    );
    const edits =
      picked.kind === 'one' ? options[picked.index].edits : answerTo(understood.question, text);
    if (edits) return tell(context, { ...told, answers: [...told.answers, edits] }, open.draft);
  }
  return more(context, told, understood, text, open.draft);
}

/** Words that do not settle what was asked are read beside the rest, which stays. */
async function more(
  context: Context,
  told: Told,
  asked: Understood,
  text: string,
  base: Base,
): Promise<Outcome | null> {
  const alone = understandHoldings(typed(text));
  if (alone.kind === 'nothing' && alone.problems.length === 0) return null;
  if (told.file !== null || asked.kind !== 'unknown') return tell(context, typed(text), base);
  const skipped = [...told.skipped, asked.text];
  return tell(context, { ...told, text: `${told.text}\n${text}`, skipped }, base);
}

/** From words to the next question or the echo; null when they say nothing about holdings. */
async function tell(context: Context, told: Told, base: Base): Promise<Outcome | null> {
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
          ? unknownReply(id, understood.text, understood.suggestions, place)
          : questionReply(id, understood.question, null, place);
      const text = told.text;
      return {
        replies: [reply],
        dialogue: { kind: 'holdings', phase: 'clarify', text, draft: savedDraft(draft) },
      };
    }
  }
}

async function echo(
  context: Context,
  base: Base,
  edits: Parameters<typeof edited>[1],
  remarks: { readonly problems: readonly string[]; readonly notes: readonly string[] },
): Promise<Outcome> {
  const market = await context.market();
  const { portfolio, problems } = edited(base.portfolio, edits, market.quotes);
  const all = [...remarks.problems, ...problems];
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

async function ask(context: Context, said: readonly string[]): Promise<Outcome> {
  const base = await baseOf(context);
  const draft: HoldingsDraft = {
    id: context.newId(),
    ...base,
    file: null,
    skipped: [],
    answers: [],
  };
  return {
    replies: [askReply(base.portfolio, await context.market(), said, placeOf(context))],
    dialogue: { kind: 'holdings', phase: 'ask', text: '', draft: savedDraft(draft) },
  };
}

/** What was echoed counts, unless the ledger has moved on or the echo is old: then it is shown anew. */
async function confirm(context: Context, draft: HoldingsDraft): Promise<Outcome> {
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

function closed(context: Context): Outcome {
  const text = 'Fine, I leave your holdings as they are.';
  return { replies: [privately(placeOf(context), [{ kind: 'text', text }])], dialogue: null };
}
