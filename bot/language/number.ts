import { UNIT_SCALE } from '../money.ts';
import { readNumeral } from './numerals.ts';
import { followsAny, type Token } from './tokens.ts';
import { fractionAt, wordsAt } from './words.ts';

/** A number with its magnitude: "20k", "1.5 million", "half a million", "twenty thousand". */
export type NumberFound = { readonly next: number } & (
  | {
      readonly state: 'one';
      /** Scaled by 10^8, magnitude included. */
      readonly scaled: bigint;
      /** What "k" or "million" multiplied by; 1 without. */
      readonly magnitude: bigint;
      /** True for digits such as 12 or 2031, without separators, magnitude or words. */
      readonly plain: boolean;
    }
  | { readonly state: 'two'; readonly scaled: bigint; readonly asThousands: bigint }
  | { readonly state: 'bad'; readonly reason: string }
);

const magnitudes = new Map<string, bigint>([
  ...['hundred', 'hundreds'].map((word) => [word, 100n] as const),
  ...['k', 'thousand', 'thousands', 'grand', 'thou'].map((word) => [word, 1_000n] as const),
  ...['m', 'mm', 'mn', 'mil', 'mill', 'mio', 'million', 'millions'].map(
    (word) => [word, 1_000_000n] as const,
  ),
  ...['b', 'bn', 'billion', 'billions'].map((word) => [word, 1_000_000_000n] as const),
  ...['t', 'tn', 'trillion', 'trillions'].map((word) => [word, 1_000_000_000_000n] as const),
  ...['lakh', 'lakhs'].map((word) => [word, 100_000n] as const),
  ...['crore', 'crores'].map((word) => [word, 10_000_000n] as const),
]);

const onlyGlued = new Set(['b', 't']);
const LARGEST = 10n ** 15n * UNIT_SCALE;
const ordinal = /^(?:st|nd|rd|th)$/;
const retirementAccount = /^(?:401|403|457)$/;

/** The number that starts at `at`, or null. */
export function numberAt(tokens: readonly Token[], at: number): NumberFound | null {
  const token = tokens[at];
  if (!token) return null;
  if (token.kind !== 'number') return inWords(tokens, at);
  const after = tokens[at + 1];
  if (after?.glued && ordinal.test(after.text)) return null;
  if (retirementAccount.test(token.text) && after?.glued && /^[kb(]$/.test(after.text)) return null;
  let text = token.text;
  let next = at + 1;
  // "20 000": thousands set apart by spaces.
  while (/^[1-9]\d{0,2}( \d{3})*$/.test(text) && isGroup(tokens[next]) && text.length < 19) {
    text += ` ${tokens[next].text}`;
    next += 1;
  }
  const spaced = text.includes(' ');
  const numeral = readNumeral(text.replaceAll(' ', ''));
  if (numeral.state === 'bad') return { ...numeral, next };
  const half = followsAny(tokens, next, ['and a half', 'and one half']);
  const base = half === null ? numeral.scaled : numeral.scaled + UNIT_SCALE / 2n;
  const tail = magnitudeAt(tokens, half ?? next);
  if (tail.magnitude === 1n && half === null && numeral.state === 'two') {
    return { ...numeral, next };
  }
  const plain = half === null && tail.magnitude === 1n && /^\d+$/.test(token.text) && !spaced;
  return finished(base * tail.magnitude, tail.magnitude, tail.next, plain);
}

function inWords(tokens: readonly Token[], at: number): NumberFound | null {
  const vague = vagueAt(tokens, at);
  if (vague) return vague;
  const fraction = fractionAt(tokens, at);
  if (fraction) {
    const { magnitude, next } = magnitudeAt(tokens, fraction.next);
    if (magnitude > 1n || fraction.alone) {
      return finished(fraction.scaled * magnitude, magnitude, next, false);
    }
  }
  const words = wordsAt(tokens, at);
  if (!words) return null;
  const half = followsAny(tokens, words.next, ['and a half']);
  if (half !== null) {
    const unit = words.unit * UNIT_SCALE;
    const tail = magnitudeAt(tokens, half);
    const scaled = (words.value * UNIT_SCALE + unit / 2n) * tail.magnitude;
    return finished(scaled, unit / UNIT_SCALE > 1n ? words.unit : tail.magnitude, tail.next, false);
  }
  const tail = magnitudeAt(tokens, words.next);
  const magnitude = tail.magnitude > words.unit ? tail.magnitude : words.unit;
  return finished(words.value * tail.magnitude * UNIT_SCALE, magnitude, tail.next, false);
}

/** "A few thousand" is asked about, not guessed. */
function vagueAt(tokens: readonly Token[], at: number): NumberFound | null {
  const next = followsAny(tokens, at, ['a few', 'few', 'several', 'some']);
  if (next === null) return null;
  const { magnitude, next: end } = magnitudeAt(tokens, next);
  if (magnitude === 1n) return null;
  const said = tokens
    .slice(at, end)
    .map(({ text }) => text)
    .join(' ');
  return { state: 'bad', next: end, reason: `“${said}” could be many numbers. Please name one.` };
}

/** The magnitudes at `at`, multiplied: "hundred thousand" is 100,000. */
function magnitudeAt(tokens: readonly Token[], at: number): { magnitude: bigint; next: number } {
  let magnitude = 1n;
  let next = at;
  for (let token = tokens[next]; token?.kind === 'word'; token = tokens[next]) {
    const factor = magnitudes.get(token.text);
    if (factor === undefined || (onlyGlued.has(token.text) && !token.glued)) break;
    // "500 m" is millions, but "7 y 6 m" and the like never get here with a second magnitude.
    if (magnitude > 1n && token.text.length < 3) break;
    magnitude *= factor;
    next += 1;
    if (magnitude > LARGEST) break;
  }
  return { magnitude, next };
}

function isGroup(token: Token | undefined): token is Token {
  return token !== undefined && token.kind === 'number' && /^\d{3}$/.test(token.text);
}

function finished(scaled: bigint, magnitude: bigint, next: number, plain: boolean): NumberFound {
  if (scaled > LARGEST) {
    return { state: 'bad', next, reason: 'That number is larger than I can work with.' };
  }
  return { state: 'one', scaled, magnitude, plain, next };
}
