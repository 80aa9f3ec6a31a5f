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
  const says = (token: Token, ...senses: Sense[]) =>
    token.kind === 'word' && senses.some((sense) => token.senses.has(sense));
  tokens.forEach((token, at) => {
    const more = says(token, 'more');
    if (!more && !says(token, 'less')) return;
    const before = tokens.slice(0, at);
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
