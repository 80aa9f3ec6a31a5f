import { dayOfNow } from './calendar.ts';
import { MAX_MESSAGE } from './clean.ts';
import { buildGoal, type GoalReading } from './goal-build.ts';
import { type Placed, partsOfGoal } from './goal-parts.ts';
import { wishesIn } from './goal-words.ts';
import { purposeOf } from './purpose.ts';
import { type Quantities, readQuantities } from './quantities.ts';
import { rangeOptions } from './range.ts';
import type { Option, Reading } from './reading.ts';

export type { GoalReading } from './goal-build.ts';
export { describeGoal } from './goal-echo.ts';

export interface ReadGoalOptions {
  /** Milliseconds since the epoch, or a UTC day number. */
  readonly now: number;
  /** BCP 47; it decides which of two readings of a date is offered first. */
  readonly locale?: string;
}

const MOST_OPTIONS = 4;

/**
 * What a person wants of their money, as a goal, a question, a thing to ask for, or a refusal. It
 * never guesses between two readings, and every goal it returns comes with a sentence to confirm.
 */
export function readGoal(text: string, options: ReadGoalOptions): GoalReading {
  if (text.length > MAX_MESSAGE * 4) {
    return {
      kind: 'refused',
      reason: 'That is too long for me to read as a goal. One sentence is enough.',
    };
  }
  const found = readQuantities(text, options);
  const readings = withoutPast(found.readings);
  const refused = readings.find((reading) => reading.state === 'refused');
  if (refused) return { kind: 'refused', reason: refused.reason };
  const worlds = worldsOf(readings, options.locale ?? 'en-US');
  if (worlds === null) {
    return {
      kind: 'unclear',
      ask: 'That can be read in several ways. Please name one amount and one date, for example “$20,000 by 30 June 2032”.',
    };
  }
  const today = dayOfNow(options.now);
  const built = worlds.map((world) => ({
    label: world.labels.join(', '),
    reading: build(found, world.placed, today),
  }));
  if (built.length === 1) return built[0].reading;
  const choices = built.flatMap(({ label, reading }) =>
    reading.kind === 'understood' ? [{ label, goal: reading.goal }] : [],
  );
  if (choices.length < 2) return choices.length === 1 ? onlyOne(built) : built[0].reading;
  const question = readings.map(questionOf).find((asked) => asked !== null);
  return { kind: 'ambiguous', question: question ?? 'Which one do you mean?', options: choices };
}

function onlyOne(built: readonly { reading: GoalReading }[]): GoalReading {
  return built.find(({ reading }) => reading.kind === 'understood')!.reading;
}

function build(found: Quantities, placed: readonly Placed[], today: number): GoalReading {
  const spans = placed
    .filter(({ meaning }) => meaning.kind !== 'number' || meaning.value >= 100)
    .map(({ span }) => span);
  const purpose = purposeOf(found.tokens, spans);
  return buildGoal(
    partsOfGoal(found.tokens, placed),
    { wishes: wishesIn(found.tokens), purpose, tokens: found.tokens },
    today,
  );
}

/** A date that is over does not matter beside one that is to come: "saving since 2015, 20k by 2030". */
function withoutPast(readings: readonly Reading[]): readonly Reading[] {
  const ahead = readings.some(
    (reading) => reading.state === 'understood' && reading.meaning.kind === 'date',
  );
  return ahead
    ? readings.filter((reading) => reading.state !== 'refused' || reading.past !== true)
    : readings;
}

interface World {
  readonly labels: readonly string[];
  readonly placed: readonly Placed[];
}

/** Every combination of what the unclear parts can mean; null when there are too many to offer. */
function worldsOf(readings: readonly Reading[], locale: string): World[] | null {
  let worlds: World[] = [{ labels: [], placed: [] }];
  for (const reading of readings) {
    if (reading.state === 'refused') continue;
    const options = optionsOf(reading, locale);
    if (worlds.length * options.length > MOST_OPTIONS) return null;
    worlds = worlds.flatMap((world) =>
      options.map(({ label, meaning }) => ({
        labels: options.length > 1 ? [...world.labels, label] : world.labels,
        placed: [...world.placed, { span: reading.span, meaning }],
      })),
    );
  }
  return worlds;
}

function optionsOf(
  reading: Exclude<Reading, { state: 'refused' }>,
  locale: string,
): readonly Option[] {
  if (reading.state === 'ambiguous') {
    // Days and months are offered in the order of the person's own country.
    const monthFirst = /^en-(?:US|PH)$/i.test(locale);
    const isDayOrMonth = reading.question.startsWith('Which of the two');
    return isDayOrMonth && monthFirst ? [...reading.options].reverse() : reading.options;
  }
  const { meaning } = reading;
  return meaning.kind === 'amount-range' || meaning.kind === 'percent-range'
    ? rangeOptions(meaning)
    : [{ label: '', meaning }];
}

function questionOf(reading: Reading): string | null {
  if (reading.state === 'ambiguous') return reading.question;
  if (reading.state === 'refused') return null;
  if (reading.meaning.kind === 'amount-range') return 'Which amount shall I plan for?';
  if (reading.meaning.kind === 'percent-range') return 'Which return shall I aim for?';
  return null;
}
