import { formatPercent } from '../language/format.ts';
import type { Block, Draft } from '../reply.ts';
import type { Contradiction } from '../suitability/contradictions.ts';
import { policies, profileTitles } from '../suitability/policy.ts';
import type { Question } from '../suitability/questionnaire.ts';
import { optionOf, questionnaire, questionOf } from '../suitability/questionnaire.ts';
import type { Answers, RiskProfile } from '../suitability/scoring.ts';
import type { Unsuitability } from '../suitability/unsuitable.ts';
import { choice, commandChoice, type Place, privately } from './place.ts';
import type { QuestionnaireState } from './questionnaire.ts';
import { presentQuestion } from './questionnaire.ts';
import { questionsOn } from './questionnaire-form.ts';

const { questions } = questionnaire;

/** A question with its buttons, how far along it is, and what was answered last. */
export function questionReply(state: QuestionnaireState, said: string | null, place: Place): Draft {
  const question = presentQuestion(state) ?? questions[0];
  const at = questions.indexOf(question);
  const present = state.answers[question.name];
  const blocks: Block[] = [
    ...(said ? [{ kind: 'text', text: said } as const] : []),
    {
      kind: 'progress',
      label: `Question ${at + 1} of ${questions.length}`,
      done: at,
      total: questions.length,
    },
    { kind: 'text', style: 'title', text: question.text },
    { kind: 'text', style: 'small', text: question.why },
  ];
  const before = at === 0 ? '' : answered(state.answers, [questions[at - 1]]);
  if (before !== '') blocks.push({ kind: 'text', style: 'small', text: `Noted. ${before}` });
  if (present !== undefined) {
    blocks.push({
      kind: 'text',
      style: 'small',
      text: `Your answer now: ${optionOf(question, present)!.label}`,
    });
  }
  return privately(place, blocks, [
    ...question.options.map(({ value, label }) =>
      choice(
        label,
        { name: 'answer', args: { question: question.name, value } },
        value === present ? 'primary' : undefined,
      ),
    ),
    ...(at > 0 ? [choice('Back', { name: 'back', args: {} })] : []),
    onePage(question, state),
  ]);
}

/** The questions around this one as a form, filled with what is known. */
function onePage({ side }: Question, { answers }: QuestionnaireState): Draft['actions'][number] {
  const page = questionsOn(side);
  return {
    kind: 'form',
    label: `Answer these ${page.length} at once`,
    do: { name: 'form', args: {} },
    form: side,
    shortcut: true,
    initial: Object.fromEntries(
      page.filter(({ name }) => answers[name]).map(({ name }) => [name, answers[name]]),
    ),
  };
}

/** What stays of a question that was answered by typing, once the next one is asked below. */
export function answeredReply(answers: Answers, key: string): Draft {
  const said = soFar(answers);
  const text = said === '' ? 'The questions go on below.' : said;
  return privately({ key, replaces: key }, [{ kind: 'text', style: 'small', text }], []);
}

/** Every answer until now in one line; empty before the first. */
export function soFar(answers: Answers): string {
  const summary = answered(answers, questions);
  return summary === '' ? '' : `So far: ${summary}`;
}

/** Two answers that do not fit, each to change, or both to keep. */
export function contradictionReply(
  answers: Answers,
  contradiction: Contradiction,
  said: string | null,
  place: Place,
): Draft {
  const asked = contradiction.questions.map((name) => questionOf(questionnaire, name)!);
  return privately(
    place,
    [
      ...(said ? [{ kind: 'text', text: said } as const] : []),
      { kind: 'text', style: 'title', text: 'Two of your answers pull apart' },
      { kind: 'text', text: contradiction.text },
      {
        kind: 'facts',
        facts: asked.map((question) => ({
          label: question.short,
          value: optionOf(question, answers[question.name])!.label,
        })),
      },
      {
        kind: 'text',
        text: 'Would you like to change one? Both can stand; then the lower score decides.',
      },
    ],
    [
      ...asked.map((question) =>
        choice(`Change "${question.short}"`, {
          name: 'change-answer',
          args: { value: question.name },
        }),
      ),
      choice('Keep both', {
        name: 'keep-answers',
        args: { contradiction: contradiction.name },
      }),
    ],
  );
}

/** Why investing does not suit now, and what would change that. */
export function unsuitableReply(reasons: readonly Unsuitability[], place: Place): Draft {
  return privately(
    place,
    [
      { kind: 'text', style: 'title', text: 'Investing does not suit you right now' },
      ...reasons.map(
        ({ reason, whatWouldChange }): Block => ({
          kind: 'text',
          text: `${reason}\n**What would change this:** ${whatWouldChange}`,
        }),
      ),
      {
        kind: 'text',
        text: 'So I stop here and recommend nothing. That is no judgement of you; come back when this has changed.',
      },
    ],
    [
      choice(`Change "${questionOf(questionnaire, reasons[0].questions[0])!.short}"`, {
        name: 'change-answer',
        args: { value: reasons[0].questions[0] },
      }),
      commandChoice('My answers', 'profile'),
    ],
  );
}

/** The risk profile: scores, reasons, the limits that follow from it, and the next step. */
export function profileReply(
  risk: RiskProfile,
  place: Place,
  actions: Draft['actions'] = [
    commandChoice('Set a goal', 'goal', 'primary'),
    commandChoice('My answers', 'profile'),
  ],
): Draft {
  const policy = policies[risk.profile];
  const { classLimits, maxPerAsset } = policy;
  const most = (limit: number) => (limit === 0 ? 'none' : `at most ${formatPercent(limit)}`);
  return privately(
    place,
    [
      {
        kind: 'text',
        style: 'title',
        text: `Your risk profile: ${profileTitles[risk.profile]}`,
      },
      { kind: 'text', text: risk.why.join(' ') },
      {
        kind: 'facts',
        facts: [
          { label: 'Ability to bear loss', value: `${risk.capacity.score} of 100` },
          { label: 'Willingness to bear loss', value: `${risk.willingness.score} of 100` },
          { label: 'Swings (volatility) a year', value: most(policy.volatilityBudget) },
          { label: 'Stocks', value: most(classLimits.stocks[1]) },
          {
            label: 'Any one stock fund',
            value: most(Math.min(maxPerAsset.stocks, classLimits.stocks[1])),
          },
          {
            label: 'Gold, commodities and real estate',
            value: most(classLimits['real-assets'][1]),
          },
          { label: 'Crypto', value: most(classLimits.crypto[1]) },
          { label: 'Cash', value: `at least ${formatPercent(classLimits.cash[0])}` },
        ],
      },
      {
        kind: 'text',
        style: 'small',
        text: 'Every recommendation keeps within these limits. You can change your answers at any time.',
      },
    ],
    actions,
  );
}

function answered(answers: Answers, among: readonly Question[]): string {
  return among
    .filter(({ name }) => Object.hasOwn(answers, name))
    .map((question) => `${question.short}: ${optionOf(question, answers[question.name])!.label}`)
    .join(' · ');
}
