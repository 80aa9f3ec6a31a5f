import type {
  ActHandler,
  Context,
  DialogueHandler,
  FormHandler,
  Outcome,
} from '../commands/command.ts';
import { type Goal, goalSchema } from '../goal.ts';
import { wishOf } from '../intent-wish.ts';
import { MS_PER_DAY } from '../language/format.ts';
import { type GoalReading, readGoal } from '../language/read-goal.ts';
import { readHoldings } from '../language/read-holdings.ts';
import type { Act } from '../reply.ts';
import { corrected } from './goal-correction.ts';
import { goalOfForm } from './goal-form.ts';
import {
  askReply,
  clarifyReply,
  echoReply,
  type GoalOption,
  type GoalTopic,
  goalSetReply,
  isTopic,
} from './goal-replies.ts';
import { commandChoice, placeOf, privately } from './place.ts';
import { saysLeave, saysNo, saysYes } from './plain-answers.ts';
import { type DialogueState, isElsewhere } from './state.ts';
import { typedChoice } from './typed-choice.ts';

/** What was said so far, and of which goal: kept while a goal is being asked for. */
type Asked = { readonly topic: GoalTopic | null };

/** Opens the goal dialogue: asks, or reads what came with the command. */
export function openGoal(context: Context, text: string, present: Goal | null): Outcome {
  return text.trim() === ''
    ? ask(context, null, null, present)
    : understand(context, text, null, '');
}

export const goalActs: Readonly<Record<string, ActHandler>> = {
  /** One of the four goals by button. */
  'goal-kind': async (context, args) => {
    const kind = String(args.kind);
    if (kind === 'max-return' || kind === 'preserve') return echo(context, { kind }, '');
    return ask(context, isTopic(kind) ? kind : null, null, null);
  },
  /** One reading of an ambiguous phrase. */
  'goal-pick': async (context, args) => echo(context, goalOf(args), ''),
  'goal-yes': async (context, args) => {
    const late =
      context.button?.act.expiresAt !== undefined && context.now > context.button.act.expiresAt;
    const goal = goalOf(args);
    return late ? echo(context, goal, '') : settled(context, goal, String(args.text ?? ''));
  },
  'goal-edit': async (context) => ask(context, null, null, null),
};

/** The form's values mean the same as the same words typed. */
export const goalFormHandler: FormHandler = async (context, values) => {
  const read = goalOfForm(values, { now: context.now, locale: context.event.locale });
  return follow(context, read, '', null);
};

export const goalDialogue: DialogueHandler = {
  async onText(context, text) {
    const state = context.dialogue;
    if (state?.kind !== 'goal' || /^\s*\//.test(text) || text.trim().endsWith('?')) return null;
    if (saysLeave(text)) return closed(context);
    if (isElsewhere(state, context) && answersOnly(state, text)) return showHere(context, state);
    if (state.phase === 'echo') {
      const goal = goalSchema.parse(state.goal);
      if (saysYes(text)) return settled(context, goal, state.text);
      if (saysNo(text)) return ask(context, null, null, null);
      const at = { now: context.now, locale: context.event.locale };
      const better = readGoal(text, at).kind === 'understood' ? null : corrected(goal, text, at);
      if (better) return echo(context, better, `${state.text} ${text}`.trim().slice(0, 500));
    }
    if (state.phase === 'clarify') {
      const options = optionsOf(state);
      const typed = typedChoice(
        options.map(({ label }) => label),
        text,
      );
      if (typed.kind === 'one') return echo(context, options[typed.index].goal, state.text);
      if (saysNo(text)) return ask(context, null, null, null);
      if (saysYes(text)) {
        return { replies: [clarifyReply('Which one do you mean?', options, placeOf(context))] };
      }
    }
    // A limit, a view or a way to choose is no goal, though its percentage would pass for a return.
    if (tellsHoldings(text, context) || wishOf(text) !== null) return null;
    const topic = state.phase === 'ask' ? (state.goal as Asked).topic : null;
    const outcome = understand(context, text, topic, state.phase === 'ask' ? state.text : '');
    // Words without a number that mean no goal, while one waits for yes, are for the rest of the bot.
    const foreign = outcome.dialogue?.kind === 'goal' && outcome.dialogue.phase === 'ask';
    return state.phase !== 'ask' && foreign && !/\d/.test(text) ? null : outcome;
  },
};

type GoalState = Extract<DialogueState, { kind: 'goal' }>;

function optionsOf(state: GoalState): readonly GoalOption[] {
  return (state.goal as { options: readonly GoalOption[] }).options;
}

/** "Yes", or "2": words that say nothing without what was shown before them. */
function answersOnly(state: GoalState, text: string): boolean {
  if (state.phase === 'ask') return false;
  if (saysYes(text) || saysNo(text)) return true;
  const labels = state.phase === 'clarify' ? optionsOf(state).map(({ label }) => label) : [];
  return typedChoice(labels, text).kind === 'one';
}

/** Shows what waits for an answer in another chat. */
function showHere(context: Context, state: GoalState): Outcome {
  if (state.phase === 'echo') return echo(context, goalSchema.parse(state.goal), state.text);
  return {
    replies: [clarifyReply('Which one do you mean?', optionsOf(state), placeOf(context))],
    dialogue: state,
  };
}

/** "12 SPY, 4000 cash" is no goal, though it was one that was asked for: the rest of the bot takes it. */
function tellsHoldings(text: string, { now, event }: Context): boolean {
  if (!readHoldings(text).edits.some((edit) => 'asset' in edit)) return false;
  const { kind } = readGoal(text, { now, locale: event.locale });
  return kind === 'refused' || kind === 'unclear';
}

/** Reads the words alone, then after what was said before, then as an answer about the topic. */
function understand(
  context: Context,
  text: string,
  topic: GoalTopic | null,
  before: string,
): Outcome {
  const at = { now: context.now, locale: context.event.locale };
  const tries = [
    text,
    ...(before ? [`${before} ${text}`, `${before} by ${text}`] : []),
    ...(topic === 'target-return'
      ? [
          // Asked for a percentage, a bare number is one.
          /^\s*\d+(?:\.\d+)?\s*$/.test(text) ? `a return of ${text.trim()} % a year` : '',
          `a return of ${text} a year`,
          `a return of ${text}`,
        ].filter((words) => words !== '')
      : []),
  ];
  const readings = tries.map((words) => ({ words, reading: readGoal(words, at) }));
  const best =
    readings.find(({ reading }) => reading.kind === 'understood') ??
    readings.find(({ reading }) => reading.kind !== 'unclear') ??
    readings[Math.min(1, before ? 1 : 0)];
  return follow(context, best.reading, best.words, topic);
}

function follow(
  context: Context,
  reading: GoalReading,
  text: string,
  topic: GoalTopic | null,
): Outcome {
  switch (reading.kind) {
    case 'understood':
      return echo(context, reading.goal, text);
    case 'ambiguous':
      return {
        replies: [clarifyReply(reading.question, reading.options, placeOf(context))],
        dialogue: { kind: 'goal', phase: 'clarify', text, goal: { options: reading.options } },
      };
    case 'unclear':
      return ask(context, topic, reading.ask, null, text);
    case 'refused':
      return ask(context, topic, reading.reason, null, '', true);
  }
}

function ask(
  context: Context,
  topic: GoalTopic | null,
  said: string | null,
  present: Goal | null,
  text = '',
  refused = false,
): Outcome {
  const asked: Asked = { topic };
  return {
    replies: [askReply(topic, said, present, placeOf(context), refused)],
    dialogue: { kind: 'goal', phase: 'ask', text: text.slice(0, 500), goal: asked },
  };
}

function echo(context: Context, goal: Goal, text: string): Outcome {
  return {
    replies: [echoReply(goal, text, context.now, placeOf(context))],
    dialogue: { kind: 'goal', phase: 'echo', text, goal },
  };
}

/** Stores the goal as it was echoed. Advice given for the former one can no longer be confirmed. */
async function settled(context: Context, goal: Goal, text: string): Promise<Outcome> {
  const { person, now } = context;
  if (goal.kind === 'by-date' && goal.byDay <= Math.floor(now / MS_PER_DAY)) {
    return ask(context, 'by-date', 'That date has passed. By when should it be there?', null);
  }
  const holdings = await context.read.ledger.holdings(person);
  const empty = holdings.positions.length === 0 && holdings.cash.minor === 0n;
  return {
    replies: [goalSetReply(goal, empty, placeOf(context))],
    dialogue: null,
    commit: async (tx) => {
      await tx.goals.put(person, goal, now);
      await tx.proposals.supersedeOpen(person, now);
      await tx.audit.append({
        workspace: person.workspace,
        actor: person.person,
        person: person.person,
        kind: 'goal-set',
        payload: { goal, text },
        at: now,
      });
      return undefined;
    },
  };
}

function closed(context: Context): Outcome {
  const text = 'Fine, I leave your goal as it is.';
  const ways = [commandChoice('What can you do?', 'help')];
  return { replies: [privately(placeOf(context), [{ kind: 'text', text }], ways)], dialogue: null };
}

/** A button carries the goal its own message showed, so that an old "Yes" never confirms a newer one. */
function goalOf(args: Act['args']): Goal {
  return goalSchema.parse(JSON.parse(String(args.goal)));
}
