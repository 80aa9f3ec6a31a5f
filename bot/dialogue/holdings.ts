import type {
  ActHandler,
  Context,
  DialogueHandler,
  FormHandler,
  Outcome,
} from '../commands/command.ts';
import type { EventFile } from '../event.ts';
import { wishOf } from '../intent-wish.ts';
import { cleanText } from '../language/clean.ts';
import { textOfFile } from '../language/csv-text.ts';
import { readGoal } from '../language/read-goal.ts';
import { readHoldings } from '../language/read-holdings.ts';
import type { Act } from '../reply.ts';
import { holdingsText } from './holdings-form.ts';
import type { Told, Understood } from './holdings-reading.ts';
import { answerTo, understandHoldings, withMeant } from './holdings-reading.ts';
import type { HoldingsDraft } from './holdings-state.ts';
import {
  ask,
  type Base,
  baseOf,
  confirm,
  echo,
  type Open,
  outdated,
  stateOf,
  tell,
  toldIn,
  typedWords,
} from './holdings-turn.ts';
import { commandChoice, placeOf, privately } from './place.ts';
import { saysLeave, saysNo, saysUnsure, saysYes } from './plain-answers.ts';
import { edited } from './portfolio-edit.ts';
import { isElsewhere } from './state.ts';
import { typedChoice } from './typed-choice.ts';

/** Opens the holdings dialogue: asks, or reads what came with the command. */
export async function openHoldings(context: Context, text: string): Promise<Outcome> {
  if (text.trim() === '') return ask(context, []);
  const outcome = await tell(context, typedWords(text), await baseOf(context));
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
    const asset = cleanText(String(args.value), 20);
    return echo(context, base, [{ kind: 'remove', asset }], { problems: [], notes: [] });
  },
  'holdings-yes': async (context, args) => {
    const open = stateOf(context);
    if (open?.phase !== 'echo' || open.draft.id !== args.id) throw outdated();
    return confirm(context, open.draft);
  },
};

/** The form's values mean the same as the same words typed. */
export const holdingsFormHandler: FormHandler = async (context, values, { file }) => {
  const words = typedWords(holdingsText(values));
  const base = await baseOf(context);
  if (file !== undefined) return fileBeside(context, file, words, base);
  const outcome = await tell(context, words, base);
  return outcome ?? ask(context, ['I did not find any holdings in that.']);
};

/** The file's list goes on top of what the words say; words that need a question go first, alone. */
async function fileBeside(
  context: Context,
  file: EventFile,
  words: Told,
  base: Base,
): Promise<Outcome> {
  if (words.text === '') return fromFile(context, file, base);
  const understood = understandHoldings(words);
  if (understood.kind !== 'edits') {
    const text = 'I have a question about the words, so I left the file aside. Send it after this.';
    return (await tell(context, words, base, text)) ?? ask(context, [text]);
  }
  const { quotes } = await context.market();
  const { portfolio } = edited(base.portfolio, understood.edits, quotes);
  return fromFile(context, file, { ...base, portfolio });
}

async function fromFile(context: Context, file: EventFile, base: Base): Promise<Outcome> {
  const read = textOfFile(Buffer.from(file.content, 'base64'));
  if ('problem' in read) return ask(context, [read.problem]);
  const outcome = await tell(context, { ...typedWords(read.text), file: file.name }, base);
  return outcome ?? ask(context, ['I did not find any holdings in that file.']);
}

/** A file counts whether or not holdings were being asked for. */
export const onHoldingsFile: NonNullable<DialogueHandler['onFile']> = async (context, file) =>
  fromFile(context, file, await baseOf(context));

export const holdingsDialogue: DialogueHandler = {
  async onText(context, text) {
    const open = stateOf(context);
    if (open === null || /^\s*\//.test(text) || text.trim().endsWith('?')) return null;
    if (saysLeave(text)) return closed(context);
    const elsewhere = context.dialogue !== null && isElsewhere(context.dialogue, context);
    if (open.phase === 'clarify') {
      const answer = await clarify(context, open, text);
      // What was asked in another chat is asked here before words answer it.
      return answer && elsewhere ? tell(context, toldIn(open), open.draft) : answer;
    }
    if (open.phase === 'echo') {
      if (elsewhere && (saysYes(text) || saysNo(text))) {
        return echo(context, open.draft, [], { problems: [], notes: [] });
      }
      if (saysYes(text)) return confirm(context, open.draft);
      if (saysNo(text)) return ask(context, []);
    }
    if (isForOthers(text, context)) return null;
    // Corrections to an echo start from what it showed.
    const base = open.phase === 'echo' ? open.draft : await baseOf(context);
    return tell(context, typedWords(text), base);
  },
  onFile: onHoldingsFile,
};

/** A goal told while holdings are asked for, or a sentence without any number that names no asset. */
function isForOthers(text: string, { now, event }: Context): boolean {
  const { edits, questions } = readHoldings(text);
  if (edits.some((edit) => edit.kind !== 'cash') || questions.length > 0) return false;
  // "Stocks at most 60 %" is a limit, not something held.
  if (wishOf(text) !== null) return true;
  if (!/\d/.test(text)) return edits.length === 0 && text.trim().split(/\s+/).length > 3;
  const goal = readGoal(text, { now, locale: event.locale });
  if (goal.kind === 'understood') return goal.goal.kind === 'by-date';
  return goal.kind === 'ambiguous' && goal.options.every((one) => one.goal.kind === 'by-date');
}

function clarifying(context: Context, args: Act['args']): { told: Told; draft: HoldingsDraft } {
  const open = stateOf(context);
  if (open?.phase !== 'clarify' || open.draft.id !== args.id) throw outdated();
  return { told: toldIn(open), draft: open.draft };
}

/** Typed words while something is open: an answer to it, or a new list. */
async function clarify(context: Context, open: Open, text: string): Promise<Outcome | null> {
  const told = toldIn(open);
  const understood = understandHoldings(told);
  if (understood.kind === 'unknown') {
    if (saysUnsure(text)) {
      return tell(context, { ...told, skipped: [...told.skipped, understood.text] }, open.draft);
    }
    const symbol = meantBy(text, understood.suggestions);
    if (symbol) return tell(context, withMeant(told, understood.text, symbol), open.draft);
  }
  if (understood.kind === 'question') {
    const { options } = understood.question;
    if (saysUnsure(text)) {
      const answers = [...told.answers, []];
      return (await tell(context, { ...told, answers }, open.draft)) ?? ask(context, []);
    }
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

/** The ticker that an answer to "did you mean" names: one of those offered, or another; null for none. */
function meantBy(text: string, suggestions: readonly string[]): string | null {
  if (saysYes(text)) return suggestions.length === 1 ? suggestions[0] : null;
  const picked = typedChoice(suggestions, text);
  if (picked.kind === 'one') return suggestions[picked.index];
  const [named, ...more] = readHoldings(`1 ${text}`).edits;
  // "S&P 500" is a name; "12 SPY" is another holding.
  if (!/^\s*\d/.test(text) && more.length === 0 && named?.kind === 'set') return named.asset;
  return /^\S{1,20}$/.test(text.trim()) ? text.trim() : null;
}

/** Words that settle nothing: a list is read beside the rest, anything doubtful is asked again. */
async function more(
  context: Context,
  told: Told,
  asked: Understood,
  text: string,
  base: Base,
): Promise<Outcome | null> {
  const alone = understandHoldings(typedWords(text));
  if (alone.kind === 'nothing' && alone.problems.length === 0) {
    // A "yes" that picks nothing is still meant for this question.
    return saysYes(text) || saysNo(text)
      ? tell(context, told, base, 'That did not answer this:')
      : null;
  }
  if (alone.kind !== 'edits' || asked.kind !== 'unknown') {
    const beside =
      asked.kind === 'question' && alone.kind === 'nothing'
        ? understandHoldings(typedWords(`${text} ${asked.question.text}`))
        : alone;
    const why = beside.kind === 'nothing' ? beside.problems[0] : undefined;
    return tell(context, told, base, why ?? 'That did not answer this:');
  }
  if (told.file !== null) return tell(context, typedWords(text), base);
  const skipped = [...told.skipped, asked.text];
  return tell(context, { ...told, text: `${told.text}\n${text}`, skipped }, base);
}

function closed(context: Context): Outcome {
  const text = 'Fine, I leave your holdings as they are.';
  const ways = [commandChoice('What can you do?', 'help')];
  return { replies: [privately(placeOf(context), [{ kind: 'text', text }], ways)], dialogue: null };
}
