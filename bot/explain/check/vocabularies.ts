import type { Language } from '../language.ts';
import type { Lexicon } from './lexicon.ts';
import { vocabularyOf } from './lexicon.ts';
import { german } from './words-de.ts';
import { english } from './words-en.ts';
import { spanish } from './words-es.ts';
import { french } from './words-fr.ts';
import { portuguese } from './words-pt.ts';

/** The closed vocabulary of each language. */
export const lexicons: Readonly<Record<Language, Lexicon>> = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
  pt: portuguese,
};

export const vocabularies = {
  en: vocabularyOf(english),
  de: vocabularyOf(german),
  fr: vocabularyOf(french),
  es: vocabularyOf(spanish),
  pt: vocabularyOf(portuguese),
} as const;
