import type { Sense } from './lexicon.ts';
import type { Token } from './tokens.ts';
import { Refused } from './verdict.ts';

/**
 * That trading costs more than the change would bring, and never the other way round: "more" follows
 * the cost and comes before the benefit, "less" follows the benefit.
 *
 * @throws {Refused}
 */
export function checkRelation(tokens: readonly Token[]): void {
  checkYear(tokens);
  const says = (token: Token, ...senses: Sense[]) =>
    token.kind === 'word' && senses.some((sense) => token.senses.has(sense));
  tokens.forEach((token, at) => {
    const more = says(token, 'more');
    if (!more && !says(token, 'less')) return;
    const before = tokens.slice(0, at);
    const fact = before.findLastIndex((each) => each.kind === 'fact');
    // "{{cost}} more than" would make the cost a difference; "{{cost}}, more than" does not.
    const apart = before
      .slice(fact + 1)
      .some((each) => each.kind === 'mark' || says(each, 'and', 'because'));
    if (fact >= 0 && !apart) throw new Refused('direction', 'more of what');
    const after = tokens.slice(at + 1);
    const last = before.findLast((each) => says(each, 'cost', 'benefit', 'add'));
    const lastIsCost = last !== undefined && says(last, 'cost');
    if (more && (!lastIsCost || !after.some((each) => says(each, 'benefit', 'add')))) {
      throw new Refused('direction', 'more');
    }
    if (!more && (last === undefined || lastIsCost)) throw new Refused('direction', 'less');
    if (more && after.some((each) => says(each, 'cost', 'trade')))
      throw new Refused('direction', 'more');
  });
}

/** "In a year" is said of what the change would bring, never of what trading costs. */
function checkYear(tokens: readonly Token[]): void {
  tokens.forEach((token, at) => {
    if (token.kind !== 'word' || !token.senses.has('year')) return;
    const near = tokens.slice(Math.max(0, at - 6), at + 5);
    const brings = near.some(
      (each) => each.kind === 'word' && (each.senses.has('add') || each.senses.has('benefit')),
    );
    if (!brings) throw new Refused('wrong-quantity', 'a year of what');
  });
}
