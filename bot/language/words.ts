import { UNIT_SCALE } from '../money.ts';
import { followsAny, type Token } from './tokens.ts';

const small = new Map(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
    .split(' ')
    .map((word, value) => [word, BigInt(value)]),
);
const tens = new Map(
  'twenty thirty forty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((word, index) => [word, BigInt(index * 10 + 20)]),
);
tens.set('fourty', 40n);
const groups = new Map([
  ['thousand', 1_000n],
  ['grand', 1_000n],
  ['k', 1_000n],
  ['million', 1_000_000n],
  ['billion', 1_000_000_000n],
]);
const countable = /^(?:hundred|thousand|grand|million|billion|dozen|couple|lakh|crore)$/;

export interface Words {
  readonly value: bigint;
  /** The last group named ("thousand"), which "and a half" refers to; 1 without. */
  readonly unit: bigint;
  readonly next: number;
}

/** A whole number in words: "two hundred and fifty thousand", "twenty-five", "a dozen". */
export function wordsAt(tokens: readonly Token[], at: number): Words | null {
  let total = 0n;
  let current: bigint | null = null;
  let unit = 1n;
  let next = at;
  for (let token = tokens[next]; token; token = tokens[next]) {
    const step = add(tokens, next, current);
    if (step !== null) {
      current = step.current;
      next = step.next;
      continue;
    }
    const group = groups.get(token.text);
    if (group !== undefined && current !== null && (total === 0n || group < unit)) {
      total += current * group;
      current = null;
      unit = group;
      next += 1;
      if (!startsNumber(tokens[next]) && tokens[next]?.text !== 'and') break;
      continue;
    }
    const joins = token.text === 'and' || (token.text === '-' && token.glued);
    if (next > at && joins && startsNumber(tokens[next + 1]) && (current ?? total) >= 20n) {
      next += 1;
      continue;
    }
    break;
  }
  if (current === null && total === 0n) return null;
  return { value: total + (current ?? 0n), unit, next };
}

/** Takes one number word into the group being read, when it fits there. */
function add(
  tokens: readonly Token[],
  at: number,
  current: bigint | null,
): { current: bigint; next: number } | null {
  const text = tokens[at].text;
  const digit = small.get(text);
  if (digit !== undefined) {
    const room = current === null || (current >= 20n && (current % 100n === 0n || digit < 10n));
    const free = current === null || current % 10n === 0n;
    return room && free ? { current: (current ?? 0n) + digit, next: at + 1 } : null;
  }
  const ten = tens.get(text);
  if (ten !== undefined) {
    const fits = current === null || (current >= 100n && current % 100n === 0n);
    return fits ? { current: (current ?? 0n) + ten, next: at + 1 } : null;
  }
  if ((text === 'a' || text === 'an') && current === null) {
    return countable.test(tokens[at + 1]?.text ?? '') ? { current: 1n, next: at + 1 } : null;
  }
  if (current === null || current === 0n || current > 99n) return null;
  if (text === 'hundred') return { current: current * 100n, next: at + 1 };
  if (text === 'dozen') return { current: current * 12n, next: at + 1 };
  if (text === 'couple') {
    return { current: current * 2n, next: followsAny(tokens, at + 1, ['of']) ?? at + 1 };
  }
  return null;
}

function startsNumber(token: Token | undefined): boolean {
  return token !== undefined && (small.has(token.text) || tens.has(token.text));
}

export interface Fraction {
  readonly scaled: bigint;
  readonly next: number;
  /** True when it also counts without a magnitude: "half a bitcoin". */
  readonly alone: boolean;
}

const parts: readonly (readonly [readonly string[], bigint])[] = [
  [['three quarters', 'three quarter'], (UNIT_SCALE * 3n) / 4n],
  [['a quarter', 'one quarter', 'quarter'], UNIT_SCALE / 4n],
  [['two thirds'], (UNIT_SCALE * 2n) / 3n],
  [['a third', 'one third'], UNIT_SCALE / 3n],
  [['a half', 'one half', 'half'], UNIT_SCALE / 2n],
];

/** A part of something: "half a million", "three quarters of a million", "a quarter million". */
export function fractionAt(tokens: readonly Token[], at: number): Fraction | null {
  for (const [phrases, scaled] of parts) {
    const next = followsAny(tokens, at, phrases);
    if (next === null) continue;
    const of = followsAny(tokens, next, ['of a', 'of an', 'of one', 'a', 'an']);
    return { scaled, next: of ?? next, alone: of !== null };
  }
  return null;
}
