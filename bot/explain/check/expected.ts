import type { Language } from '../language.ts';
import type { Token } from './tokens.ts';
import { Refused } from './verdict.ts';

/**
 * A return is only ever an expected one: the two words stand together, in the order of the language,
 * and "expected" is said of nothing else.
 *
 * @throws {Refused}
 */
export function checkExpected(tokens: readonly Token[], language: Language): void {
  const before = language === 'en' || language === 'de';
  const has = (at: number, sense: 'return' | 'expected') => {
    const token = tokens[at];
    return token?.kind === 'word' && token.senses.has(sense);
  };
  const near = (at: number, sense: 'return' | 'expected', step: number) =>
    has(at + step, sense) || (tokens[at + step]?.kind === 'word' && has(at + 2 * step, sense));
  tokens.forEach((_, at) => {
    if (has(at, 'return') && !near(at, 'expected', before ? -1 : 1)) {
      throw new Refused('missing-hedge', 'a return that is not an expected one');
    }
    if (has(at, 'expected') && !near(at, 'return', before ? 1 : -1)) {
      throw new Refused('wrong-quantity', 'something else is called expected');
    }
  });
}
