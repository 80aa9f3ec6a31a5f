import type { Token } from './tokens.ts';
import { isWord, says } from './tokens.ts';
import { Refused } from './verdict.ts';

/**
 * That trading costs more than the change would bring, and never the other way round: "more" follows
 * the cost and comes before the benefit, "less" follows the benefit.
 *
 * @throws {Refused}
 */
export function checkRelation(tokens: readonly Token[]): void {
  checkYear(tokens);
  checkAmount(tokens);
  checkStays(tokens);
  if (
    tokens.some((each) => says(each, 'add')) &&
    !tokens.some((each) => says(each, 'more', 'less'))
  ) {
    throw new Refused('direction', 'a benefit without what it costs');
  }
  if (tokens.filter((each) => says(each, 'more', 'less') && !says(each, 'add')).length > 1) {
    throw new Refused('direction', 'more and less');
  }
  tokens.forEach((token, at) => {
    const more = says(token, 'more');
    if (!more && !says(token, 'less')) return;
    const before = tokens.slice(0, at);
    const fact = before.findLastIndex((each) => each.kind === 'fact');
    // "{{cost}} more than" would make the cost a difference; "{{cost}}, more than" does not.
    const apart = before
      .slice(fact + 1)
      .some((each) => each.kind === 'mark' || says(each, 'and', 'because', 'so'));
    if (fact >= 0 && !apart) throw new Refused('direction', 'more of what');
    const after = tokens.slice(at + 1);
    const last = before.findLast((each) => says(each, 'cost', 'benefit', 'add'));
    const lastIsCost = last !== undefined && says(last, 'cost');
    if (more && (!lastIsCost || !after.some((each) => says(each, 'benefit', 'add')))) {
      throw new Refused('direction', 'more');
    }
    // "More than": without what it is compared to, the two change places.
    if (more && !tokens.slice(at + 1, at + 4).some((each) => isWord(each, ...THAN))) {
      throw new Refused('direction', 'more than what');
    }
    if (!more && (last === undefined || lastIsCost)) throw new Refused('direction', 'less');
    if (more && after.some((each) => says(each, 'cost', 'trade')))
      throw new Refused('direction', 'more');
  });
}

const THAN = ['than', 'als', 'que', 'qu'];

/** That it stays is so; only what trading costs and brings would be. */
function checkStays(tokens: readonly Token[]): void {
  const weight = tokens.findIndex((each) => each.kind === 'fact' && each.id === 'weight');
  const clause = (step: 1 | -1) => {
    const found: Token[] = [];
    for (let at = weight + step; at >= 0 && at < tokens.length; at += step) {
      const token = tokens[at];
      const part = token.kind === 'fact' || says(token, 'because', 'so', 'and');
      // "Would (TLT) stay": before it, a bracket or comma ends nothing.
      const ends =
        token.kind === 'mark' && (step === 1 || token.mark === '.' || token.mark === ':');
      if (part || ends) break;
      found.push(token);
    }
    return found;
  };
  if ([...clause(-1), ...clause(1)].some((each) => says(each, 'would'))) {
    throw new Refused('wrong-quantity', 'it stays, it would not');
  }
}

/** The cost is a part of the amount, never the amount itself. */
function checkAmount(tokens: readonly Token[]): void {
  const cost = tokens.findIndex((each) => each.kind === 'fact' && each.id === 'cost');
  if (tokens.slice(0, cost).some((each) => says(each, 'amount') && !says(each, 'trade'))) {
    throw new Refused('wrong-quantity', 'the amount is not the cost');
  }
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
