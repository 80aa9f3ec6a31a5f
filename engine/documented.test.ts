import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { optimizers } from './optimizers/index.ts';
import { scenarioOptimizers } from './optimizers/scenario/index.ts';

const page = readFileSync(new URL('../docs/engine.md', import.meta.url), 'utf8');
/** The first cells of the tables' lines, "a, -b" standing for "a" and the same with another ending. */
const named = new Set(
  [...page.matchAll(/^\| ([a-z][a-z, -]*) \|.*\|.*\|.*\d{4}\) *\|$/gm)].flatMap(([, cell]) => {
    const [first, ...others] = cell.split(', ');
    const stem = first.slice(0, first.lastIndexOf('-'));
    return [first, ...others.map((ending) => stem + ending)];
  }),
);

test('docs/engine.md says of every method what it asks for, when to use it and its source', () => {
  const own = Object.keys(optimizers).filter((name) => !Object.hasOwn(scenarioOptimizers, name));
  expect(own.filter((name) => !named.has(name))).toEqual([]);
});

test('docs/engine.md says the same of every measure of risk on scenarios', () => {
  const forms = /^(minimum|maximum-return-to|target-return|target)-/;
  const risks = new Set(Object.keys(scenarioOptimizers).map((name) => name.replace(forms, '')));
  expect([...risks].filter((risk) => !named.has(risk))).toEqual([]);
  expect(risks.size * 4).toBe(Object.keys(scenarioOptimizers).length);
});
