import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeInWords, newCode, readCode, shownCode } from './link-code.ts';
import { accountWords, platformName } from './link-words.ts';

const idOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const anId = fc.uint8Array({ minLength: 16, maxLength: 16 }).map(idOf);

describe('a code', () => {
  test('has eight characters that nobody mistakes for another, and reads back as it is shown', () => {
    fc.assert(
      fc.property(anId, (id) => {
        const code = newCode(id);
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
        const shown = shownCode(code);
        for (const said of [
          `link ${shown.toLowerCase()}`,
          `link ${shown.toLowerCase().replace('-', ' ')}`,
        ]) {
          expect(codeInWords(said)).toBe(code);
        }
        for (const typed of [shown, code, shown.toLowerCase(), ` ${shown.replace('-', ' ')}. `]) {
          expect(readCode(typed)).toEqual({ kind: 'code', code });
        }
      }),
    );
  });

  test('uses all 40 bits it is given, and eight more where they hold no digit', () => {
    const codes = new Set(fc.sample(anId, { seed: 1, numRuns: 2_000 }).map((id) => newCode(id)));
    expect(codes.size).toBeGreaterThan(1_990);
    expect(newCode(`00000000000${'f'.repeat(21)}`)).toBe('00000000');
    expect(newCode(`ffffffffff${'0'.repeat(22)}`)).toBe('0ZZZZZZZ');
    expect(newCode(`ffffffffff0a${'f'.repeat(20)}`)).toBe('ZZ1ZZZZZ');
  });

  test.each([
    ['oil1-abcd', '0111ABCD'],
    ['ABCD‑EFGH', 'ABCDEFGH'],
    ['code ABCD EFGH', 'ABCDEFGH'],
    ['with ABCD--EFGH', 'ABCDEFGH'],
    ['\u200bABCD\u202eEFGH', 'ABCDEFGH'],
  ])('typed as %j is %s', (typed, code) => {
    expect(readCode(typed)).toEqual({ kind: 'code', code });
  });

  test.each(['12345', 'ABCD-EFG', 'ABCD-EFGH-JKMN', 'ABCDU EFGH1', 'ABCDEFGHJK', 'UUUU-UUUU'])(
    'typed as %j was meant as one and is none',
    (typed) => {
      expect(readCode(typed)).toEqual({ kind: 'malformed' });
    },
  );

  test.each(['', 'my accounts', 'another chat', 'please', 'this to my phone'])(
    'is asked for by %j',
    (typed) => {
      expect(readCode(typed)).toEqual({ kind: 'none' });
    },
  );

  test.each([
    ['link ABCD-EFGH', 'ABCDEFGH'],
    ['Link abcd-efgh.', 'ABCDEFGH'],
    ['link ABCD EFGH', 'ABCDEFGH'],
    ['link 2bcd efgh', '2BCDEFGH'],
    ['link some more', null],
    ['link my accounts', null],
    ['link', null],
    ['unlink ABCD-EFGH', null],
  ])('said as %j is %j', (said, code) => {
    expect(codeInWords(said)).toBe(code);
  });

  test('is never read out of anything else without a complaint', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (typed) => {
        const read = readCode(typed);
        if (read.kind === 'code') expect(read.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
      }),
    );
  });
});

test('an account is named by where and when it was begun; an unknown platform by its own name', () => {
  const begunAt = Date.UTC(2026, 4, 3, 12);
  expect(accountWords({ platform: 'telegram', begunAt })).toBe(
    'an account begun on Telegram on 3 May 2026',
  );
  expect(accountWords({ platform: 'web', begunAt }, 'the')).toBe(
    'the account begun on the web chat on 3 May 2026',
  );
  expect(platformName('matrix')).toBe('matrix');
  expect(platformName('constructor')).toBe('constructor');
});
