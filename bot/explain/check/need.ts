import type { Token } from './tokens.ts';
import { isWord, mark, says } from './tokens.ts';
import { Refused } from './verdict.ts';

const ACTIVE =
  `need needs require requires calls call demands braucht brauchen benötigt benötigen erfordert
  verlangt exige exigent demande demandent nécessite nécessitent requiert réclame necesita necesitan
  exigen requiere requieren precisa precisam exigem requer requerem pede demanda`.split(/\s+/);
const PASSIVE = `needed required necessary nötig nötige nötigen erforderlich erforderliche notwendig
  nécessaire nécessaires requis necesario necesaria necessário necessária`.split(/\s+/);
const TOWARDS = ['for', 'to', 'für', 'pour', 'à', 'para', 'a'];

/**
 * The return asks for the risk, never the risk or the mix for the return.
 *
 * @throws {Refused}
 */
export function checkNeed(tokens: readonly Token[]): void {
  tokens.forEach((token, at) => {
    if (isWord(token, ...PASSIVE)) checkPassive(tokens, at);
    if (!isWord(token, ...ACTIVE)) return;
    // "le risque qu'exige un rendement" has its subject behind it.
    const inverted = isWord(tokens[at - 1], 'que', 'qu');
    // "calls for"
    const object = isWord(tokens[at + 1], 'for') ? at + 2 : at + 1;
    for (const next of tokens.slice(object, object + 6)) {
      if (isWord(next, ...TOWARDS) || mark(next)) break;
      if (next.kind === 'fact' || says(next, 'return', 'expected')) {
        if (!inverted) throw reversed(token);
        break;
      }
      if (says(next, 'mix') && !asksTheRisk(tokens, at)) throw reversed(token);
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

/** "So viel Risiko braucht die Mischung": what stands before the verb is asked for. */
function asksTheRisk(tokens: readonly Token[], at: number): boolean {
  const noun = tokens
    .slice(0, at)
    .findLast((each) => each.kind === 'fact' || says(each, 'return', 'risk'));
  return noun === undefined || says(noun, 'risk');
}

/** "Needed for the risk" */
function checkPassive(tokens: readonly Token[], at: number): void {
  if (!isWord(tokens[at + 1], ...TOWARDS)) return;
  const noun = tokens
    .slice(at + 2)
    .find((each) => each.kind === 'fact' || says(each, 'return', 'risk', 'mix'));
  if (noun !== undefined && says(noun, 'risk', 'mix')) throw reversed(tokens[at]);
}

function reversed(token: Token): Refused {
  const word = token.kind === 'word' ? token.word : '';
  return new Refused('wrong-subject', `${word}: who asks for what`);
}
