import type { Token } from './tokens.ts';
import { isWord, mark, says } from './tokens.ts';
import { Refused } from './verdict.ts';

const ACTIVE =
  `need needs require requires calls call demands braucht brauchen benötigt benötigen erfordert
  verlangt exige exigent demande demandent nécessite nécessitent requiert réclame necesita necesitan
  exigen requiere requieren precisa precisam exigem requer requerem pede demanda`.split(/\s+/);
const TOWARDS = ['for', 'to', 'für', 'pour', 'à', 'para', 'a'];

/**
 * The return asks for the risk, never the risk or the mix for the return.
 *
 * @throws {Refused}
 */
export function checkNeed(tokens: readonly Token[]): void {
  tokens.forEach((token, at) => {
    if (!isWord(token, ...ACTIVE)) return;
    // "le risque qu'exige un rendement" has its subject behind it.
    const inverted = isWord(tokens[at - 1], 'que', 'qu');
    for (const next of tokens.slice(at + 1, at + 6)) {
      if (isWord(next, ...TOWARDS) || mark(next)) break;
      if (says(next, 'return', 'expected') && !inverted) throw reversed(token);
      if (says(next, 'risk', 'mix')) break;
    }
    const next = tokens[at + 1];
    if (next !== undefined && !mark(next)) return;
    // A verb at the end of its clause: what stands before it asks.
    for (const before of tokens.slice(0, at).reverse()) {
      if (before.kind === 'fact' || says(before, 'return')) break;
      if (says(before, 'risk', 'mix')) throw reversed(token);
    }
  });
}

function reversed(token: Token): Refused {
  const word = token.kind === 'word' ? token.word : '';
  return new Refused('wrong-subject', `${word}: who asks for what`);
}
