import type { Body } from './event.ts';
import { cleanText } from './language/clean.ts';

/** Digits and letters that nobody mistakes for another: without I, L, O and U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** How long a code works. */
export const CODE_MINUTES = 10;
/** Wrong codes within an hour after which none is read. */
export const MOST_WRONG = 5;
export const HOUR_MS = 3_600_000;

/**
 * Eight characters from the first six bytes of an id that is random hex: 40 bits, less a twentieth
 * of one. A digit is always among them: "link abcd efgh" could be words, "link abcd efg7" is a code
 * however it is typed.
 */
export function newCode(randomHex: string): string {
  const bits = BigInt(`0x${randomHex.slice(0, 10)}`);
  const signs = Array.from(
    { length: 8 },
    (_, at) => ALPHABET[Number((bits >> BigInt(at * 5)) & 31n)],
  );
  if (!signs.some((sign) => /\d/.test(sign))) {
    const more = Number.parseInt(randomHex.slice(10, 12), 16);
    signs[more % 8] = ALPHABET[(more >> 3) % 10];
  }
  return signs.join('');
}

/** "ABCD-EFGH": as it is shown and typed. */
export function shownCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/**
 * What follows the command's name: a code, words that were meant as one but are none, or words that
 * ask for a code ("my other phone").
 */
export function readCode(
  raw: string,
): { readonly kind: 'code'; readonly code: string } | { readonly kind: 'malformed' | 'none' } {
  const text = cleanText(raw, 80);
  const match = /^(?:(?:code|with|to)\s+)*([0-9a-z]{4})[\s-]*([0-9a-z]{4})[.!]?$/i.exec(text);
  if (match === null) {
    // A digit, or a row of capitals, was meant as a code.
    return { kind: /\d|[A-Z]{4}/.test(text) ? 'malformed' : 'none' };
  }
  const code = `${match[1]}${match[2]}`.toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return [...code].every((sign) => ALPHABET.includes(sign))
    ? { kind: 'code', code }
    : { kind: 'malformed' };
}

/**
 * The code of "link ABCD-EFGH", wherever it is said: in the middle of a question, or before anything
 * else. "Link some more" is none.
 */
export function codeInWords(raw: string): string | null {
  const [, rest] = /^link\s+(.{8,14})$/i.exec(cleanText(raw, 80)) ?? [];
  if (rest === undefined || !/\d|-|^[A-Z]{4} ?[A-Z]{4}/.test(rest)) return null;
  const read = readCode(rest);
  return read.kind === 'code' ? read.code : null;
}

/** Whether a code stands in what was said: among others it must end, whoever can be answered. */
export function saysCode(body: Body): boolean {
  if (body.kind === 'text') return codeInWords(body.text) !== null;
  return body.kind === 'command' && body.name === 'link' && readCode(body.args).kind === 'code';
}

/** Under which name a code is stored: nobody who reads the database can type it. */
export function codeDigest(hash: { keyedHash(text: string): string }, code: string): string {
  return hash.keyedHash(`link ${code}`);
}
