import type { Token } from './tokens.ts';
import { says } from './tokens.ts';
import { Refused } from './verdict.ts';

const EFFECT: ReadonlySet<string> = new Set(['change', 'from', 'to']);

/**
 * What moved and what is new are the causes, the changed weight is the effect: after "because" comes
 * a value of a cause, after "so" one of the weight.
 *
 * @throws {Refused}
 */
export function checkCause(tokens: readonly Token[]): void {
  tokens.forEach((token, at) => {
    // In the middle of a sentence "como" is also "like".
    if (at > 0 && says(token, 'plain')) return;
    const [because, so] = [says(token, 'because'), says(token, 'so')];
    if (because === so) return;
    const next = tokens.slice(at).find((each) => each.kind === 'fact');
    if (next?.kind === 'fact' && EFFECT.has(next.id) !== so) {
      throw new Refused('direction', 'cause and effect exchanged');
    }
  });
}

/**
 * That the parts do not fall together is why the mix swings less; nothing else is.
 *
 * @throws {Refused}
 */
export function checkReason(tokens: readonly Token[]): void {
  if (tokens.some((each) => says(each, 'not-together'))) return;
  if (tokens.some((each) => says(each, 'because', 'so') && !says(each, 'plain'))) {
    throw new Refused('direction', 'a reason that is none');
  }
}
