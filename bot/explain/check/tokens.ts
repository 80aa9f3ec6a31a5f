import type { Language } from '../language.ts';
import { namedSubjects, namesOf, subjectKey, tickersOf } from '../subject-names.ts';
import type { Sense } from './lexicon.ts';
import { Refused } from './verdict.ts';
import { lexicons, vocabularies } from './vocabularies.ts';
import { wordReason } from './word-reason.ts';

export type Token =
  | { readonly kind: 'fact'; readonly id: string }
  | { readonly kind: 'name'; readonly subject: string }
  | { readonly kind: 'word'; readonly word: string; readonly senses: ReadonlySet<Sense> }
  /** `,` also stands for dashes and brackets; `.` also for `;` and `:`. */
  | { readonly kind: 'mark'; readonly mark: ',' | '.' | ':' | ')' };

/** Whether a token is a word of one of these senses. */
export function says(token: Token | undefined, ...senses: readonly Sense[]): boolean {
  return token?.kind === 'word' && senses.some((sense) => token.senses.has(sense));
}

/** Whether a token is one of these words. */
export function isWord(token: Token | undefined, ...words: readonly string[]): boolean {
  return token?.kind === 'word' && words.includes(token.word);
}

export function mark(token: Token): boolean {
  return token.kind === 'mark';
}

const FACT = /\{\{fact:([a-z0-9-]+)\}\}/y;
const WORD = /\p{L}+/uy;
const LETTER = /\p{L}/u;

interface Reader {
  readonly pattern: RegExp;
  readonly token: Token;
}

const readers = new Map<Language, readonly Reader[]>();

/** Names and expressions, longest first, so that "gold, commodities and real estate" is one name. */
function readersOf(language: Language): readonly Reader[] {
  const known = readers.get(language);
  if (known !== undefined) return known;
  const names = namedSubjects.flatMap((subject) => {
    const token: Token = { kind: 'name', subject: subjectKey(subject) };
    const words = namesOf(subject, language).map((name) => reader(literal(name), 'iuy', token));
    return [...words, ...tickersOf(subject).map((each) => reader(literal(each), 'uy', token))];
  });
  const phrases = lexicons[language].phrases.map(([sense, source]) =>
    reader(source, 'iuy', { kind: 'word', word: source, senses: new Set([sense]) }),
  );
  names.sort((a, b) => b.pattern.source.length - a.pattern.source.length);
  const all = [...names, ...phrases];
  readers.set(language, all);
  return all;
}

function reader(source: string, flags: string, token: Token): Reader {
  return { pattern: new RegExp(`(?:${source})(?![\\p{L}])`, flags), token };
}

function literal(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/**
 * A line as tokens: facts, names of known subjects, words with their senses, and marks.
 *
 * @throws {Refused} at a word outside the vocabulary
 */
export function tokensOf(line: string, language: Language): Token[] {
  const text = line.replaceAll('’', "'");
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const fact = matchAt(FACT, text, at);
    if (fact !== null) {
      tokens.push({ kind: 'fact', id: fact[1] });
      at += fact[0].length;
      continue;
    }
    if (!LETTER.test(text[at])) {
      const mark = markOf(text, at);
      if (mark !== null) tokens.push({ kind: 'mark', mark });
      at++;
      continue;
    }
    const known = longest(readersOf(language), text, at);
    if (known !== null) {
      tokens.push(known.token);
      at += known.length;
      continue;
    }
    const word = matchAt(WORD, text, at)?.[0] ?? text[at];
    tokens.push(wordToken(word, language));
    at += word.length;
  }
  return tokens;
}

function wordToken(word: string, language: Language): Token {
  const lower = word.toLowerCase();
  const senses = vocabularies[language].get(lower);
  if (senses === undefined) throw new Refused(wordReason(word), word);
  // Capitals inside a word belong to tickers and shouting, never to prose.
  if (word.slice(1) !== lower.slice(1)) throw new Refused('unknown-word', word);
  return { kind: 'word', word: lower, senses };
}

function longest(
  candidates: readonly Reader[],
  text: string,
  at: number,
): { token: Token; length: number } | null {
  let best: { token: Token; length: number } | null = null;
  for (const { pattern, token } of candidates) {
    const length = matchAt(pattern, text, at)?.[0].length ?? 0;
    if (length > (best?.length ?? 0)) best = { token, length };
  }
  return best;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function markOf(text: string, at: number): ',' | '.' | ':' | ')' | null {
  const character = text[at];
  if (character === '.' || character === ';') return '.';
  if (character === ':') return ':';
  if (character === ')') return ')';
  if (',(–—'.includes(character)) return ',';
  // A hyphen between letters joins a word; elsewhere it is a dash.
  if (
    character === '-' &&
    !(LETTER.test(text[at - 1] ?? ' ') && LETTER.test(text[at + 1] ?? ' '))
  ) {
    return ',';
  }
  return null;
}
