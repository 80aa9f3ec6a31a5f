import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { proofs } from './cases.ts';

const root = new URL('..', import.meta.url);
const promised = [
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 17, 20, 21, 22, 25, 32, 37, 38, 44],
];

test('every promised case of the reliability list is in the table', () => {
  const listed = new Set(proofs.map((proof) => proof.case));
  expect(promised.filter((number) => !listed.has(number))).toEqual([]);
});

test.each(proofs)('case $case is a test of $file', ({ case: number, file, test: name }) => {
  expect(name).toMatch(new RegExp(`^(case )?${number}: `));
  const declared = new RegExp(`\\b(test|it)\\(\\s*['"]${escaped(name)}['"]`);
  expect(readFileSync(new URL(file, root), 'utf8')).toMatch(declared);
});

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
