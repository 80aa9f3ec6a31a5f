import { openQuestionnaire, showAgain } from '../dialogue/questionnaire-handlers.ts';
import { profileReply, unsuitableReply } from '../dialogue/questionnaire-replies.ts';
import { questionnaireIn } from '../dialogue/state.ts';
import { formatDay, MS_PER_DAY } from '../language/format.ts';
import type { Block, Draft } from '../reply.ts';
import type { StoredAnswers } from '../store.ts';
import { assess } from '../suitability/assess.ts';
import { optionOf, questionnaire } from '../suitability/questionnaire.ts';
import type { Command } from './command.ts';

/** Shows the profile as the stored answers score today, the answers, and ways to change them. */
export const profile: Command = {
  name: 'profile',
  summary: 'See your risk profile, and change the answers behind it',
  phrases: [
    'my profile',
    'risk profile',
    'my risk',
    'change my answers',
    'change risk',
    'questionnaire',
    'answer the questions',
    'how much risk',
  ],
  needs: 'consent',
  async run(context) {
    const open = questionnaireIn(context.dialogue);
    if (open) return showAgain(context, open);
    const stored = await context.read.answers.current(context.person);
    if (stored === null) return openQuestionnaire(context);
    const assessment = assess(stored);
    // Answers to an older or shorter questionnaire count where they fit; the rest is asked.
    if (assessment.kind === 'incomplete') return openQuestionnaire(context, stored.answers);
    const place = { key: context.newId() };
    const draft =
      assessment.kind === 'suitable'
        ? profileReply(assessment.risk, place)
        : unsuitableReply(assessment.reasons, place);
    return {
      replies: [
        {
          ...draft,
          blocks: [...draft.blocks, ...answersBlocks(stored)],
          actions: ways(stored, assessment.kind === 'suitable'),
        },
      ],
    };
  },
};

function answersBlocks(stored: StoredAnswers): readonly Block[] {
  return [
    {
      kind: 'table',
      title: `Your answers of ${formatDay(Math.floor(stored.at / MS_PER_DAY))}`,
      columns: [
        { label: 'Question', align: 'left' },
        { label: 'Answer', align: 'left' },
      ],
      rows: answered(stored).map(({ short, label }) => [short, label]),
    },
  ];
}

function ways(stored: StoredAnswers, suitable: boolean): Draft['actions'] {
  return [
    {
      kind: 'select',
      label: 'Change an answer',
      do: { name: 'change-answer', args: {} },
      options: answered(stored).map(({ name, short, label }) => ({
        label: short,
        value: name,
        note: label,
      })),
    },
    { kind: 'choice', label: 'Answer all again', do: { name: 'retake-questionnaire', args: {} } },
    ...(suitable
      ? [
          {
            kind: 'choice' as const,
            label: 'Set a goal',
            do: { name: 'command', args: { name: 'goal' } },
          },
        ]
      : []),
  ];
}

function answered(stored: StoredAnswers) {
  return questionnaire.questions.flatMap((question) => {
    const option = optionOf(question, stored.answers[question.name]);
    return option ? [{ name: question.name, short: question.short, label: option.label }] : [];
  });
}
