import { z } from 'zod';
import type { Question, Side } from '../suitability/questionnaire.ts';
import { questionnaire } from '../suitability/questionnaire.ts';
import type { Form } from './forms.ts';

const labelOf = ({ options }: Question, value: string) =>
  options.find((option) => option.value === value)?.label ?? value;

/** The questions of one side on a page, for those who would rather see them together. */
function pageOf(side: Side, title: string): Form {
  const questions = questionsOn(side);
  return {
    title,
    submit: 'Continue',
    // Nobody sees the questions without the form, so platforms without forms leave its button out.
    spoken: questions.map(({ options }) => options[1].label).join(', '),
    fields: questions.map(({ name, short, text, options }) => ({
      kind: 'choice',
      name,
      label: short,
      hint: text,
      options: options.map(({ label, value }) => ({ label, value })),
    })),
    schema: z.object(
      Object.fromEntries(
        questions.map((question) => {
          const { name, options } = question;
          const values = options.map(({ value }) => value);
          return [
            name,
            z.enum(values, `Choose one, for example "${labelOf(question, values[1])}".`),
          ];
        }),
      ),
    ),
  };
}

/** The questions that stand on a page, in their order. */
export function questionsOn(side: Side): readonly Question[] {
  return questionnaire.questions.filter((question) => question.side === side);
}

/** What a person can bear. */
export const capacityForm = pageOf('capacity', 'What you can bear');
/** What a person is comfortable with. */
export const willingnessForm = pageOf('willingness', 'What feels right');
