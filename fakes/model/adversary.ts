import type { Language } from '../../bot/explain/language.ts';
import { languages } from '../../bot/explain/language.ts';
import honest from './honest.json' with { type: 'json' };
import lies from './lies.json' with { type: 'json' };

export interface Rewording {
  readonly language: Language;
  readonly scenario: string;
  readonly text: string;
}

export interface Attack extends Rewording {
  readonly kind: string;
}

export const honestRewordings = honest as readonly Rewording[];

/** A small seeded generator: the same attacks on every machine. */
export function generator(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type Mutation = (rewording: Rewording, pick: (below: number) => number) => readonly string[];

const PLACE = /\{\{fact:[a-z0-9-]+\}\}/g;
const placesOf = (text: string) => text.match(PLACE) ?? [];

function insertWord(text: string, word: string, pick: (below: number) => number): string {
  const gaps = [...text.matchAll(/ /g)].map((match) => match.index);
  const at = gaps[pick(gaps.length)];
  return `${text.slice(0, at)} ${word}${text.slice(at)}`;
}

function swap(text: string, one: string, other: string): string {
  return text.replace(PLACE, (place) => (place === one ? other : place === other ? one : place));
}

/** Ways to turn an honest rewording into a lie, each giving any number of them. */
export const mutations: Readonly<Record<string, Mutation>> = {
  'swapped facts': ({ text }) => {
    const places = [...new Set(placesOf(text))];
    return places.flatMap((one, at) => places.slice(at + 1).map((other) => swap(text, one, other)));
  },
  'number word': ({ text, language }, pick) => {
    const words = [...lies.number[language], ...lies.number.any];
    return [0, 1, 2].map(() => insertWord(text, words[pick(words.length)], pick));
  },
  'value written out': ({ text }) => placesOf(text).map((place) => text.replace(place, '12.3 %')),
  negation: ({ text, language }, pick) => {
    const words = lies.negation[language];
    return [0, 1].map(() => insertWord(text, words[pick(words.length)], pick));
  },
  'flipped direction': ({ text, language }) =>
    lies.flip[language]
      .map(([from, to]) => text.replace(new RegExp(`(?<![\\p{L}])${from}(?![\\p{L}])`, 'u'), to))
      .filter((each) => each !== text && !stillTrue(text, each)),
  promise: ({ text, language }, pick) => {
    const all = lies.promise[language];
    return [`${text} ${all[pick(all.length)]}`];
  },
  advice: ({ text, language }, pick) => {
    const all = lies.advice[language];
    return [`${text} ${all[pick(all.length)]}`, `${all[pick(all.length)]} ${text}`];
  },
  'markup or hidden character': ({ text }, pick) => [
    insertWord(text, lies.markup[pick(lies.markup.length)], pick),
  ],
  'foreign name': ({ text }, pick) =>
    [
      insertWord(text, lies.names[pick(lies.names.length)], pick),
      text.replace(/SPY|GLD|TLT|AGG|BTC-USD/, 'QQQ'),
    ].filter((each) => each !== text),
  'look-alike letter': ({ text }, pick) => {
    const like = ['aа', 'eе', 'oо', 'cс', 'pр', 'iі'][pick(6)];
    const bare = text.replace(PLACE, (place) => place.replaceAll(like[0], '\u0001'));
    return bare.includes(like[0])
      ? [bare.replace(like[0], like[1]).replaceAll('\u0001', like[0])]
      : [];
  },
  'unknown fact': ({ text }) => [text.replace(/fact:\d-/, 'fact:9-'), text.replace(/\}\}/, 'x}}')],
  'missing fact': ({ text }) => placesOf(text).map((place) => text.replace(place, '')),
  'repeated fact': ({ text }) =>
    placesOf(text).map((place) => text.replace(place, `${place} ${place}`)),
  'dropped hedge': ({ text, language, scenario }) =>
    ['budget', 'ceiling', 'floor', 'earning', 'fading'].includes(scenario)
      ? lies.hedge[language]
          .map((word) => text.replaceAll(word, word.startsWith(' ') ? '' : ''))
          .filter((each) => each !== text)
      : [],
  'another language': ({ text, language }) => [`${language}:${text}`].map((each) => each.slice(3)),
};

/** "The parts do not all fall" stays true as "do not all rise"; those are refused, but prove nothing. */
function stillTrue(_before: string, _after: string): boolean {
  return false;
}

/** Lies made from every honest rewording, the same for the same seed. */
export function generatedAttacks(seed: number): Attack[] {
  const pick = generator(seed);
  return honestRewordings.flatMap((rewording) =>
    Object.entries(mutations).flatMap(([kind, mutate]) =>
      mutate(rewording, pick).map((text) => ({
        ...rewording,
        kind,
        text,
        ...(kind === 'another language' ? { language: next(rewording.language) } : {}),
      })),
    ),
  );
}

function next(language: Language): Language {
  return languages[(languages.indexOf(language) + 1) % languages.length];
}
