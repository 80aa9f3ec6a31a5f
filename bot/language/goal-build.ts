import type { Goal } from '../goal.ts';
import { addMonths, dayOf } from './calendar.ts';
import { formatDay, formatMinor } from './format.ts';
import { describeGoal } from './goal-echo.ts';
import type { Parts } from './goal-parts.ts';
import { asksToMultiply, type Wish } from './goal-words.ts';
import { subjectAt } from './read-view.ts';
import type { Period } from './reading.ts';
import type { Token } from './tokens.ts';

export type GoalReading =
  | { readonly kind: 'understood'; readonly goal: Goal; readonly echo: string }
  | {
      readonly kind: 'ambiguous';
      readonly question: string;
      readonly options: readonly { readonly label: string; readonly goal: Goal }[];
    }
  | { readonly kind: 'unclear'; readonly ask: string }
  | { readonly kind: 'refused'; readonly reason: string };

export interface Around {
  readonly wishes: readonly Wish[];
  readonly purpose: string | null;
  readonly tokens: readonly Token[];
}

const refused = (reason: string): GoalReading => ({ kind: 'refused', reason });
const unclear = (ask: string): GoalReading => ({ kind: 'unclear', ask });

/** Puts the parts of one reading together, or says what is missing. */
export function buildGoal(parts: Parts, around: Around, today: number): GoalReading {
  if (parts.foreign !== null) {
    return refused(
      `Keel's accounts are in US dollars, so I cannot plan in ${parts.foreign} yet. Please say the amount in dollars.`,
    );
  }
  if (parts.withdrawal) {
    return unclear(
      'I cannot plan regular withdrawals or income. How much should there be in total, and by when?',
    );
  }
  if (parts.rates.length > 1) {
    return unclear('Please name one regular contribution, for example “adding $500 a month”.');
  }
  if (parts.percents.length > 1) {
    return unclear('Please name one return per year to aim for, for example “7 % a year”.');
  }
  const bad = badNumbers(parts);
  if (bad) return bad;
  if (isShare(parts, around.tokens)) {
    return unclear(
      'A share of one thing is no goal. For what you hold, tell me units or an amount, for example “12 SPY”; for what you want, write “at least 20 % bonds”. A goal is for example “7 % a year”.',
    );
  }
  const simple = simpleGoals(parts, around.wishes);
  const dated = datedGoals(parts, around, today);
  const goals = dated.kind === 'goals' ? [...dated.options, ...simple] : simple;
  if (dated.kind === 'goals' && dated.question && simple.length === 0) {
    return { kind: 'ambiguous', question: dated.question, options: dated.options };
  }
  if (goals.length === 1) {
    return { kind: 'understood', goal: goals[0].goal, echo: describeGoal(goals[0].goal) };
  }
  if (goals.length > 1) {
    const question = 'I can follow one aim at a time. Which one shall it be?';
    return { kind: 'ambiguous', question, options: goals };
  }
  return dated.kind === 'goals' ? unclear(general) : dated;
}

const returns =
  /^(?:returns?|earn(?:s|ed|ing)?|grow(?:s|th|ing)?|gains?|yields?|make|profit|interest|performance|target|aim|goal|beat|inflation|annual|annually|year|yearly|pa)$/;

/** "20 % gold" is a share of an asset; "7 % a year from stocks" is a return. */
function isShare(parts: Parts, tokens: readonly Token[]): boolean {
  return (
    parts.percents.length === 1 &&
    parts.amounts.length === 0 &&
    parts.days.length === 0 &&
    tokens.some((_, at) => subjectAt(tokens, at) !== null) &&
    !tokens.some(({ text }) => returns.test(text))
  );
}

function badNumbers(parts: Parts): GoalReading | null {
  const [percent] = parts.percents;
  if (percent && percent.fraction <= 0) return refused('A return to aim for has to be above zero.');
  if (percent && percent.fraction > 1) {
    return refused('A return above 100 % a year is not something I can plan for.');
  }
  if (percent?.per && percent.per !== 'year') {
    return unclear(
      `I plan returns per year. How much would that be a year instead of a ${percent.per}?`,
    );
  }
  const nothing = parts.amounts.length === 0 && parts.days.length > 0 && parts.small[0] === 0;
  const zero = nothing || [...parts.amounts, ...parts.rates].some(({ minor }) => minor === 0);
  return zero ? refused('An amount of zero does not make a goal.') : null;
}

type Labelled = { readonly label: string; readonly goal: Goal };

function simpleGoals(parts: Parts, wishes: readonly Wish[]): Labelled[] {
  const goals: Goal[] = wishes.map((kind) => ({ kind }));
  const [percent] = parts.percents;
  if (percent) goals.push({ kind: 'target-return', annualReturn: percent.fraction });
  return goals.map((goal) => ({ label: describeGoal(goal), goal }));
}

type Dated =
  | { readonly kind: 'goals'; readonly question: string | null; readonly options: Labelled[] }
  | { readonly kind: 'unclear'; readonly ask: string };

const general =
  'What is the money for? For example “$20,000 towards a house by June 2032, adding $500 a month”, “7 % a year”, “as much growth as my risk allows” or “keep what I have”.';

/** Goals with an amount and a date, or what is missing for one. */
function datedGoals(parts: Parts, around: Around, today: number): Dated {
  const day = dayByAge(parts, today);
  const days = day === null ? parts.days : [day];
  const { targets, loose, starts } = sortAmounts(parts);
  const date = days.length > 0 ? formatDay(days[0]) : null;
  if (targets.length === 0) return { kind: 'unclear', ask: askAmount(parts, around, date, starts) };
  if (days.length === 0) return { kind: 'unclear', ask: askDate(parts, targets[0]) };
  const contributions = contributionsOf(parts, loose);
  const options = targets.flatMap((amountMinor) =>
    days.flatMap((byDay) =>
      contributions.map((contribution): Labelled => {
        const goal: Goal = {
          kind: 'by-date',
          amountMinor,
          currency: 'USD',
          byDay,
          contribution,
          purpose: around.purpose,
        };
        return { label: describeGoal(goal), goal };
      }),
    ),
  );
  if (options.length > 4) return { kind: 'unclear', ask: 'Please name one amount and one date.' };
  if (options.length === 1) return { kind: 'goals', question: null, options };
  const question =
    targets.length > 1
      ? targets.length === 2 && parts.amounts.length === 0
        ? `Do you mean ${targets.map((minor) => formatMinor(minor)).join(' or ')}?`
        : 'Which amount is the goal?'
      : days.length > 1
        ? 'Which date shall I plan for?'
        : 'How often would you add that?';
  return { kind: 'goals', question, options };
}

/** Which amounts are the aim; `loose` is a contribution without a period. */
function sortAmounts(parts: Parts) {
  const of = (role: string | null) =>
    parts.amounts.filter((amount) => amount.role === role).map(({ minor }) => minor);
  const [named, starts, added, plain] = [of('target'), of('start'), of('contribution'), of(null)];
  const aims = named.length > 0 ? named : plain;
  const rest = named.length > 0 ? plain : [];
  if (aims.length === 0 && starts.length === 0 && added.length > 0 && parts.rates.length === 0) {
    return { targets: added, loose: [], starts };
  }
  // "20 by 2030" may be meant in thousands.
  const guesses =
    parts.days.length > 0 && aims.length + starts.length === 0 && parts.small.length === 1;
  const small = guesses ? [parts.small[0] * 100, parts.small[0] * 100_000].map(Math.round) : [];
  const targets = [...new Set([...aims, ...rest, ...small])].filter((minor) => minor > 0);
  return { targets, loose: added, starts };
}

function contributionsOf(parts: Parts, loose: readonly number[]) {
  const [rate] = parts.rates;
  if (rate) return [rate];
  if (loose.length === 0) return [null];
  return (['month', 'year'] as const).map((every: Period) => ({ minor: loose[0], every }));
}

/** "At 65" becomes a date once the age today or the year of birth is known. */
function dayByAge(parts: Parts, today: number): number | null {
  if (parts.age === null) return null;
  if (parts.currentAge !== null && parts.age > parts.currentAge) {
    return addMonths(today, (parts.age - parts.currentAge) * 12);
  }
  if (parts.birthYear === null) return null;
  const day = dayOf(parts.birthYear + parts.age, 12, 31);
  return day > today ? day : null;
}

function askAmount(
  parts: Parts,
  around: Around,
  date: string | null,
  starts: readonly number[],
): string {
  if (parts.split) {
    return 'The split comes from your risk profile, so I need an aim instead: an amount and a date, a return per year, the most growth, or keeping what you have.';
  }
  if (asksToMultiply(around.tokens)) {
    return `How much would that be in dollars${date ? ` by ${date}` : ', and by when'}?`;
  }
  const what = starts.length > 0 ? `the ${formatMinor(starts[0])}` : 'it';
  const purpose = around.purpose && starts.length === 0 ? ` for the ${around.purpose}` : '';
  if (starts.length > 0 || parts.rates.length > 0) {
    return `How much should ${what} become${date ? ` by ${date}` : ', and by when'}?`;
  }
  if (parts.age !== null && date === null) {
    return `How much should there be at ${parts.age}, and how old are you now?`;
  }
  if (date) return `How much do you need${purpose} by ${date}?`;
  return around.purpose ? `How much do you need${purpose}, and by when?` : general;
}

function askDate(parts: Parts, target: number): string {
  if (parts.age !== null) {
    if (parts.currentAge !== null || parts.birthYear !== null) {
      return `You say you are past ${parts.age} already. By when do you want ${formatMinor(target)}?`;
    }
    return `How old are you now? Then I know when you are ${parts.age}.`;
  }
  return `By when do you want ${formatMinor(target)}? For example “by June 2032” or “in 7 years”.`;
}
