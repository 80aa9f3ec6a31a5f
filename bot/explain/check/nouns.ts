import type { FactRule } from './claims.ts';
import type { Sense } from './lexicon.ts';
import type { Token } from './tokens.ts';
import { Refused } from './verdict.ts';

type Word = Extract<Token, { kind: 'word' }>;
interface Noun {
  readonly word: Word;
  /** Words between it and the fact on its left, and on its right. */
  readonly fromLeft: number;
  readonly fromRight: number;
  /** "{{fact}} of the noun": nothing but an article stands between. */
  readonly held: boolean;
  /** A mark parts it from the fact on its left and nothing from the one on its right. */
  readonly parted: boolean;
}

/**
 * Every quantity word between two facts belongs to the one on its left or on its right, those on the
 * left coming first. There must be a way to deal them out in which each fact stands beside its own
 * quantity and none beside another's; so two values cannot change places.
 *
 * @throws {Refused}
 */
export function checkNouns(
  tokens: readonly Token[],
  rules: Readonly<Record<string, FactRule>>,
): void {
  const told = new Set(
    Object.values(rules).flatMap((rule) => [...rule.needs, ...(rule.accepts ?? [])]),
  );
  const ids: string[] = [];
  const gaps: Noun[][] = [];
  let gap: Token[] = [];
  const close = () => {
    gaps.push(nounsIn(gap, told, ids.length > 0));
    gap = [];
  };
  for (const token of tokens) {
    if (token.kind !== 'fact') gap.push(token);
    else {
      close();
      ids.push(token.id);
    }
  }
  close();
  if (!deal(ids, gaps, rules, 0, [])) {
    throw new Refused('wrong-quantity', ids.join(' '));
  }
}

function nounsIn(gap: readonly Token[], told: ReadonlySet<Sense>, afterFact: boolean): Noun[] {
  const words = gap.filter((token) => token.kind !== 'mark');
  return words.flatMap((word, at) => {
    if (word.kind !== 'word' || ![...word.senses].some((sense) => told.has(sense))) return [];
    const before = gap.slice(0, gap.indexOf(word));
    const first = before[0];
    const held =
      afterFact &&
      first?.kind === 'word' &&
      first.senses.has('by') &&
      before.every((each) => each.kind === 'word' && each.senses.has('plain'));
    const place = gap.indexOf(word);
    const parted = marked(gap.slice(0, place)) && !marked(gap.slice(place));
    return [{ word, fromLeft: at, fromRight: words.length - 1 - at, held, parted }];
  });
}

function marked(tokens: readonly Token[]): boolean {
  return tokens.some((token) => token.kind === 'mark');
}

/** Deals out gap by gap; `right` are the nouns that the gap before gave to the fact at hand. */
function deal(
  ids: readonly string[],
  gaps: readonly (readonly Noun[])[],
  rules: Readonly<Record<string, FactRule>>,
  at: number,
  right: readonly Noun[],
): boolean {
  if (at === 0 && ids.length > 0) return step(ids, gaps, rules, 0, gaps[0]);
  return step(ids, gaps, rules, at, right);
}

function step(
  ids: readonly string[],
  gaps: readonly (readonly Noun[])[],
  rules: Readonly<Record<string, FactRule>>,
  at: number,
  before: readonly Noun[],
): boolean {
  if (at === ids.length) return before.length === 0;
  const after = gaps[at + 1];
  const last = at === ids.length - 1;
  for (let cut = last ? after.length : 0; cut <= after.length; cut++) {
    if (after.slice(cut).some((noun) => noun.held)) continue;
    if (!last && after.slice(0, cut).some((noun) => noun.parted)) continue;
    const own = after.slice(0, cut);
    if (fits(rules[ids[at]], before, own) && step(ids, gaps, rules, at + 1, after.slice(cut))) {
      return true;
    }
  }
  return false;
}

function fits(rule: FactRule, before: readonly Noun[], after: readonly Noun[]): boolean {
  const accepted = new Set([...rule.needs, ...(rule.accepts ?? [])]);
  const has = (noun: Noun, senses: Iterable<Sense>) =>
    [...senses].some((sense) => noun.word.senses.has(sense));
  if (![...before, ...after].every((noun) => has(noun, accepted))) return false;
  if (rule.needs.length === 0) return true;
  const nearest = Math.min(
    ...before.map((noun) => noun.fromRight),
    ...after.map((noun) => noun.fromLeft),
  );
  return (
    before.some((noun) => noun.fromRight === nearest && has(noun, rule.needs)) ||
    after.some((noun) => noun.fromLeft === nearest && has(noun, rule.needs))
  );
}
