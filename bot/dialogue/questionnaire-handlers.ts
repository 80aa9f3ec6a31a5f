import type {
  ActHandler,
  Context,
  DialogueHandler,
  FormHandler,
  Outcome,
} from '../commands/command.ts';
import type { Draft } from '../reply.ts';
import type { Tx } from '../store.ts';
import { contradictionsIn } from '../suitability/contradictions.ts';
import type { Answers, RiskProfile } from '../suitability/scoring.ts';
import { commandChoice, type Place, privately } from './place.ts';
import type { QuestionnaireInput, QuestionnaireState, QuestionnaireStep } from './questionnaire.ts';
import { begin, resume, step } from './questionnaire.ts';
import {
  answeredReply,
  contradictionReply,
  profileReply,
  questionReply,
  soFar,
  unsuitableReply,
} from './questionnaire-replies.ts';
import { isElsewhere, questionnaireIn } from './state.ts';
import { plainWords } from './typed-choice.ts';

/** Opens the questionnaire in a new message, with answers that count already and maybe at a question. */
export function openQuestionnaire(
  context: Context,
  answers: Answers = {},
  question?: string,
): Outcome {
  const message = context.newId();
  return outcomeOf(context, begin(message, answers, question), { key: message });
}

/** Shows the open questionnaire again below what has been said since. */
export function showAgain(context: Context, state: QuestionnaireState): Outcome {
  return openBelow(context, state, resume(state));
}

export const acts: Readonly<Record<string, ActHandler>> = {
  answer: (context, args) =>
    pressed(context, {
      kind: 'answer',
      question: String(args.question),
      value: String(args.value),
    }),
  back: (context) => pressed(context, { kind: 'back' }),
  'change-answer': (context, args) =>
    pressed(context, { kind: 'change', question: String(args.value) }),
  'keep-answers': (context, args) =>
    pressed(context, { kind: 'keep', contradiction: String(args.contradiction) }),
  'retake-questionnaire': async (context) => openQuestionnaire(context),
};

export const questionnaireDialogue: DialogueHandler = {
  async onText(context, text) {
    const state = context.dialogue;
    // Slash commands and questions are for the rest of the bot; the questionnaire stays open.
    if (state?.kind !== 'questionnaire' || /^\s*\//.test(text) || text.trim().endsWith('?'))
      return null;
    if (/^(stop|pause|later|cancel|not now)$/.test(plainWords(text))) return paused(context);
    // Words cannot answer a question that stands in another chat: it is asked here first.
    if (isElsewhere(state, context)) return openBelow(context, state, openAgain(state));
    return openBelow(context, state, step(state, { kind: 'text', text }));
  },
};

/** A page of answers; the next question, or what they come to, stands below. */
export const questionnaireFormHandler: FormHandler = async (context, values) => {
  const open = questionnaireIn(context.dialogue);
  if (open) return openBelow(context, open, step(open, { kind: 'page', answers: values }));
  const stored = await context.read.answers.current(context.person);
  return openQuestionnaire(context, { ...stored?.answers, ...values });
};

/**
 * A pressed button moves the question in place. With no questionnaire open (it ended, or another
 * dialogue began) it reopens on the stored answers, so an old button still does what it says.
 */
async function pressed(context: Context, input: QuestionnaireInput): Promise<Outcome> {
  const open = questionnaireIn(context.dialogue);
  if (open) {
    return isElsewhere(open, context)
      ? broughtHere(context, open, input)
      : outcomeOf(context, step(open, input), inPlace(open));
  }
  const stored = await context.read.answers.current(context.person);
  const message = context.newId();
  const first = begin(message, stored?.answers ?? {}, 'horizon');
  if (first.kind !== 'ask') throw new RangeError('A questionnaire opened at a question asks it.');
  if (input.kind === 'back' || input.kind === 'keep') {
    return outcomeOf(context, begin(message, stored?.answers ?? {}), { key: message });
  }
  return outcomeOf(context, step(first.state, input), { key: message });
}

function inPlace(state: QuestionnaireState): Place {
  return { key: state.message, replaces: state.message };
}

function openAgain(state: QuestionnaireState): QuestionnaireStep {
  const said = 'We are in the middle of my questions. Here is where they stand.';
  const next = resume(state);
  return next.kind === 'ask' || next.kind === 'contradiction'
    ? { ...next, said: next.said ?? said }
    : next;
}

/**
 * A button of a message here, while the question stands in another chat: the message here becomes
 * the place of what comes next, and says what was answered meanwhile.
 */
function broughtHere(
  context: Context,
  state: QuestionnaireState,
  input: QuestionnaireInput,
): Outcome {
  const here = { ...state, message: context.button?.messageKey ?? context.newId() };
  const outcome = outcomeOf(context, step(here, input), inPlace(here));
  const text = soFar(state.answers);
  if (text === '' || outcome.dialogue === null) return outcome;
  const [draft, ...rest] = outcome.replies;
  const blocks = [{ kind: 'text', style: 'small', text } as const, ...draft.blocks];
  return { ...outcome, replies: [{ ...draft, blocks }, ...rest] };
}

/** After typed words the next question stands below them; what it replaces keeps a summary only. */
function openBelow(context: Context, state: QuestionnaireState, next: QuestionnaireStep): Outcome {
  const message = context.newId();
  const moved = { ...next, state: { ...next.state, message } };
  const outcome = outcomeOf(context, moved, { key: message });
  return {
    ...outcome,
    replies: [...leftBehind(context, state, next.state.answers), ...outcome.replies],
  };
}

/** What stays of the former question; where it stands in another chat, what it was so far is said here. */
function leftBehind(
  context: Context,
  state: QuestionnaireState,
  answers: Answers,
): readonly Draft[] {
  if (!isElsewhere(state, context)) return [answeredReply(answers, state.message)];
  const text = soFar(answers);
  return text === ''
    ? []
    : [privately({ key: context.newId() }, [{ kind: 'text', style: 'small', text }])];
}

function outcomeOf(context: Context, next: QuestionnaireStep, place: Place): Outcome {
  switch (next.kind) {
    case 'ask':
      return { replies: [questionReply(next.state, next.said, place)], dialogue: next.state };
    case 'contradiction': {
      const { state, contradiction, said } = next;
      return {
        replies: [contradictionReply(state.answers, contradiction, said, place)],
        dialogue: state,
      };
    }
    case 'unsuitable':
      return {
        replies: [unsuitableReply(next.reasons, place)],
        dialogue: null,
        commit: (tx) =>
          record(tx, context, next.state, 'unsuitable', {
            reasons: next.reasons.map(({ name }) => name),
          }),
      };
    case 'done':
      return {
        replies: [profileReply(next.risk, place)],
        dialogue: null,
        commit: (tx) => record(tx, context, next.state, 'profile-set', summary(next.risk)),
      };
  }
}

function summary({ profile, capacity, willingness, binding }: RiskProfile) {
  return { profile, capacity: capacity.score, willingness: willingness.score, binding };
}

/** Stores the answers with their version; advice that stood on the former ones can no longer be confirmed. */
async function record(
  tx: Tx,
  context: Context,
  state: QuestionnaireState,
  kind: string,
  result: Readonly<Record<string, unknown>>,
): Promise<undefined> {
  const { person, now } = context;
  await tx.answers.put(person, state.questionnaire, state.answers, now);
  await tx.proposals.supersedeOpen(person, now);
  await tx.audit.append({
    workspace: person.workspace,
    actor: person.person,
    person: person.person,
    kind,
    payload: {
      questionnaire: state.questionnaire,
      answers: state.answers,
      keptContradictions: contradictionsIn(state.answers).map(({ name }) => name),
      ...result,
    },
    at: now,
  });
}

function paused(context: Context): Outcome {
  const text = 'Of course. Your answers so far are kept; go on whenever you like.';
  return {
    replies: [
      privately(
        { key: context.newId() },
        [{ kind: 'text', text }],
        [commandChoice('Go on', 'profile', 'primary')],
      ),
    ],
  };
}
