import type { Span } from './reading.ts';

/** A piece of text the grammar reads: a number as written, a lower-case word, or one other sign. */
export interface Token extends Span {
  readonly kind: 'number' | 'word' | 'sign';
  /** Lower case. */
  readonly text: string;
  /** True when nothing stands between this token and the one before it. */
  readonly glued: boolean;
}

const pattern =
  /(?<number>(?:\d+(?:[.,']\d+)*|\.\d+)(?:e[+-]?\d+(?!\p{L}))?)|(?<word>\p{L}[\p{L}\p{M}]*(?:'\p{L}+)*)|(?<sign>[^ ])/giuy;

/** Cuts cleaned text into tokens; only spaces are left out. Linear in the length of the text. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let end = -1;
  let at = 0;
  while (at < text.length) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) {
      at += 1;
      continue;
    }
    const start = match.index;
    at = start + match[0].length;
    tokens.push({
      kind: match.groups?.number ? 'number' : match.groups?.word ? 'word' : 'sign',
      text: match[0].toLowerCase(),
      start,
      end: at,
      glued: start === end,
    });
    end = at;
  }
  return tokens;
}

/** Signs that can begin a quantity; every other sign only separates. */
export function opensQuantity(token: Token): boolean {
  return token.kind !== 'sign' || /^[$€£¥₹₩₽₺₿∞'-]$/.test(token.text);
}

const split = new Map<string, readonly string[]>();

/** Phrases are constants of the grammar, so each is cut into words once. */
function wordsOf(phrase: string): readonly string[] {
  const known = split.get(phrase);
  if (known) return known;
  const words = phrase.split(' ');
  split.set(phrase, words);
  return words;
}

/** Whether the tokens from `at` read as these words, skipping nothing; returns the next index or null. */
export function follows(tokens: readonly Token[], at: number, phrase: string): number | null {
  const first = tokens[at]?.text;
  if (first === undefined || !phrase.startsWith(first)) return null;
  const words = wordsOf(phrase);
  for (const [index, word] of words.entries()) {
    if (tokens[at + index]?.text !== word) return null;
  }
  return at + words.length;
}

/** The first of several phrases that stands at `at`; longer ones come first in the list. */
export function followsAny(
  tokens: readonly Token[],
  at: number,
  phrases: readonly string[],
): number | null {
  for (const phrase of phrases) {
    const next = follows(tokens, at, phrase);
    if (next !== null) return next;
  }
  return null;
}
