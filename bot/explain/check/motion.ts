import type { ClaimRule } from './claims.ts';
import type { Token } from './tokens.ts';
import { mark, says } from './tokens.ts';
import { Refused } from './verdict.ts';

/**
 * What rises or falls is what the numbers beside it are of: each word of direction stands in a clause
 * with a value before, a value now or their difference, nearer to it than to any other value.
 *
 * @throws {Refused}
 */
export function checkMotion(tokens: readonly Token[], rule: ClaimRule): void {
  tokens.forEach((token, at) => {
    if (token.kind !== 'word') return;
    if (
      says(token, 'before') &&
      !says(token, 'plain', 'from', 'because') &&
      !old(tokens, at, rule)
    ) {
      throw new Refused('wrong-role', token.word);
    }
    if (!says(token, 'up', 'down')) return;
    const nearest = [...factsOf(tokens, at)].sort((a, b) => a.away - b.away)[0];
    if (nearest === undefined || rule.facts[nearest.id]?.role === undefined) {
      throw new Refused('direction', `${token.word} without its own value`);
    }
    if ('now' in rule.facts && ofTheAsset(tokens, at)) {
      throw new Refused('wrong-subject', `${token.word}: the asset or its figure`);
    }
  });
}

/** "Gold fell" is not "the expected return of gold fell". */
function ofTheAsset(tokens: readonly Token[], at: number): boolean {
  let place = at - 1;
  while (says(tokens[place], 'plain')) place -= 1;
  if (tokens[place]?.kind !== 'name') return false;
  const before = tokens.slice(Math.max(0, place - 5), place);
  return !before.some((each) => says(each, 'volatility', 'return'));
}

/** "Before" is said right beside the value before. */
function old(tokens: readonly Token[], at: number, rule: ClaimRule): boolean {
  return tokens
    .slice(Math.max(0, at - 3), at + 4)
    .some((each) => each.kind === 'fact' && rule.facts[each.id]?.role === 'from');
}

/** The facts of a word's clause, and how far off they stand. */
function* factsOf(tokens: readonly Token[], at: number): Iterable<{ id: string; away: number }> {
  for (const step of [-1, 1]) {
    for (let next = at + step; next >= 0 && next < tokens.length; next += step) {
      const token = tokens[next];
      if (mark(token)) break;
      if (token.kind === 'fact') yield { id: token.id, away: Math.abs(next - at) };
    }
  }
}
