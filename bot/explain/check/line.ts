import type { Language } from '../language.ts';
import type { Statement } from '../statement.ts';
import { subjectKey } from '../subject-names.ts';
import { checkCause, checkReason } from './cause.ts';
import { type ClaimRule, changeRule, harmless, moveRule, ruleOf } from './claims.ts';
import { checkExpected } from './expected.ts';
import type { Sense } from './lexicon.ts';
import { checkMotion } from './motion.ts';
import { checkNeed } from './need.ts';
import { checkNouns } from './nouns.ts';
import { checkRelation } from './relation.ts';
import { checkRoles } from './roles.ts';
import { checkRoom } from './room.ts';
import { checkSentences } from './sentences.ts';
import { splitSpans } from './spans.ts';
import { isWord, type Token } from './tokens.ts';
import { Refused, type VoidReason } from './verdict.ts';

const LIMITS = new Set(['volatility-budget', 'most-allowed', 'least-allowed']);
const MOVE_FACTS = new Set(['now', 'move', 'before']);

/**
 * One line against the one statement it rewords.
 *
 * @throws {Refused}
 */
export function checkLine(
  tokens: readonly Token[],
  statement: Statement,
  language: Language,
): void {
  checkSentences(tokens, language);
  checkExpected(tokens, language);
  const { claim, facts } = statement;
  if (claim === undefined) throw new Refused('not-reworded', statement.template);
  const moved = facts.filter((fact) => MOVE_FACTS.has(fact.id));
  if (claim === 'market-move') {
    checkSpan(tokens, moveRule(facts), subjectsOf(statement));
    return;
  }
  if (claim !== 'change') {
    checkSpan(tokens, ruleOf(claim, statement), subjectsOf(statement));
    if (claim === 'held-back-by-cost') checkRelation(tokens);
    if (claim === 'risk-share') checkWhole(tokens);
    if (LIMITS.has(claim)) checkRoom(tokens);
    if (claim === 'diversification') checkReason(tokens);
    if (claim === 'return-target') checkNeed(tokens);
    return;
  }
  checkCause(tokens);
  const own = facts.filter((fact) => !MOVE_FACTS.has(fact.id));
  if (moved.length === 0) {
    checkSpan(tokens, changeRule(own), subjectsOf(statement));
    return;
  }
  const { inside, outside } = splitSpans(tokens, MOVE_FACTS);
  checkSpan(inside, moveRule(moved), new Set([subjectKey(moved[0].subject)]));
  checkSpan(outside, changeRule(own), new Set([subjectKey(own[0].subject)]));
}

const EACH = ['each', 'jeder', 'jede', 'jedes', 'chaque', 'cada'];

/** A share is of the whole, not of each of something. */
function checkWhole(tokens: readonly Token[]): void {
  if (tokens.some((token) => isWord(token, ...EACH))) {
    throw new Refused('wrong-quantity', 'each of what');
  }
}

const UNNAMED = new Set(['portfolio', 'target volatility', 'target return']);

function subjectsOf({ facts, claim }: Statement): ReadonlySet<string> {
  if (claim === 'volatility-budget' || claim === 'return-target') return new Set();
  return new Set(
    facts.map((fact) => subjectKey(fact.subject)).filter((each) => !UNNAMED.has(each)),
  );
}

function checkSpan(tokens: readonly Token[], rule: ClaimRule, subjects: ReadonlySet<string>): void {
  const may = new Set<Sense>([...harmless, ...rule.may]);
  const said = new Set<Sense>();
  const named = new Set<string>();
  for (const token of tokens) {
    if (token.kind === 'name') {
      if (!subjects.has(token.subject)) throw new Refused('wrong-subject', token.subject);
      named.add(token.subject);
    } else if (token.kind === 'fact') {
      if (rule.facts[token.id] === undefined) throw new Refused('wrong-subject', token.id);
    } else if (token.kind === 'word') {
      if (![...token.senses].some((sense) => may.has(sense))) {
        throw new Refused(reasonOf(token.senses), token.word);
      }
      for (const sense of token.senses) said.add(sense);
    }
  }
  for (const subject of subjects) {
    if (!named.has(subject)) throw new Refused('missing-subject', subject);
  }
  for (const group of rule.must) {
    if (!group.some((sense) => said.has(sense))) {
      const hedge = group.includes('expected') || group.includes('would');
      throw new Refused(
        hedge ? 'missing-hedge' : 'wrong-quantity',
        `nothing says ${group.join(' or ')}`,
      );
    }
  }
  checkNouns(tokens, rule.facts);
  checkRoles(tokens, rule.facts);
  // Only changes have roles.
  if (Object.values(rule.facts).some((fact) => fact.role !== undefined)) checkMotion(tokens, rule);
}

const directions: readonly Sense[] = ['up', 'down', 'more', 'less', 'most', 'least', 'add'];

function reasonOf(senses: ReadonlySet<Sense>): VoidReason {
  if (directions.some((sense) => senses.has(sense))) return 'direction';
  if (senses.has('not-together') || senses.has('no-more')) return 'negation';
  return 'wrong-quantity';
}
