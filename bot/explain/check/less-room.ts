import type { Token } from './tokens.ts';
import { Refused } from './verdict.ts';

/**
 * Where a point less would add return, only the point is less: one such word, right beside it.
 *
 * @throws {Refused}
 */
export function checkLessRoom(tokens: readonly Token[]): void {
  let times = 0;
  tokens.forEach((token, at) => {
    if (token.kind !== 'word' || !(token.senses.has('less') || token.senses.has('down'))) return;
    const next = tokens[at + 1];
    // "its lower limit"
    if (token.senses.has('least') && next?.kind === 'word' && next.senses.has('limit')) return;
    const beside = [-2, -1, 1].some((step) => {
      const other = tokens[at + step];
      return other?.kind === 'word' && other.senses.has('point');
    });
    const between = tokens[at - 1];
    const close =
      between?.kind === 'word' && (between.senses.has('plain') || between.senses.has('point'));
    times++;
    if (!beside || !(close || tokens[at + 1]?.kind === 'word') || times > 1) {
      throw new Refused('direction', token.word);
    }
  });
}
