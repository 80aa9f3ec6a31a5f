import type { Language } from '../language.ts';
import type { Sense } from './lexicon.ts';
import type { Token } from './tokens.ts';
import { Refused } from './verdict.ts';

const MOST_WORDS = 70;
const YOU: ReadonlySet<string> = new Set(['you', 'du', 'tu', 'vous', 'você']);
const HAVING: ReadonlySet<string> = new Set(['hold', 'use', 'have']);
/** English verbs that order when nobody stands before them: "provide", "also have". */
const BARE: ReadonlySet<string> = new Set(
  'be have do provide contribute come form stand sit lie remain stay represent account bring bear make put'.split(
    ' ',
  ),
);
/** What may stand before an order. */
const ADVERBS: ReadonlySet<string> = new Set(
  'also just then now today too simply so thus therefore hence and but currently exactly'.split(
    ' ',
  ),
);
/** Words that claim more of a rounded value than it holds. */
const EXACT: ReadonlySet<string> = new Set(
  'exactly precisely genau exactement exactamente exatamente'.split(' '),
);

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
  /** Whether nothing but adverbs has been said in this clause. */
  let head = true;
  let previous: Token | null = null;
  const close = () => {
    if (!empty && !carries) throw new Refused('shape', 'a sentence without a fact');
    carries = false;
    subject = false;
    empty = true;
  };
  tokens.forEach((token, at) => {
    if (token.kind === 'fact') checkPrecision(tokens.slice(Math.max(0, at - 2), at));
    if (token.kind === 'mark') {
      if (token.mark === '.') close();
      head = token.mark !== ')';
    } else {
      empty = false;
      if (token.kind === 'fact') carries = true;
      if (token.kind === 'word') {
        if (token.senses.has('not-together') || token.senses.has('no-more')) carries = true;
        checkOrder(token, previous, subject, language);
        if (head && language === 'en' && BARE.has(token.word)) {
          throw new Refused('advice', token.word);
        }
      }
      head &&= token.kind === 'word' && ADVERBS.has(token.word);
      // Anything that has been said before can be what the verb belongs to.
      if (token.kind === 'name' || (token.kind === 'word' && !token.senses.has('act')))
        subject = true;
    }
    previous = token;
  });
  close();
}

function checkPrecision(before: readonly Token[]): void {
  for (const token of before) {
    if (token.kind === 'word' && EXACT.has(token.word)) {
      throw new Refused('wrong-quantity', token.word);
    }
  }
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
    (previous.kind === 'word' && (previous.senses.has('because') || previous.senses.has('so')));
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
  'its',
  'their',
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
const CARRYING: readonly Sense[] = ['would', 'and', 'apart', 'mix', 'holdings', 'wish', 'view'];
