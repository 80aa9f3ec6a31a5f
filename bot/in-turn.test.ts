import { expect, test } from 'vitest';
import { inTurn } from './in-turn.ts';

/** Lets everything that can go on go on. */
const soon = () => new Promise((resolve) => setImmediate(resolve));

test('work of one key waits for its turn, and that of another key does not', async () => {
  const seen: string[] = [];
  const turn = inTurn();
  const work = (name: string) => {
    const gate = Promise.withResolvers<void>();
    const run = async () => {
      seen.push(`${name} begins`);
      await gate.promise;
      seen.push(`${name} ends`);
    };
    return { run, end: () => gate.resolve() };
  };
  const [first, second, other] = ['first', 'second', 'other'].map(work);
  const all = [turn('a', first.run), turn('a', second.run), turn('b', other.run)];
  await soon();
  expect(seen).toEqual(['first begins', 'other begins']);
  other.end();
  second.end();
  await soon();
  expect(seen).toEqual(['first begins', 'other begins', 'other ends']);
  first.end();
  await Promise.all(all);
  expect(seen.slice(3)).toEqual(['first ends', 'second begins', 'second ends']);
});

test('work that fails tells its own caller and stops nothing behind it', async () => {
  const turn = inTurn();
  const [first, second] = await Promise.allSettled([
    turn('a', () => Promise.reject(new Error('no'))),
    turn('a', () => Promise.resolve()),
  ]);
  expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
});
