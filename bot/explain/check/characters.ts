import type { Language } from '../language.ts';
import { Refused } from './verdict.ts';
import { lexicons } from './vocabularies.ts';

/** Punctuation of plain sentences. Everything else that is not a letter is refused. */
const PUNCTUATION = ` .,;:()'’–—-`;

/**
 * Lets pass only the letters of the language, plain punctuation and spaces. What is refused is named
 * for the record; the rule itself is the closed set, so it holds for characters nobody thought of.
 *
 * @throws {Refused}
 */
export function checkCharacters(text: string, language: Language): void {
  const allowed = new Set(`${PUNCTUATION}abcdefghijklmnopqrstuvwxyz${lexicons[language].letters}`);
  // The names of subjects may need a letter more: "Ásia", "Trésor".
  for (const letter of 'áéã') allowed.add(letter);
  for (const character of text) {
    if (allowed.has(character)) continue;
    const lower = character.toLowerCase();
    // A letter counts as itself only when folding goes both ways: the Kelvin sign folds to "k".
    if (lower !== character && allowed.has(lower) && lower.toUpperCase() === character) continue;
    refuse(character, text);
  }
}

function refuse(character: string, text: string): never {
  const point = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  if (/\p{N}/u.test(character)) throw new Refused('digit', point);
  if (/[a-z]:\/\/|www\./i.test(text)) throw new Refused('link', point);
  if (character === '@') throw new Refused('mention', point);
  if (/[*_#<>[\]{}`|~\\/=&"]/.test(character)) throw new Refused('markup', point);
  throw new Refused('character', point);
}
