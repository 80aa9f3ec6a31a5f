import type { Token } from './tokens.ts';
import { says } from './tokens.ts';
import { Refused } from './verdict.ts';

/**
 * The market moved, so the weight changed, and never the other way round: before the move stands
 * "because" or nothing, before the change "so" or nothing.
 *
 * @param moves ids of the facts of the market move; the others are of the change
 * @throws {Refused}
 */
export function checkCause(tokens: readonly Token[], moves: ReadonlySet<string>): void {
  const facts = tokens.flatMap((token, at) =>
    token.kind === 'fact' ? [{ id: token.id, at }] : [],
  );
  const moveFirst = moves.has(facts[0].id);
  const second = facts.findIndex(({ id }) => moves.has(id) !== moveFirst);
  const head = tokens.slice(0, facts[0].at);
  const between = tokens.slice(facts[second - 1].at, facts[second].at);
  const only = (sense: 'because' | 'so', among: readonly Token[]) =>
    among.some((each) => says(each, sense) && !says(each, 'plain'));
  const wrong = moveFirst
    ? only('so', head) || only('because', between)
    : only('because', head) || says(tokens[0], 'because') || only('so', between);
  if (wrong) throw new Refused('direction', 'cause and effect exchanged');
}
