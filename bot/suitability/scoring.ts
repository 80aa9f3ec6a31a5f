import type { ProfileName } from './policy.ts';
import { profileTitles } from './policy.ts';
import type { Question, Questionnaire, Side } from './questionnaire.ts';
import { optionOf, questionnaires } from './questionnaire.ts';
import { bands, scoreTable } from './score-table.ts';

export type Answers = Readonly<Record<string, string>>;

/** One side's score, 0 to 100, and what made it. */
export interface SideScore {
  readonly score: number;
  readonly profile: ProfileName;
  /** By question, in the questionnaire's order. */
  readonly points: readonly {
    readonly question: string;
    readonly points: number;
    readonly most: number;
    readonly note: string;
  }[];
  /** The ceiling that held the score down; null when the points stand by themselves. */
  readonly ceiling: { readonly question: string; readonly note: string } | null;
}

export interface RiskProfile {
  readonly profile: ProfileName;
  readonly questionnaire: string;
  readonly capacity: SideScore;
  readonly willingness: SideScore;
  /** The lower side, which decides; 'both' when they are equal. */
  readonly binding: Side | 'both';
  /** Plain sentences: which side decides, and which answers moved it most. */
  readonly why: readonly string[];
}

export type Scored =
  | { readonly kind: 'scored'; readonly risk: RiskProfile }
  | { readonly kind: 'unknown-version'; readonly version: string }
  | { readonly kind: 'missing'; readonly questions: readonly string[] }
  | { readonly kind: 'unknown-answer'; readonly question: string; readonly value: string };

/** How the sides are called in a sentence. */
export const sideNames: Readonly<Record<Side, string>> = {
  capacity: 'ability to bear loss',
  willingness: 'willingness to bear loss',
};

/** Scores stored answers under the questionnaire they were given to; says what is missing or unknown. */
export function score(answers: Answers, version: string): Scored {
  const asked = questionnaires.find((questionnaire) => questionnaire.version === version);
  if (!asked) return { kind: 'unknown-version', version };
  const missing = asked.questions.filter((question) => !Object.hasOwn(answers, question.name));
  if (missing.length > 0) return { kind: 'missing', questions: missing.map(({ name }) => name) };
  const odd = asked.questions.find((question) => !optionOf(question, answers[question.name]));
  if (odd) return { kind: 'unknown-answer', question: odd.name, value: answers[odd.name] };

  const capacity = sideScore(asked, 'capacity', answers);
  const willingness = sideScore(asked, 'willingness', answers);
  const lower = capacity.score <= willingness.score ? capacity : willingness;
  const binding =
    capacity.score === willingness.score ? 'both' : lower === capacity ? 'capacity' : 'willingness';
  return {
    kind: 'scored',
    risk: {
      profile: lower.profile,
      questionnaire: version,
      capacity,
      willingness,
      binding,
      why: reasons(capacity, willingness, binding),
    },
  };
}

/** The profile of a score from 0 to 100. */
export function profileOfScore(value: number): ProfileName {
  return (bands.find((band) => value <= band.to) ?? bands[bands.length - 1]).profile;
}

function sideScore(asked: Questionnaire, side: Side, answers: Answers): SideScore {
  const points = asked.questions
    .filter((question) => question.side === side)
    .map((question) => pointsOf(question, answers[question.name]));
  const sum = points.reduce((total, item) => total + item.points, 0);
  let value = sum;
  let ceiling: SideScore['ceiling'] = null;
  for (const { question, note } of points) {
    const most = scoreTable[question].ceilings?.[answers[question]];
    const to = most ? bands.find((band) => band.profile === most)!.to : 100;
    if (to < value) {
      value = to;
      ceiling = { question, note };
    }
  }
  return { score: value, profile: profileOfScore(value), points, ceiling };
}

function pointsOf(question: Question, value: string): SideScore['points'][number] {
  const table = scoreTable[question.name].points;
  return {
    question: question.name,
    points: table[value],
    most: Math.max(...Object.values(table)),
    note: optionOf(question, value)!.note,
  };
}

function reasons(
  capacity: SideScore,
  willingness: SideScore,
  binding: RiskProfile['binding'],
): readonly string[] {
  const sentences: string[] = [];
  if (binding === 'both') {
    sentences.push(
      `Your ability and your willingness to bear loss both score ${capacity.score} of 100.`,
    );
  } else {
    const lower = binding === 'capacity' ? capacity : willingness;
    const other = binding === 'capacity' ? willingness : capacity;
    const otherSide = binding === 'capacity' ? 'willingness' : 'capacity';
    sentences.push(
      `Your ${sideNames[binding]} scores ${lower.score} of 100 and your ${sideNames[otherSide]} ${other.score}; the lower one decides.`,
    );
    if (other.profile !== lower.profile) {
      sentences.push(
        `By your ${sideNames[otherSide]} alone it would be ${profileTitles[other.profile]}.`,
      );
    }
  }
  for (const side of binding === 'both'
    ? [capacity, willingness]
    : [binding === 'capacity' ? capacity : willingness]) {
    if (side.ceiling) {
      sentences.push(
        `It stays at ${profileTitles[side.profile]} at most, because ${side.ceiling.note}.`,
      );
    }
    const moved = mostMoving(side);
    if (moved.length > 0) sentences.push(`What lowered it most: ${moved.join(', and ')}.`);
  }
  if (sentences.length === 1 && capacity.score === 100) {
    sentences.push('Every answer allows the most risk that Keel takes.');
  }
  return sentences;
}

/** Notes of the two answers furthest below their best, beside the ceiling that was already named. */
function mostMoving(side: SideScore): readonly string[] {
  return side.points
    .filter((item) => item.points < item.most && item.question !== side.ceiling?.question)
    .toSorted((a, b) => b.most - b.points - (a.most - a.points))
    .slice(0, 2)
    .map((item) => item.note);
}
