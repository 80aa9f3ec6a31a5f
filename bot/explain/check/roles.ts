import type { FactRule } from './claims.ts';
import type { Sense } from './lexicon.ts';
import type { Token } from './tokens.ts';
import { Refused } from './verdict.ts';

/**
 * "From" before the old value, "to" before the new one, and the size of the change never between
 * them: so before and after cannot change places.
 *
 * @throws {Refused}
 */
export function checkRoles(
  tokens: readonly Token[],
  rules: Readonly<Record<string, FactRule>>,
): void {
  const at = (role: FactRule['role']) =>
    tokens.findIndex((token) => token.kind === 'fact' && rules[token.id]?.role === role);
  const from = at('from');
  const to = at('to');
  const by = at('by');
  if (to < 0) return;
  if (!introduced(tokens, to, 'to')) throw new Refused('wrong-role', 'to');
  if (by >= 0 && introduced(tokens, by, 'to') && !introduced(tokens, by, 'by')) {
    throw new Refused('wrong-role', 'by');
  }
  if (from < 0) return;
  if (!introduced(tokens, from, 'from')) throw new Refused('wrong-role', 'from');
  const [first, second] = from < to ? [from, to] : [to, from];
  // Nothing but small words may stand between the two: "from {{from}} to {{to}}".
  const between = tokens.slice(first + 1, second);
  const plain = between.every(
    (token) =>
      token.kind === 'mark' ||
      (token.kind === 'word' && [...token.senses].some((sense) => small.has(sense))),
  );
  if (!plain || between.length > 6) throw new Refused('wrong-role', 'from and to apart');
}

const small: ReadonlySet<Sense> = new Set<Sense>([
  'plain',
  'from',
  'to',
  'until',
  'reach',
  'goes',
  'about',
  'money',
  'and',
  'year',
]);

/** Whether the word of a role stands right before the fact, but for articles and "about". */
function introduced(tokens: readonly Token[], fact: number, role: 'from' | 'to' | 'by'): boolean {
  for (let at = fact - 1; at >= 0 && at >= fact - 4; at--) {
    const token = tokens[at];
    if (token.kind === 'mark') {
      if (token.mark === '.') return false;
      continue;
    }
    if (token.kind !== 'word') return false;
    if (role === 'to' && (token.senses.has('until') || token.senses.has('reach'))) return true;
    if (token.senses.has(role) || (role === 'from' && token.senses.has('before'))) return true;
    if (role === 'to' && token.senses.has('from') && !token.senses.has('plain')) return false;
    if (role === 'from' && token.senses.has('to') && !token.senses.has('plain')) return false;
    if (!token.senses.has('plain') && !token.senses.has('about')) return false;
  }
  return false;
}
