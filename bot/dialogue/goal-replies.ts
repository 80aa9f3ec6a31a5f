import type { Goal } from '../goal.ts';
import { MS_PER_DAY } from '../language/format.ts';
import { describeGoal } from '../language/read-goal.ts';
import type { Act, ActionOf, Draft } from '../reply.ts';
import { goalFormValues } from './goal-form.ts';
import { choice, commandChoice, type Place, privately } from './place.ts';

/** The two goals that need more than a button. */
export type GoalTopic = 'target-return' | 'by-date';

export interface GoalOption {
  readonly label: string;
  readonly goal: Goal;
}

/** An echo left lying longer than this is echoed again before it counts. */
const YES_DAYS = 7;

const questions: Readonly<Record<GoalTopic | 'any', { title: string; text: string }>> = {
  any: {
    title: 'What is this money for?',
    text: 'Choose one, or tell me in your own words, for example "20k towards a house by June 2032, adding 500 a month".',
  },
  'target-return': {
    title: 'What return would you like, per year?',
    text: 'Type a percentage, for example "6 %". I will look for the least risk that may bring it.',
  },
  'by-date': {
    title: 'How much, and by when?',
    text: 'For example "20k towards a house by June 2032, adding 500 a month".',
  },
};

export function isTopic(kind: string): kind is GoalTopic {
  return kind === 'target-return' || kind === 'by-date';
}

/** Asks for a goal, or for what is still missing of it. */
export function askReply(
  topic: GoalTopic | null,
  said: string | null,
  present: Goal | null,
  place: Place,
  refused = false,
): Draft {
  const { title, text } = questions[topic ?? 'any'];
  const kinds: readonly ActionOf<Act>[] = [
    kind('Most return for my risk level', 'max-return'),
    kind('A return that I name', 'target-return'),
    kind('Keep what I have', 'preserve'),
    kind('An amount by a date', 'by-date'),
  ];
  return privately(
    place,
    [
      ...(present
        ? [{ kind: 'text', text: `Your goal today: ${describeGoal(present)}` } as const]
        : []),
      // What is missing or wrong takes the place of the general question.
      said ? { kind: 'text', text: said } : { kind: 'text', style: 'title', text: title },
      // A question brings its own example; a refusal needs a way on.
      ...(said && !refused ? [] : [{ kind: 'text', style: 'small', text } as const]),
    ],
    [...(topic === null ? kinds : []), formAction(topic, present)],
  );
}

function kind(label: string, value: Goal['kind']): ActionOf<Act> {
  return choice(label, { name: 'goal-kind', args: { kind: value } });
}

function formAction(topic: GoalTopic | null, present: Goal | null): ActionOf<Act> {
  const initial = present ? goalFormValues(present) : topic ? { kind: topic } : null;
  return {
    kind: 'form',
    label: 'Fill in a form',
    do: { name: 'goal-form', args: {} },
    form: 'goal',
    ...(initial ? { initial } : {}),
  };
}

/** Readings of an ambiguous phrase, one button each. */
export function clarifyReply(
  question: string,
  options: readonly GoalOption[],
  place: Place,
): Draft {
  return privately(
    place,
    [{ kind: 'text', text: question }],
    [
      ...options.map(({ label, goal }) =>
        choice(label, { name: 'goal-pick', args: { goal: JSON.stringify(goal) } }),
      ),
      choice('None of these', { name: 'goal-edit', args: {} }),
    ],
  );
}

/** What was understood, before it counts. */
export function echoReply(goal: Goal, text: string, now: number, place: Place): Draft {
  return privately(
    place,
    [
      { kind: 'text', text: `I understood:\n**${describeGoal(goal)}**` },
      { kind: 'text', text: 'Is that right?' },
    ],
    [
      choice(
        'Yes',
        {
          name: 'goal-yes',
          args: { goal: JSON.stringify(goal), text },
          once: true,
          expiresAt: now + YES_DAYS * MS_PER_DAY,
        },
        'primary',
      ),
      choice('Edit', { name: 'goal-edit', args: {} }),
    ],
  );
}

export function goalSetReply(goal: Goal, nothingHeld: boolean, place: Place): Draft {
  return privately(
    place,
    [{ kind: 'text', text: `Your goal is set:\n**${describeGoal(goal)}**` }],
    [
      nothingHeld
        ? commandChoice('Tell what I hold', 'holdings', 'primary')
        : commandChoice('Show my recommendation', 'recommend', 'primary'),
      commandChoice('Change the goal', 'goal'),
    ],
  );
}
