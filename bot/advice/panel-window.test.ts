import { expect, test } from 'vitest';
import { pricePanel } from '../../engine/panel.ts';
import { sha256 } from './canonical.ts';
import { decodePanel, encodePanel, lastRows } from './panel-window.ts';

const panel = pricePanel(
  ['A', 'B', 'C'],
  Int32Array.of(10, 11, 12),
  Float64Array.of(1, Number.NaN, 3, 1.1, 2, 3.3, 1.2, 2.2, 0.1 + 0.2),
);

test('a panel reads back bit for bit', () => {
  const bytes = encodePanel(panel);
  const back = decodePanel(bytes, sha256(bytes));
  expect(back.assets).toEqual(panel.assets);
  expect([...back.days]).toEqual([...panel.days]);
  expect([...back.prices].map((p, i) => Object.is(p, panel.prices[i]))).not.toContain(false);
  expect([...back.firstRow]).toEqual([0, 1, 0]);
});

test('altered bytes are refused', () => {
  const bytes = encodePanel(panel);
  const hash = sha256(bytes);
  bytes[bytes.length - 1] ^= 1;
  expect(() => decodePanel(bytes, hash)).toThrow('altered');
});

test('the last rows keep the newest days', () => {
  const tail = lastRows(panel, 2);
  expect([...tail.days]).toEqual([11, 12]);
  expect([...tail.firstRow]).toEqual([0, 0, 0]);
});
