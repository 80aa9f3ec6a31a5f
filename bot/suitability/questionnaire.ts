/** Whether an answer speaks of what a person can bear, or of what they are comfortable with. */
export type Side = 'capacity' | 'willingness';

/** One possible answer. Options stand from the one that allows least risk to the one that allows most. */
export interface Option {
  readonly value: string;
  /** On a button: at most 75 characters. */
  readonly label: string;
  /** What it says about the person, as a clause: "you need this money within a year". */
  readonly note: string;
}

export interface Question {
  readonly name: string;
  readonly side: Side;
  /** A word or two for summaries and menus. */
  readonly short: string;
  readonly text: string;
  /** Why it is asked, in one short line. */
  readonly why: string;
  readonly options: readonly Option[];
}

export interface Questionnaire {
  /** Rises when a question, an option or a point changes; stored with every set of answers. */
  readonly version: string;
  readonly questions: readonly Question[];
}

const option = (value: string, label: string, note: string): Option => ({ value, label, note });

/**
 * What makes investing unsuitable is asked first, so that nobody answers ten questions to be told no.
 * The gambles are those of Grable and Lytton (1999), item 2, and Barsky, Juster, Kimball and Shapiro
 * (1997).
 */
export const questionnaire: Questionnaire = {
  version: '2026-11',
  questions: [
    {
      name: 'horizon',
      side: 'capacity',
      short: 'Time',
      text: 'When will you need most of this money back?',
      why: 'The longer it can stay, the more time it has to recover from a fall.',
      options: [
        option('under-1', 'Within a year', 'you need this money within a year'),
        option('1-2', 'In 1 or 2 years', 'you need this money in 1 or 2 years'),
        option('3-5', 'In 3 to 5 years', 'you need this money in 3 to 5 years'),
        option('6-10', 'In 6 to 10 years', 'you need this money in 6 to 10 years'),
        option('over-10', 'In more than 10 years', 'this money can stay for more than 10 years'),
      ],
    },
    {
      name: 'debts',
      side: 'capacity',
      short: 'Debts',
      text: 'Do you carry expensive debt, such as credit cards or payday loans?',
      why: 'Paying off a debt at 20 % is a sure gain; an investment is not.',
      options: [
        option(
          'heavy',
          'Yes, more than I can pay off within a year',
          'you carry expensive debt that will take more than a year to pay off',
        ),
        option(
          'some',
          'Yes, and I will pay it off within a year',
          'you are still paying off expensive debt',
        ),
        option(
          'cheap',
          'Only cheap debt, such as a mortgage or student loan',
          'you carry only cheap debt',
        ),
        option('none', 'No debt', 'you have no debt'),
      ],
    },
    {
      name: 'emergency',
      side: 'capacity',
      short: 'Emergency fund',
      text: 'If your income stopped, how long could you pay your bills without this money?',
      why: 'Without a reserve, a bad month can force a sale at the worst moment.',
      options: [
        option('none', 'Less than a month', 'you have less than a month of bills in reserve'),
        option('1-2', '1 or 2 months', 'you have only 1 or 2 months of bills in reserve'),
        option('3-5', '3 to 5 months', 'you have 3 to 5 months of bills in reserve'),
        option('6-plus', '6 months or more', 'you have 6 months of bills or more in reserve'),
      ],
    },
    {
      name: 'income',
      side: 'capacity',
      short: 'Income',
      text: 'How steady is your income?',
      why: 'A steady income can fill a hole that a fall leaves.',
      options: [
        option('none', 'I have none, or it could stop soon', 'your income could stop soon'),
        option('varies', 'It goes up and down a lot', 'your income goes up and down a lot'),
        option('steady', 'Steady', 'your income is steady'),
        option('secure', 'Very secure, such as a pension', 'your income is very secure'),
      ],
    },
    {
      name: 'share',
      side: 'capacity',
      short: 'Share of wealth',
      text: 'How much of everything you own is this money, leaving out your home?',
      why: 'A fall hurts less when the rest stands on something else.',
      options: [
        option(
          'most',
          'More than three quarters',
          'this is more than three quarters of what you own',
        ),
        option('half', 'Half to three quarters', 'this is at least half of what you own'),
        option('quarter', 'A quarter to a half', 'this is at least a quarter of what you own'),
        option('tenth', 'A tenth to a quarter', 'this is a tenth to a quarter of what you own'),
        option('small', 'Less than a tenth', 'this is less than a tenth of what you own'),
      ],
    },
    {
      name: 'knowledge',
      side: 'willingness',
      short: 'Experience',
      text: 'How well do you know investing?',
      why: 'Who has lived through a bad market knows how it feels.',
      options: [
        option('none', 'I have never invested', 'you have never invested'),
        option('some', 'I have had a fund or a savings plan', 'you have invested a little'),
        option(
          'good',
          'I have picked stocks or funds myself for years',
          'you have picked investments yourself for years',
        ),
        option(
          'expert',
          'I know it well, through a bad market too',
          'you know investing well, through a bad market too',
        ),
      ],
    },
    {
      name: 'fall',
      side: 'willingness',
      short: 'After a fall',
      text: 'Your investments fall 20 % in three months. What do you do?',
      why: 'The plan that works is the one you can stay with.',
      options: [
        option('sell-all', 'Sell everything', 'you would sell everything after a 20 % fall'),
        option('sell-some', 'Sell some', 'you would sell some after a 20 % fall'),
        option('hold', 'Wait and change nothing', 'you would wait after a 20 % fall'),
        option('buy-more', 'Buy more', 'you would buy more after a 20 % fall'),
      ],
    },
    {
      name: 'loss',
      side: 'willingness',
      short: 'Largest loss',
      text: 'What is the most you could bear to lose in one bad year?',
      why: 'This sets a ceiling: Keel stays below it even if all else allows more.',
      options: [
        option('5', 'Up to 5 %: $500 of $10,000', 'you could bear to lose at most 5 % in a year'),
        option(
          '10',
          'Up to 10 %: $1,000 of $10,000',
          'you could bear to lose at most 10 % in a year',
        ),
        option(
          '20',
          'Up to 20 %: $2,000 of $10,000',
          'you could bear to lose at most 20 % in a year',
        ),
        option(
          '30',
          'Up to 30 %: $3,000 of $10,000',
          'you could bear to lose at most 30 % in a year',
        ),
        option('more', 'More than 30 %', 'you could bear to lose more than 30 % in a year'),
      ],
    },
    {
      name: 'gamble-prize',
      side: 'willingness',
      short: 'Prize',
      text: 'You have won a game show. Which prize do you take?',
      why: 'Choices say more than words about how risk feels.',
      options: [
        option('sure', '$1,000 for sure', 'you would take a sure prize over any chance'),
        option('half', 'A 50 % chance of $5,000', 'you would risk a prize at even odds'),
        option('quarter', 'A 25 % chance of $10,000', 'you would risk a prize at one in four'),
        option('twentieth', 'A 5 % chance of $100,000', 'you would risk a prize at one in twenty'),
      ],
    },
    {
      name: 'gamble-income',
      side: 'willingness',
      short: 'Income gamble',
      text: 'At even odds your income for life doubles or falls. What fall would you risk?',
      why: 'It weighs a large gain against a lasting loss.',
      options: [
        option('none', 'None: I keep what I have', 'you would not gamble with your income'),
        option('fifth', 'A fall by a fifth', 'you would risk a fifth of your income to double it'),
        option('third', 'A fall by a third', 'you would risk a third of your income to double it'),
        option('half', 'A fall by half', 'you would risk half of your income to double it'),
      ],
    },
  ],
};

/** Every version whose answers can still be read, newest first. */
export const questionnaires: readonly Questionnaire[] = [questionnaire];

/** The question of a name, or undefined when this questionnaire has none. */
export function questionOf(from: Questionnaire, name: string): Question | undefined {
  return from.questions.find((question) => question.name === name);
}

/** The option of a value, or undefined when the question has none. */
export function optionOf(question: Question, value: string): Option | undefined {
  return question.options.find((option) => option.value === value);
}
