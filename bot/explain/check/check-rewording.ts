import type { Language } from '../language.ts';
import { localisedText } from '../locale-facts.ts';
import { type MustId, phraseOf } from '../phrases.ts';
import { labelled } from '../reword-labels.ts';
import type { Statement } from '../statement.ts';
import { checkCharacters } from './characters.ts';
import { checkDuty } from './duty.ts';
import { checkLine } from './line.ts';
import { type Token, tokensOf } from './tokens.ts';
import { Refused, type Verdict } from './verdict.ts';

const MUST = /^\{\{must:([a-z-]+)\}\}$/;
const ANY = /\{\{[^{}]*\}\}/g;
const FACT = /^\{\{fact:([a-z0-9-]+)\}\}$/;
/** Per statement; a sentence of Keel's is at most half as long. */
const MOST_CHARACTERS = 600;

/**
 * Whether a rewording says exactly what the statements say. One line rewords one statement: all its
 * facts, each once, beside its own subject and quantity, in its own direction, with words of a closed
 * vocabulary. `must` are the fixed sentences that have to stand, each on a line of its own.
 */
export function checkRewording(
  statements: readonly Statement[],
  text: string,
  language: Language,
  must: readonly MustId[] = [],
): Verdict {
  try {
    return { ok: true, filled: check(statements, text, language, must) };
  } catch (error) {
    if (error instanceof Refused) {
      return { ok: false, reason: error.reason, detail: error.message };
    }
    throw error;
  }
}

function check(
  statements: readonly Statement[],
  text: string,
  language: Language,
  must: readonly MustId[],
): string {
  if (text.length > MOST_CHARACTERS * (statements.length + must.length)) {
    throw new Refused('length', `${text.length} characters`);
  }
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const open = new Map(labelled(statements).map((each) => [each.label, each.statement]));
  const owed = new Set<MustId>(must);
  const filled: string[] = [];
  for (const line of lines) {
    const marker = MUST.exec(line)?.[1];
    if (marker !== undefined) {
      const id = must.find((each) => each === marker);
      if (id === undefined || !owed.delete(id)) throw new Refused('missing-must', marker);
      filled.push(phraseOf(id, language));
      continue;
    }
    filled.push(checkOne(line, open, language));
  }
  for (const label of open.keys()) throw new Refused('missing-fact', `statement ${label}`);
  for (const id of owed) throw new Refused('missing-must', id);
  return filled.join('\n');
}

function checkOne(line: string, open: Map<string, Statement>, language: Language): string {
  const places = [...line.matchAll(ANY)].map((match) => FACT.exec(match[0])?.[1] ?? match[0]);
  checkCharacters(line.replace(ANY, ' '), language);
  // A dash before a value would read as a minus sign, one between two as a range.
  if (/[-–—]\s*\{\{|\}\}[-–—]/.test(line)) throw new Refused('wrong-quantity', 'a dash at a fact');
  // A value stands by itself, so that no letter, dot or bracket becomes part of it.
  if (/[^\s('’]\{\{|\}\}[^\s.,;:)]|\(\{\{[^{}]*\}\}\) (?:of|des|du|de)(?!\p{L})/u.test(line)) {
    throw new Refused('wrong-quantity', 'a fact glued to something');
  }
  checkDuty(line.replace(ANY, '#'), language);
  if (places.length === 0) throw new Refused('shape', 'a line without a fact');
  const label = places[0].split('-')[0];
  const statement = open.get(label);
  if (statement === undefined) throw new Refused('unknown-fact', places[0]);
  const tokens = tokensOf(line, language).map((token) => unlabelled(token, label, statement));
  const said = tokens.flatMap((token) => (token.kind === 'fact' ? [token.id] : []));
  for (const fact of statement.facts) {
    const times = said.filter((id) => id === fact.id).length;
    if (times === 0) throw new Refused('missing-fact', fact.id);
    if (times > 1) throw new Refused('repeated-fact', fact.id);
  }
  if (said.length !== places.length) throw new Refused('unknown-fact', places.join(' '));
  checkLine(tokens, statement, language);
  open.delete(label);
  const prefix = `{{fact:${label}-`;
  return line.replace(ANY, (place) => {
    const fact = statement.facts.find((each) => place === `${prefix}${each.id}}}`);
    if (fact === undefined) throw new Refused('unknown-fact', place);
    return localisedText(fact, language);
  });
}

function unlabelled(token: Token, label: string, statement: Statement): Token {
  if (token.kind !== 'fact') return token;
  const id = token.id.slice(label.length + 1);
  if (token.id !== `${label}-${id}` || !statement.facts.some((fact) => fact.id === id)) {
    throw new Refused('unknown-fact', token.id);
  }
  return { kind: 'fact', id };
}
