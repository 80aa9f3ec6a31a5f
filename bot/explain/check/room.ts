import type { Token } from './tokens.ts';
import { isWord, mark, says } from './tokens.ts';
import { Refused } from './verdict.ts';

/** How far from a word of direction "point" may stand: "a point more", "un point de plus". */
const BESIDE = 2;

/**
 * Of a limit only one thing may rise or fall: the point that would be added. "More", "less" and words
 * of direction stand right beside it, once; "most" and "least" stand beside what allows them, so
 * that "most of the money" is no limit; and only the gain is what would be.
 *
 * @throws {Refused}
 */
export function checkRoom(tokens: readonly Token[]): void {
  checkPoint(tokens);
  if (tokens.filter((each) => says(each, 'would')).length > 1) {
    throw new Refused('direction', 'more than the gain would be');
  }
  let times = 0;
  tokens.forEach((token, at) => {
    if (token.kind !== 'word') return;
    if (says(token, 'most', 'least') && !INHERENT.has(token.word) && !allowed(tokens, at)) {
      throw new Refused('direction', token.word);
    }
    if (says(token, 'would') && reach(tokens, at, 1, 6).some((each) => settled(each))) {
      throw new Refused('direction', token.word);
    }
    if (!says(token, 'more', 'less', 'up', 'down') || says(token, 'would', 'add')) return;
    // "its lower limit"
    if (says(token, 'most', 'least') && allowed(tokens, at)) return;
    times += 1;
    const than = tokens.slice(at + 1, at + 3).some((each) => isWord(each, ...THAN));
    if (times > 1 || than || !besidePoint(tokens, at)) throw new Refused('direction', token.word);
  });
}

/** The point is what would be added: no limit stands between it and the gain. */
function checkPoint(tokens: readonly Token[]): void {
  const gain = tokens.findIndex((each) => each.kind === 'fact' && each.id === 'gain');
  const point = tokens.findIndex((each) => says(each, 'point'));
  if (gain < 0 || point < 0) return;
  const between = tokens.slice(Math.min(gain, point) + 1, Math.max(gain, point));
  if (between.some((each) => each.kind === 'fact')) {
    throw new Refused('wrong-quantity', 'a limit between the point and its gain');
  }
}

const THAN = ['than', 'als', 'que', 'qu'];

/** Names of limits; other words of "most" and "least" only compare. */
const INHERENT: ReadonlySet<string> = new Set(
  `maximum cap ceiling capped max minimum floor min höchstwert obergrenze höchstgrenze
   höchstanteil deckel maximale maximalen mindestwert untergrenze mindestgrenze
   mindestanteil minimale minimalen maximales plafond plancher máximo máxima máximos tope
   techo mínimo mínima mínimos suelo teto piso`.split(/\s+/),
);

/** Whether a limit is named within three words after or two before; "most of" is a part, never a limit. */
function allowed(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  if (isWord(next, 'of')) return false;
  const near = [...reach(tokens, at, 1, 3), ...reach(tokens, at, -1, 2)];
  return near.some((each) => says(each, 'limit') || isWord(each, ...INHERENT));
}

function besidePoint(tokens: readonly Token[], at: number): boolean {
  for (const step of [-1, 1] as const) {
    for (const each of reach(tokens, at, step, BESIDE)) {
      if (says(each, 'point')) return true;
      if (!says(each, 'plain')) break;
    }
  }
  return false;
}

function settled(token: Token): boolean {
  return says(token, 'limit', 'full', 'stay', 'most', 'least') && !says(token, 'plain', 'add');
}

/** The words on one side, up to a mark or a fact. */
function reach(tokens: readonly Token[], at: number, step: 1 | -1, most: number): Token[] {
  const found: Token[] = [];
  for (let next = at + step; found.length < most; next += step) {
    const token = tokens[next];
    if (token === undefined || token.kind === 'fact' || mark(token)) break;
    found.push(token);
  }
  return found;
}
