import type { Language } from '../../bot/explain/language.ts';
import { languages } from '../../bot/explain/language.ts';
import attacks from './attacks.json' with { type: 'json' };
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
      .filter((each) => each !== text),
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
          .map((word) => text.replaceAll(word, ''))
          .filter((each) => each !== text)
      : [],
  'another language': ({ text }) => [text],
};

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

/** Lies written by hand: whole sentences, and words that must never stand in one. */
export function writtenAttacks(): Attack[] {
  const sentences = (attacks as [Language, string, string][]).map(([language, scenario, text]) => ({
    kind: 'sentence written by hand',
    language,
    scenario,
    text: text.replace(
      /(?<!\{)\{(?:(\d):)?([a-z-]+)\}/g,
      (_, at: string | undefined, id: string) => `{{fact:${at ?? 1}-${id}}}`,
    ),
  }));
  const words = languages.flatMap((language) => {
    const base = honestRewordings.filter((each) => each.language === language).slice(0, 3);
    const lists: readonly (readonly [string, readonly string[]])[] = [
      ['number word', [...lies.number[language], ...lies.number.any]],
      ['negation', lies.negation[language]],
      ['promise', lies.promise[language]],
      ['advice', lies.advice[language]],
      ['markup or hidden character', lies.markup],
      ['foreign name', lies.names],
    ];
    return lists.flatMap(([kind, list]) =>
      list.map((word, at) => {
        const rewording = base[at % base.length];
        return { ...rewording, kind, text: rewording.text.replace(/\.$/, ` ${word}.`) };
      }),
    );
  });
  return [...sentences, ...words];
}
