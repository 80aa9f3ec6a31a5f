import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Compute } from '../ports.ts';
import type { Draft } from '../reply.ts';
import { withWork } from './wish-work.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

type Tell = (done: number, total: number) => void;

/** A worker whose task ends when it is told to, and what is said meanwhile. */
function waiting() {
  const said: Draft[] = [];
  const end = Promise.withResolvers<number>();
  let tell: Tell = () => undefined;
  const context = {
    newId: () => 'm1',
    progress: async (draft: Draft) => void said.push(draft),
    compute: {
      run: (_: string, __: unknown, onProgress: Tell) => {
        tell = onProgress;
        return end.promise;
      },
    } as unknown as Compute,
  };
  return { said, end, context, tell: (done: number, total: number) => tell(done, total) };
}

const answer = (context: ReturnType<typeof waiting>['context']) =>
  withWork(context, async ({ key, run }) => `${key}: ${await run<number>('Thinking', 'sum', [])}`);

test('what is answered within a second says nothing on the way', async () => {
  const { said, end, context } = waiting();
  const reply = answer(context);
  await vi.advanceTimersByTimeAsync(900);
  end.resolve(7);
  expect(await reply).toBe('m1: 7');
  await vi.advanceTimersByTimeAsync(5_000);
  expect(said).toEqual([]);
});

test('what takes longer says what it is at and how far, in the place of the answer', async () => {
  const { said, end, context, tell } = waiting();
  const reply = answer(context);
  tell(1, 3);
  await vi.advanceTimersByTimeAsync(1_100);
  tell(2, 3);
  expect(said.map(({ key, blocks }) => [key, blocks])).toEqual([
    ['m1', [{ kind: 'progress', label: 'Thinking', done: 1, total: 3 }]],
    ['m1', [{ kind: 'progress', label: 'Thinking', done: 2, total: 3 }]],
  ]);
  end.resolve(7);
  expect(await reply).toBe('m1: 7');
});

test('a failure ends the saying', async () => {
  const { said, end, context } = waiting();
  const reply = answer(context);
  end.reject(new Error('no answer'));
  await expect(reply).rejects.toThrow('no answer');
  await vi.advanceTimersByTimeAsync(5_000);
  expect(said).toEqual([]);
});
