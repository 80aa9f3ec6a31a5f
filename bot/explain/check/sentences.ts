import type { Language } from '../language.ts';
import type { Sense } from './lexicon.ts';
import type { Token } from './tokens.ts';
import { Refused } from './verdict.ts';

const MOST_WORDS = 70;
const YOU: ReadonlySet<string> = new Set(['you', 'du', 'tu', 'vous', 'você']);
const HAVING: ReadonlySet<string> = new Set(['hold', 'use']);

/**
 * Every sentence carries a fact or a known expression, so nothing can be said on the side, and no
 * clause begins with the bare form of a verb of action, which would be an order.
 *
 * @throws {Refused}
 */
export function checkSentences(tokens: readonly Token[], language: Language): void {
  if (tokens.length > MOST_WORDS) throw new Refused('length', `${tokens.length} words`);
  let carries = false;
  let subject = false;
  let empty = true;
  let previous: Token | null = null;
  const close = () => {
    if (!empty && !carries) throw new Refused('shape', 'a sentence without a fact');
    carries = false;
    subject = false;
    empty = true;
  };
  for (const token of tokens) {
    if (token.kind === 'mark') {
      if (token.mark === '.') close();
    } else {
      empty = false;
      if (token.kind === 'fact') carries = true;
      if (token.kind === 'word') {
        if (token.senses.has('not-together') || token.senses.has('no-more')) carries = true;
        checkOrder(token, previous, subject, language);
      }
      // Anything that has been said before can be what the verb belongs to.
      if (token.kind === 'name' || (token.kind === 'word' && !token.senses.has('act')))
        subject = true;
    }
    previous = token;
  }
  close();
}

function checkOrder(
  token: Extract<Token, { kind: 'word' }>,
  previous: Token | null,
  subject: boolean,
  language: Language,
): void {
  const you = previous?.kind === 'word' && YOU.has(previous.word);
  // "You could add", "you raise": what a person might do is advice.
  if (you && (token.senses.has('would') || (token.senses.has('act') && !HAVING.has(token.word)))) {
    throw new Refused('advice', token.word);
  }
  if (!token.senses.has('act')) return;
  const heads =
    previous === null ||
    (previous.kind === 'mark' && previous.mark !== ')') ||
    (previous.kind === 'word' && previous.senses.has('because'));
  // English puts the subject right before its verb, so an order cannot follow without a mark either.
  const own = language !== 'en' || mayCarry(previous);
  if (heads || !subject || !own) throw new Refused('advice', token.word);
}

function mayCarry(previous: Token | null): boolean {
  if (previous === null || previous.kind === 'fact') return false;
  if (previous.kind !== 'word') return previous.kind === 'name' || previous.mark === ')';
  return CARRIERS.has(previous.word) || CARRYING.some((sense) => previous.senses.has(sense));
}

const CARRIERS: ReadonlySet<string> = new Set([
  'they',
  'which',
  'that',
  'these',
  'you',
  'a',
  'the',
  'of',
  'this',
  'each',
  'own',
  'used',
  'in',
  'to',
  'is',
  'be',
  'an',
]);
const CARRYING: readonly Sense[] = ['would', 'and', 'apart', 'mix', 'holdings'];
