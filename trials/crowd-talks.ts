import { optionOf, questionnaire } from '../bot/suitability/questionnaire.ts';
import { type Persona, personas } from '../demo/answers.ts';
import type { Turn } from '../demo/transcript.ts';

/** Labels of the buttons by which a persona answers the questionnaire. */
function answersOf(persona: Persona): Turn[] {
  return questionnaire.questions.map((question) => {
    const value: string = personas[persona][question.name as keyof (typeof personas)[Persona]];
    return { press: optionOf(question, value)!.label };
  });
}

const begins: readonly Turn[] = [{ say: 'hello' }, { press: 'I have read this and agree' }];
const profile: Turn = { say: '/profile' };

/** Goes one question back after these many answers, and answers it once more. */
function withBack(turns: readonly Turn[], ...after: readonly number[]): Turn[] {
  return turns.flatMap((turn, at) =>
    after.includes(at + 1) ? [turn, { press: 'Back' }, turn] : [turn],
  );
}

/** What people of a crowd say: most only answer the questions, one in five tells goal and holdings. */
export const talks: readonly (readonly Turn[])[] = [
  [...begins, ...answersOf('balanced'), profile],
  [...begins, ...withBack(answersOf('conservative'), 3, 7), profile],
  [...begins, ...answersOf('aggressive'), profile, { say: 'hello' }],
  [...begins, ...withBack(answersOf('aggressive'), 1, 2, 9), { say: '/help' }, profile],
  [
    ...begins,
    ...answersOf('balanced'),
    profile,
    { say: '/goal 90k towards a house by June 2032, adding 500 a month' },
    { press: 'Yes' },
    { say: '/holdings 12 SPY, 0.05 BTC, 15k cash' },
    { press: 'Yes' },
    { say: '/portfolio' },
  ],
];
