import { distance } from 'fastest-levenshtein';
import { type AssetClass, assetClasses, assetOf, CASH } from '../catalogue.ts';
import { UNIT_SCALE } from '../money.ts';
import { assetAt, suggestAssets } from './asset-names.ts';
import { formatList } from './format.ts';
import { measureWords, phrasesBySign, type Sign, silent, split } from './limit-words.ts';
import { numberAt } from './number.ts';
import { readPercentAt } from './percent.ts';
import { follows, followsAny, type Token } from './tokens.ts';
import { fractionAt } from './words.ts';

export type Measure = keyof typeof measureWords;

/** One idea of a sentence about limits; the sign's meaning is in limit-words.ts. */
export type LimitSign =
  | { readonly sign: Sign; readonly strict?: true }
  | { readonly sign: 'K'; readonly measure: Measure }
  /** Assets under one name: one of them, or a class. */
  | { readonly sign: 'N'; readonly name: string; readonly symbols: readonly string[] }
  /** A fraction. */
  | { readonly sign: 'V'; readonly value: number }
  /** A number without a percent sign, and whether it was written as a fraction like 0.6. */
  | { readonly sign: 'X'; readonly value: number };

export type SignsRead =
  | { readonly state: 'understood'; readonly signs: readonly LimitSign[] }
  /** What could not be read, as a sentence that says what to write. */
  | { readonly state: 'unclear'; readonly ask: string };

const classWords: Readonly<Record<AssetClass, string>> = {
  stocks: 'equity|equities|stocks|stock|stock market|shares of companies',
  bonds: 'fixed income|bonds|bond',
  'real-assets': 'real assets|alternatives|alternative assets',
  crypto: 'crypto|cryptos|cryptocurrency|cryptocurrencies|crypto currencies|coins|digital assets',
  cash: 'cash|money market',
};

const classPhrases = assetClasses.map(
  (assetClass) => [assetClass, split(classWords[assetClass])] as const,
);
const measurePhrases = Object.entries(measureWords).map(
  ([measure, phrases]) => [measure as Measure, split(phrases)] as const,
);
/** By their first word, the longest first, so that a word is compared with few. */
const phrasesByWord = Map.groupBy(phrasesBySign, ([phrase]) => phrase.split(' ', 1)[0]);

/** Emojis say nothing about a limit. */
const picture = /^[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\p{Cs}]+$/u;

/** Reads tokens into signs, from left to right, the longest phrase first. */
export function limitSigns(
  tokens: readonly Token[],
  universe: readonly string[],
  text: string,
): SignsRead {
  const signs: LimitSign[] = [];
  let at = 0;
  let ranging = false;
  while (at < tokens.length) {
    const token = tokens[at];
    // "From 10 to 30 %": "to" joins only after "from".
    if (ranging && token.text === 'to') {
      signs.push({ sign: 'A' });
      ranging = false;
      at += 1;
      continue;
    }
    const found = numeric(tokens, at) ?? named(tokens, at, universe) ?? worded(tokens, at);
    if (found !== null) {
      if ('ask' in found) return { state: 'unclear', ask: found.ask };
      if (found.one.sign === 'B') ranging = token.text === 'from' || token.text === 'anywhere';
      signs.push(found.one);
      at = found.next;
      continue;
    }
    if (!silent.has(token.text) && !picture.test(token.text)) {
      return { state: 'unclear', ask: unknown(text.slice(token.start, token.end)) };
    }
    at += 1;
  }
  return { state: 'understood', signs };
}

type Read = { readonly one: LimitSign; readonly next: number } | { readonly ask: string };

function numeric(tokens: readonly Token[], at: number): Read | null {
  const percent = tokens[at].kind === 'sign' ? null : readPercentAt(tokens, at);
  if (percent !== null) {
    if (percent.state !== 'understood' || percent.meaning.kind !== 'percent') {
      return { ask: percent.state === 'refused' ? percent.reason : again };
    }
    return { one: { sign: 'V', value: percent.meaning.fraction }, next: percent.next };
  }
  const share = fractionAt(tokens, at);
  if (share !== null) {
    return {
      one: { sign: 'V', value: Number(share.scaled) / Number(UNIT_SCALE) },
      next: share.next,
    };
  }
  // "x" and "zero" have meanings of their own here.
  if (tokens[at].text === 'zero') return null;
  const number = tokens[at].kind === 'sign' ? null : numberAt(tokens, at);
  if (number === null) return null;
  if (number.state === 'bad') return { ask: number.reason };
  if (number.state === 'two') return { ask: 'I cannot tell that number; write it like 12.5 %.' };
  return {
    one: { sign: 'X', value: Number(number.scaled) / Number(UNIT_SCALE) },
    next: number.next,
  };
}

function named(tokens: readonly Token[], at: number, universe: readonly string[]): Read | null {
  const asset = assetAt(tokens, at);
  if (asset !== null) {
    const { symbol, next } = asset;
    if (universe.includes(symbol))
      return { one: { sign: 'N', name: symbol, symbols: [symbol] }, next };
    return { ask: `${symbol} is not in your plan, so it needs no limit.` };
  }
  for (const [assetClass, phrases] of classPhrases) {
    const next = followsAny(tokens, at, phrases);
    if (next === null) continue;
    const symbols = universe.filter((symbol) =>
      symbol === CASH ? assetClass === 'cash' : assetOf(symbol)?.assetClass === assetClass,
    );
    const name = assetClass === 'real-assets' ? 'real assets' : assetClass;
    if (symbols.length > 0) return { one: { sign: 'N', name, symbols }, next };
    return { ask: `There is no ${name} in your plan, so it needs no limit.` };
  }
  return null;
}

function worded(tokens: readonly Token[], at: number): Read | null {
  for (const [measure, phrases] of measurePhrases) {
    const next = followsAny(tokens, at, phrases);
    if (next !== null) return { one: { sign: 'K', measure }, next };
  }
  for (const [phrase, sign] of phrasesByWord.get(tokens[at].text) ?? []) {
    const next = follows(tokens, at, phrase);
    if (next === null) continue;
    const strict = /^(?:<|>|less than|fewer than|more than|under|below|over|above)$/.test(phrase);
    return { one: strict ? { sign, strict } : { sign }, next };
  }
  return null;
}

/** What to write when nothing else can be said. */
export const again =
  'I did not understand that limit; write it like "stocks at most 60 %", "SPY between 10 and 30 %", "no crypto", "turnover at most 20 %" or "at most 8 holdings".';

/** A word that means nothing here, as it was typed, with what it may be a slip of. */
function unknown(word: string): string {
  const near = [...classNear(word.toLowerCase()), ...suggestAssets(word)].slice(0, 3);
  if (near.length > 0) return `I do not know "${word}"; did you mean ${formatList(near, 'or')}?`;
  return `I do not know "${word}" in a limit; write it like "stocks at most 60 %" or "no crypto".`;
}

/** The class that a word is one or two slips away from. */
function classNear(word: string): string[] {
  if (word.length < 4) return [];
  const words = classPhrases.flatMap(([, phrases]) => phrases).filter((each) => each.length >= 4);
  const away = (each: string) => distance(word, each);
  const best = words.reduce((least, each) => (away(each) < away(least) ? each : least));
  return away(best) <= (word.length >= 7 ? 2 : 1) ? [best] : [];
}
