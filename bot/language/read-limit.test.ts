import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { constrained } from '../../engine/constraints/index.ts';
import { CASH, catalogue } from '../catalogue.ts';
import corpus from './limit-corpus.json' with { type: 'json' };
import { limitEcho } from './limit-echo.ts';
import { readLimit } from './read-limit.ts';

const universe = [
  ...catalogue.filter(({ recommended }) => recommended).map(({ symbol }) => symbol),
  CASH,
];

/** A reading in short: limits said back, "ask" with its options, or "unclear" with what to write. */
function shown(text: string): string[] {
  const reading = readLimit(text, universe);
  switch (reading.state) {
    case 'understood':
      return reading.limits.map(limitEcho);
    case 'ambiguous':
      return [`ask ${reading.question}`, ...reading.options.map(({ label }) => label)];
    case 'unclear':
      return [`unclear ${reading.ask}`];
  }
}

test('the corpus is large enough and repeats nothing', () => {
  expect(new Set(corpus.map(({ text }) => text)).size).toBe(corpus.length);
  expect(corpus.length).toBeGreaterThan(120);
});

describe('limits as people type them', () => {
  test.each(corpus)('reads "$text"', ({ text, reads }) => {
    expect(shown(text)).toEqual(reads);
  });

  test('weights become coefficients by symbol', () => {
    expect(readLimit('2*SPY - EFA >= 0', universe)).toEqual({
      state: 'understood',
      limits: [
        {
          kind: 'weight',
          name: '2 x SPY - EFA',
          coefficients: { SPY: 2, EFA: -1 },
          lower: 0,
          upper: null,
        },
      ],
    });
    const crypto = readLimit('no crypto', universe);
    expect(crypto).toMatchObject({
      limits: [{ coefficients: { 'BTC-USD': 1, 'ETH-USD': 1 }, lower: null, upper: 0 }],
    });
  });

  test('what is said back reads as the same limit again', () => {
    for (const { text } of corpus) {
      const reading = readLimit(text, universe);
      if (reading.state !== 'understood') continue;
      for (const limit of reading.limits) {
        if (limit.kind === 'each-weight' || text.includes('third')) continue;
        expect(readLimit(limitEcho(limit), universe)).toEqual({
          state: 'understood',
          limits: [limit],
        });
      }
    }
  });

  test('every limit that is understood can be added to a problem', () => {
    const n = universe.length;
    const base = { lower: new Float64Array(n), upper: new Float64Array(n).fill(1), linear: [] };
    for (const { text } of corpus) {
      const reading = readLimit(text, universe);
      if (reading.state !== 'understood') continue;
      const limits = constrained(base, universe, reading.limits);
      expect(limits.upper).toHaveLength(n);
      expect(limits.lower.every((low, i) => low >= 0 && limits.upper[i] <= 1)).toBe(true);
    }
  });

  test('a sentence that can be cut in very many ways is answered like any other', () => {
    const many = `no ${'SPY and '.repeat(34)} <=`;
    expect(readLimit(many, universe).state).toBe('unclear');
    expect(readLimit(`${'no SPY and '.repeat(20)}no QQQ`, universe)).toMatchObject({
      state: 'understood',
      limits: { length: 21 },
    });
  });

  test('any text gets an answer, and every sentence that says no says what to write', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const reading = readLimit(text, universe);
        if (reading.state === 'unclear') expect(reading.ask).toMatch(/[.?]$/);
      }),
      { numRuns: 300 },
    );
    const words = [
      'no',
      'SPY',
      'at most',
      '10',
      '%',
      'and',
      '<=',
      '-',
      '2',
      '*',
      'bonds',
      'each',
      'vol',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 9 }), (some) => {
        const reading = readLimit(some.join(' '), universe);
        if (reading.state !== 'understood') return;
        for (const limit of reading.limits) expect(limitEcho(limit)).not.toMatch(/NaN|undefined/);
      }),
      { numRuns: 500 },
    );
  });
});
