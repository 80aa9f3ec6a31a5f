import { says, type Token } from './tokens.ts';
import { Refused } from './verdict.ts';

/**
 * A sentence with a cause and its effect, cut in two between them: the facts in `ids` with the words
 * around them, and the rest. The cut is at a comma, a full stop or a word like "so" or "because".
 *
 * @throws {Refused} when the two are interleaved or nothing separates them
 */
export function splitSpans(
  tokens: readonly Token[],
  ids: ReadonlySet<string>,
): { inside: readonly Token[]; outside: readonly Token[] } {
  const facts = tokens.flatMap((token, at) =>
    token.kind === 'fact' ? [{ at, inside: ids.has(token.id) }] : [],
  );
  const turns = facts.filter((fact, at) => at > 0 && fact.inside !== facts[at - 1].inside);
  if (turns.length !== 1) throw new Refused('wrong-subject', 'two matters interleaved');
  const next = turns[0].at;
  const last = facts[facts.findIndex((fact) => fact.at === next) - 1].at;
  const cut = breakBetween(tokens, last, next);
  const [head, tail] = [tokens.slice(0, cut), tokens.slice(cut)];
  return facts[0].inside ? { inside: head, outside: tail } : { inside: tail, outside: head };
}

function breakBetween(tokens: readonly Token[], last: number, next: number): number {
  const between = tokens.slice(last + 1, next);
  const stop = between.findIndex(
    (token) => token.kind === 'mark' && (token.mark === '.' || token.mark === ':'),
  );
  if (stop >= 0) return last + 1 + stop;
  const found = between.findIndex(
    (token) => token.kind === 'mark' || (says(token, 'because', 'so') && !says(token, 'plain')),
  );
  if (found < 0) throw new Refused('wrong-subject', 'nothing separates two matters');
  return last + 1 + found;
}
