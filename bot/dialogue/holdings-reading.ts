import type { HoldingsReading } from '../language/read-holdings.ts';
import { readHoldings } from '../language/read-holdings.ts';
import { readHoldingsFile } from '../language/read-holdings-file.ts';

export type HoldingsEdit = HoldingsReading['edits'][number];
export type HoldingsQuestion = HoldingsReading['questions'][number];

/** Words about holdings, with what was settled about them so far. */
export interface Told {
  readonly text: string;
  readonly file: string | null;
  readonly skipped: readonly string[];
  readonly answers: readonly (readonly HoldingsEdit[])[];
}

/** What is still to be asked about some words, or what they come to. */
export type Understood =
  | { readonly kind: 'nothing'; readonly problems: readonly string[] }
  | { readonly kind: 'unknown'; readonly text: string; readonly suggestions: readonly string[] }
  | { readonly kind: 'question'; readonly question: HoldingsQuestion }
  | {
      readonly kind: 'edits';
      readonly edits: readonly HoldingsEdit[];
      readonly problems: readonly string[];
      readonly notes: readonly string[];
    };

/** Reads what was told: unknown tickers are settled first, then questions, one at a time. */
export function understandHoldings(told: Told): Understood {
  const reading = readingOf(told);
  const unknown = reading.unknown.find(({ text }) => !told.skipped.includes(text));
  if (unknown) return { kind: 'unknown', ...unknown };
  const question = reading.questions[told.answers.length];
  if (question) return { kind: 'question', question };
  const edits = [...reading.edits, ...told.answers.flat()];
  const left = told.skipped.map((text) => `I left "${text}" out.`);
  const problems = [...reading.problems, ...left];
  if (edits.length === 0) return { kind: 'nothing', problems };
  return { kind: 'edits', edits, problems, notes: reading.notes };
}

function readingOf({ text, file }: Told): HoldingsReading {
  return file === null
    ? readHoldings(text)
    : readHoldingsFile(file, new TextEncoder().encode(text));
}

/**
 * The words with an unknown ticker replaced by the one that was meant. When that does not make it
 * known, it is left out instead of being asked about for ever.
 */
export function withMeant(told: Told, unknown: string, asset: string): Told {
  const word = new RegExp(`(?<![\\p{L}\\p{N}])${RegExp.escape(unknown)}(?![\\p{L}\\p{N}])`, 'gu');
  const text = told.text.replace(word, () => asset);
  const next = { ...told, text };
  const still = readingOf(next).unknown.some((each) => each.text === unknown);
  return still ? { ...told, skipped: [...told.skipped, unknown] } : next;
}

/** A typed answer to a question without options, read beside what the question was about. */
export function answerTo(
  question: HoldingsQuestion,
  typed: string,
): readonly HoldingsEdit[] | null {
  for (const words of [typed, `${typed} ${question.text}`]) {
    const { edits, questions, unknown, problems } = readHoldings(words);
    if (edits.length > 0 && questions.length + unknown.length + problems.length === 0) return edits;
  }
  return null;
}
