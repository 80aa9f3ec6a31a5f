import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assembled, kernelFiles } from '../../ops/assemble.ts';
import { randomSource } from '../random.ts';
import { gram } from './gram.ts';

/** The definition, summed in plain order. */
function byDefinition(x: Float64Array, n: number, centre?: Float64Array, weights?: Float64Array) {
  const sums = new Float64Array(n * n);
  for (let t = 0; t < x.length / n; t++)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        const a = x[t * n + i] - (centre?.[i] ?? 0);
        const b = x[t * n + j] - (centre?.[j] ?? 0);
        sums[i * n + j] += (weights?.[t] ?? 1) * a * b;
      }
  return sums;
}

function draw(seed: number, count: number): Float64Array {
  const random = randomSource(seed);
  return Float64Array.from({ length: count }, () => random.normal());
}

const shapes = fc.record({
  seed: fc.integer(),
  rows: fc.integer({ min: 1, max: 600 }),
  n: fc.integer({ min: 1, max: 40 }),
});

describe('the Gram matrix', () => {
  it('is the sum of products of any number of rows and columns, centred and weighted', () => {
    fc.assert(
      fc.property(shapes, ({ seed, rows, n }) => {
        const x = draw(seed, rows * n);
        const centre = draw(seed + 1, n);
        const weights = draw(seed + 2, rows).map(Math.abs);
        const pairs = [
          [gram(x, n), byDefinition(x, n)],
          [gram(x, n, { centre, weights }), byDefinition(x, n, centre, weights)],
        ];
        for (const [found, expected] of pairs) {
          found.forEach((value, at) => {
            expect(Math.abs(value - expected[at])).toBeLessThan(1e-11 * rows);
          });
        }
      }),
      { numRuns: 40 },
    );
  });

  it('has the same bits for a pair of columns wherever they stand, and is symmetric to the bit', () => {
    fc.assert(
      fc.property(shapes, ({ seed, rows, n }) => {
        const x = draw(seed, rows * n);
        const found = gram(x, n);
        const order = Array.from({ length: n }, (_, j) => (j * 7 + 3) % n);
        if (new Set(order).size < n) order.sort((a, b) => b - a);
        const moved = gram(
          Float64Array.from(x, (_, at) => x[Math.floor(at / n) * n + order[at % n]]),
          n,
        );
        for (let i = 0; i < n; i++)
          for (let j = 0; j < n; j++) {
            expect(moved[i * n + j]).toBe(found[order[i] * n + order[j]]);
            expect(found[i * n + j]).toBe(found[j * n + i]);
          }
      }),
      { numRuns: 25 },
    );
  });

  it('takes more columns than the memory it keeps, and none at all', () => {
    const n = 2003;
    const x = draw(3, 2 * n);
    const found = gram(x, n);
    for (const [i, j] of [
      [0, 0],
      [2002, 1],
      [17, 2001],
    ])
      expect(found[i * n + j]).toBeCloseTo(x[i] * x[j] + x[n + i] * x[n + j], 14);
    expect(gram(new Float64Array(0), 0).length).toBe(0);
    expect([...gram(new Float64Array(0), 2)]).toEqual([0, 0, 0, 0]);
  });

  it('is not changed by what was computed before it', () => {
    const x = draw(4, 301 * 9);
    const first = gram(x, 9);
    gram(draw(5, 700 * 33), 33);
    expect(gram(x, 9)).toEqual(first);
  });
});

describe('the kernels', () => {
  it('are, to the byte, what their source assembles to', async () => {
    for (const { source, target } of kernelFiles) {
      const committed = readFileSync(new URL(`../../${target}`, import.meta.url), 'utf8');
      expect(committed).toBe(await assembled(source));
    }
  });
});
