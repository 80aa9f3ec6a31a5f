import type { Contradiction } from '../suitability/contradictions.ts';
import { contradictions, contradictionsIn } from '../suitability/contradictions.ts';
import type { Question } from '../suitability/questionnaire.ts';
import { optionOf, questionnaire, questionOf } from '../suitability/questionnaire.ts';
import type { Answers, RiskProfile } from '../suitability/scoring.ts';
import { score } from '../suitability/scoring.ts';
import type { Unsuitability } from '../suitability/unsuitable.ts';
import { unsuitabilityOf } from '../suitability/unsuitable.ts';
import type { DialogueState } from './state.ts';
import { plainWords, typedChoice } from './typed-choice.ts';

export type QuestionnaireState = Extract<DialogueState, { kind: 'questionnaire' }>;

export type QuestionnaireInput =
  | { readonly kind: 'answer'; readonly question: string; readonly value: string }
  /** Several answers at once, from a form. */
  | { readonly kind: 'page'; readonly answers: Answers }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'back' }
  /** Ask a question again, with its present answer shown. */
  | { readonly kind: 'change'; readonly question: string }
  /** Both answers of a contradiction stand. */
  | { readonly kind: 'keep'; readonly contradiction: string };

/** What comes next. `said` is one sentence to put above it. */
export type QuestionnaireStep =
  | { readonly kind: 'ask'; readonly state: QuestionnaireState; readonly said: string | null }
  | {
      readonly kind: 'contradiction';
      readonly state: QuestionnaireState;
      readonly contradiction: Contradiction;
      readonly said: string | null;
    }
  | {
      readonly kind: 'unsuitable';
      readonly state: QuestionnaireState;
      readonly reasons: readonly Unsuitability[];
    }
  | { readonly kind: 'done'; readonly state: QuestionnaireState; readonly risk: RiskProfile };

const CONTRADICTION = 'contradiction:';
const { questions } = questionnaire;

/**
 * Opens the questionnaire at the first open question, or at `question`. Answers from an earlier run
 * or version count where they still fit.
 */
export function begin(
  message: string,
  answers: Answers = {},
  question?: string,
): QuestionnaireStep {
  const known = questions.filter((each) => optionOf(each, answers[each.name]));
  const state: QuestionnaireState = {
    kind: 'questionnaire',
    questionnaire: questionnaire.version,
    question: questions[0].name,
    answers: Object.fromEntries(known.map(({ name }) => [name, answers[name]])),
    confirmed: [],
    message,
  };
  return question === undefined ? advance(state, null) : ask(state, question, null);
}

/** Shows where an open questionnaire stands, after a restart or a newer version of the questions. */
export function resume(state: QuestionnaireState): QuestionnaireStep {
  if (state.questionnaire === questionnaire.version) return stay(state, null);
  const anew = begin(state.message, state.answers);
  const said = 'My questions have changed since; what you answered still counts where it fits.';
  return anew.kind === 'ask' || anew.kind === 'contradiction' ? { ...anew, said } : anew;
}

/** The next state for an input. Pure: the same state and input always come to the same. */
export function step(state: QuestionnaireState, input: QuestionnaireInput): QuestionnaireStep {
  if (state.questionnaire !== questionnaire.version) return resume(state);
  switch (input.kind) {
    case 'answer':
      return answer(state, input.question, input.value);
    case 'page':
      return page(state, input.answers);
    case 'back':
      return back(state);
    case 'change':
      return questionOf(questionnaire, input.question)
        ? ask(state, input.question, null)
        : stay(state, 'That question is no longer asked.');
    case 'keep':
      return keep(state, input.contradiction);
    case 'text':
      return text(state, input.text);
  }
}

/** The question a state stands at; null while a contradiction is being asked about. */
export function presentQuestion(state: QuestionnaireState): Question | null {
  return questionOf(questionnaire, state.question) ?? null;
}

function presentContradiction(state: QuestionnaireState): Contradiction | undefined {
  return contradictions.find(({ name }) => state.question === CONTRADICTION + name);
}

function answer(state: QuestionnaireState, name: string, value: string): QuestionnaireStep {
  const question = questionOf(questionnaire, name);
  const option = question && optionOf(question, value);
  if (!question || !option) return stay(state, 'That answer is no longer offered.');
  const former = state.answers[name];
  const changed = former !== value;
  const next: QuestionnaireState = {
    ...state,
    answers: { ...state.answers, [name]: value },
    confirmed: changed ? state.confirmed.filter((kept) => !involves(kept, name)) : state.confirmed,
  };
  if (name === state.question) return advance(next, null);
  // An older message's button: it counts, and is said, because nothing else shows it.
  const said =
    former !== undefined && !changed
      ? `"${question.short}" was already answered: ${option.label}.`
      : `I changed your answer to "${question.short}": ${option.label}.`;
  return advance(next, said);
}

/** Every answer of a page counts; what is no longer offered is asked again. */
function page(state: QuestionnaireState, given: Answers): QuestionnaireStep {
  const fitting = questions.filter((question) => optionOf(question, given[question.name]));
  const changed = fitting.filter(({ name }) => state.answers[name] !== given[name]);
  const answers = Object.fromEntries(fitting.map(({ name }) => [name, given[name]]));
  return advance(
    {
      ...state,
      answers: { ...state.answers, ...answers },
      confirmed: state.confirmed.filter(
        (kept) => !changed.some(({ name }) => involves(kept, name)),
      ),
    },
    null,
  );
}

function involves(contradiction: string, question: string): boolean {
  return contradictions.some(
    (each) => each.name === contradiction && each.questions.includes(question),
  );
}

function back(state: QuestionnaireState): QuestionnaireStep {
  const at = questions.findIndex(({ name }) => name === state.question);
  if (at === 0) return stay(state, 'This is the first question.');
  return ask(state, questions[at < 0 ? questions.length - 1 : at - 1].name, null);
}

function keep(state: QuestionnaireState, name: string): QuestionnaireStep {
  return advance({ ...state, confirmed: [...new Set([...state.confirmed, name])] }, null);
}

function text(state: QuestionnaireState, typed: string): QuestionnaireStep {
  if (/^(go )?(back|previous)$/.test(plainWords(typed))) return back(state);
  const contradiction = presentContradiction(state);
  if (contradiction) return textOnContradiction(state, contradiction, typed);
  const question = presentQuestion(state) ?? questions[0];
  const choice = typedChoice(
    question.options.map(({ label }) => label),
    typed,
  );
  if (choice.kind === 'one') {
    return answer(state, question.name, question.options[choice.index].value);
  }
  if (choice.kind === 'none') {
    return stay(
      state,
      'I did not recognise that as one of the answers. Press a button, or type its words or number. Type /help for other things.',
    );
  }
  const labels = choice.indexes.map((index) => `"${question.options[index].label}"`);
  return stay(state, `That could be ${labels.join(' or ')}. Which one do you mean?`);
}

function textOnContradiction(
  state: QuestionnaireState,
  contradiction: Contradiction,
  typed: string,
): QuestionnaireStep {
  const shorts = contradiction.questions.map((name) => questionOf(questionnaire, name)!.short);
  const words = plainWords(typed).replace(/^change /, '');
  if (/^(keep|keep both|both|yes|keep them)$/.test(words)) return keep(state, contradiction.name);
  const choice = typedChoice([...shorts, 'Keep both'], words);
  if (choice.kind !== 'one') {
    return stay(state, 'Press a button, or type the answer you want to change, or "keep both".');
  }
  return choice.index === 2
    ? keep(state, contradiction.name)
    : ask(state, contradiction.questions[choice.index], null);
}

function ask(state: QuestionnaireState, question: string, said: string | null): QuestionnaireStep {
  return { kind: 'ask', state: { ...state, question }, said };
}

function stay(state: QuestionnaireState, said: string | null): QuestionnaireStep {
  const contradiction = presentContradiction(state);
  if (contradiction) return { kind: 'contradiction', state, contradiction, said };
  return ask(state, (presentQuestion(state) ?? questions[0]).name, said);
}

/** Onwards: stop where investing does not suit, else ask what is open, then what contradicts itself. */
function advance(state: QuestionnaireState, said: string | null): QuestionnaireStep {
  const reasons = unsuitabilityOf(state.answers);
  if (reasons.length > 0) return { kind: 'unsuitable', state, reasons };
  const open = questions.find(({ name }) => !Object.hasOwn(state.answers, name));
  if (open) return ask(state, open.name, said);
  const contradiction = contradictionsIn(state.answers).find(
    ({ name }) => !state.confirmed.includes(name),
  );
  if (contradiction) {
    const question = CONTRADICTION + contradiction.name;
    return { kind: 'contradiction', state: { ...state, question }, contradiction, said };
  }
  const scored = score(state.answers, state.questionnaire);
  if (scored.kind !== 'scored') {
    throw new RangeError(`Complete answers did not score: ${JSON.stringify(scored)}`);
  }
  return { kind: 'done', state, risk: scored.risk };
}
