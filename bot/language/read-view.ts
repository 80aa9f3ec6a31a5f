import type { OwnView, Subject } from '../wishes.ts';
import { assetAt, suggestAssets } from './asset-names.ts';
import { cleanText } from './clean.ts';
import { readPercentAt } from './percent.ts';
import { followsAny, type Token, tokenize } from './tokens.ts';
import { beats, classWords, comparing, confidences, falls, lags } from './view-words.ts';

export type ViewReading =
  | { readonly state: 'understood'; readonly view: OwnView }
  /** What is missing or impossible, and what to write instead. */
  | { readonly state: 'refused'; readonly reason: string };

const example = 'for example "EFA will beat SPY by 2 % a year, fairly sure"';
const periodsPerYear = { week: 52, month: 12, quarter: 4, year: 1 } as const;
/** Beyond this nobody means a yearly return. */
const MOST = 0.5;
/** What a view counts for when nothing is said of it: as much as the estimate. */
const UNSAID = 0.5;

/** Reads what a person expects of returns. One or two assets or classes, a percentage, how sure. */
export function readView(raw: string): ViewReading {
  const text = cleanText(raw, 120);
  const tokens = tokenize(text);
  const subjects: { readonly of: Subject; readonly start: number; readonly next: number }[] = [];
  let fraction: number | null = null;
  let confidence: number | null = null;
  let sign = 1;
  let relation: 1 | -1 | null = null;
  let unknown: Token | null = null;
  let compares = false;
  for (let at = 0; at < tokens.length; ) {
    const sure = confidenceAt(tokens, at);
    if (sure !== null) {
      confidence = sure.confidence;
      at = sure.next;
      continue;
    }
    const percent = readPercentAt(tokens, at);
    if (percent !== null) {
      const value = percentOf(tokens, at);
      if (value === null) return refused('I cannot read that percentage');
      if (fraction !== null) return refused('Name one percentage in a view');
      fraction = value.fraction;
      at = value.next;
      continue;
    }
    const named = subjectAt(tokens, at);
    if (named !== null) {
      subjects.push({ ...named, start: at });
      at = named.next;
      continue;
    }
    const word = tokens[at].text;
    const pair = followsAny(tokens, at, comparing);
    // "More than 8 %" is a return; anything else behind such words is a second thing.
    if (pair !== null && readPercentAt(tokens, pair) === null) compares = true;
    const lead = followsAny(tokens, at, longestFirst(beats));
    const behind = followsAny(tokens, at, longestFirst(lags));
    if (subjects.length === 1 && (lead !== null || behind !== null)) {
      relation = lead !== null && (behind === null || lead >= behind) ? 1 : -1;
      at = (relation === 1 ? lead : behind) ?? at + 1;
      continue;
    }
    if (falls.includes(word)) sign = -1;
    else if (looksLikeSymbol(tokens[at], text)) unknown ??= tokens[at];
    at += 1;
  }
  if (unknown !== null) {
    const name = text.slice(unknown.start, unknown.end);
    const near = suggestAssets(name);
    return refused(
      `I do not follow ${name}${near.length > 0 ? `; did you mean ${near.join(' or ')}?` : ''}`,
    );
  }
  if (subjects.length === 0) return refused('I miss what the view is about');
  if (subjects.length > 2)
    return refused('A view is about one thing, or about two against each other');
  if (compares && subjects.length === 1)
    return refused('I know only one of the two things that this compares');
  if (fraction === null) return refused('I miss by how much, in percent a year');
  if (subjects.length === 2 && relation === null)
    return refused('I miss which of the two does better');
  if (subjects.length === 2 && same(subjects[0].of, subjects[1].of))
    return refused('A thing cannot beat itself');
  if (Math.abs(fraction) > MOST)
    return refused(
      `A view of that size would outweigh everything else; I take views from -${100 * MOST}.0 % to ${100 * MOST}.0 % a year`,
    );
  const annualReturn = subjects.length === 2 ? fraction * (relation ?? 1) : fraction * sign;
  const terms = subjects.map(({ of }, i) => ({ of, factor: i === 0 ? 1 : -1 }));
  return {
    state: 'understood',
    view: { text, terms, annualReturn, confidence: confidence ?? UNSAID },
  };
}

function refused(reason: string): ViewReading {
  const end = /[.?]$/.test(reason) ? '' : '.';
  return { state: 'refused', reason: `${reason}${end} Write it ${example}.` };
}

/** A percentage with its sign and its period as one year's. */
function percentOf(
  tokens: readonly Token[],
  at: number,
): { readonly fraction: number; readonly next: number } | null {
  const minus = ['-', 'minus', '−'].includes(tokens[at].text);
  const found = readPercentAt(tokens, minus ? at + 1 : at);
  if (found === null || found.state !== 'understood' || found.meaning.kind !== 'percent')
    return null;
  const { fraction, per } = found.meaning;
  return {
    fraction: (minus ? -1 : 1) * fraction * periodsPerYear[per ?? 'year'],
    next: found.next,
  };
}

function confidenceAt(
  tokens: readonly Token[],
  at: number,
): { readonly confidence: number; readonly next: number } | null {
  const percent = readPercentAt(tokens, at);
  if (percent?.state === 'understood' && percent.meaning.kind === 'percent') {
    const next = followsAny(tokens, percent.next, [
      'sure',
      'confident',
      'certain',
      'confidence',
      'certainty',
      'likely',
    ]);
    // Nobody knows for certain: full confidence would leave no room for the estimate.
    if (next !== null) {
      return { confidence: Math.min(Math.max(percent.meaning.fraction, 0.01), 0.95), next };
    }
  }
  for (const [phrase, confidence] of confidences) {
    const next = followsAny(tokens, at, [phrase]);
    if (next !== null) return { confidence, next };
  }
  return null;
}

/** An asset or class named at `at`. */
export function subjectAt(
  tokens: readonly Token[],
  at: number,
): { readonly of: Subject; readonly next: number } | null {
  const asset = assetAt(tokens, at);
  for (const [words, name] of Object.entries(classWords)) {
    const next = followsAny(tokens, at, [words]);
    // "Stocks" alone is the class; "us stocks" is a fund's name and longer.
    if (next !== null && (asset === null || asset.next <= next))
      return { of: { kind: 'class', name }, next };
  }
  if (asset !== null) return { of: { kind: 'asset', symbol: asset.symbol }, next: asset.next };
  const cash = followsAny(tokens, at, ['cash']);
  return cash === null ? null : { of: { kind: 'class', name: 'cash' }, next: cash };
}

/** Words written like a ticker that no asset goes by. */
function looksLikeSymbol(token: Token, text: string): boolean {
  const written = text.slice(token.start, token.end);
  return (
    token.kind === 'word' && /^[A-Z]{2,5}$/.test(written) && !/^(?:US|I|AND|OR)$/.test(written)
  );
}

function same(a: Subject, b: Subject): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

const sorted = new WeakMap<readonly string[], readonly string[]>();

function longestFirst(phrases: readonly string[]): readonly string[] {
  const known = sorted.get(phrases);
  if (known) return known;
  const made = phrases.toSorted((a, b) => b.length - a.length);
  sorted.set(phrases, made);
  return made;
}
