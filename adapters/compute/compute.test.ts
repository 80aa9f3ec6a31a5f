import { afterAll, describe, expect, test } from 'vitest';
import { PortError, Refusal } from '../../bot/errors.ts';
import { EngineError, Infeasible } from '../../engine/errors.ts';
import { createCompute } from './index.ts';

const module = new URL('./tasks.fixture.ts', import.meta.url);
const compute = createCompute({ threads: 1, module });
afterAll(() => compute.close());

const failure = (task: string) => compute.run(task, null).catch((error: unknown) => error);

describe('work on another thread', () => {
  test('gives typed arrays there and back', async () => {
    const doubled = await compute.run<Float64Array>('double', Float64Array.of(1, Number.NaN, 3));
    expect(doubled).toBeInstanceOf(Float64Array);
    expect([...doubled]).toEqual([2, Number.NaN, 6]);
  });

  test('tells how far it is, in order', async () => {
    const seen: (readonly [number, number])[] = [];
    await compute.run('count', 4, (done, total) => seen.push([done, total]));
    expect(seen).toEqual([
      [1, 4],
      [2, 4],
      [3, 4],
      [4, 4],
    ]);
  });

  test('an infeasible problem arrives with its conflicts', async () => {
    const error = await failure('infeasible');
    expect(error).toBeInstanceOf(Infeasible);
    expect((error as Infeasible).code).toBe('infeasible');
    expect((error as Infeasible).conflicts).toEqual([
      { limit: 'maximum of SPY', bound: 0.1, wouldWork: 0.3 },
    ]);
  });

  test('engine, port and expected errors keep class, code and values', async () => {
    const engine = (await failure('bad-panel')) as EngineError;
    expect(engine).toBeInstanceOf(EngineError);
    expect([engine.code, engine.values]).toEqual(['bad-panel', { asset: 'SPY', price: -1 }]);
    const port = (await failure('unreachable')) as PortError;
    expect(port).toBeInstanceOf(PortError);
    expect([port.port, port.code]).toEqual(['prices', 'unreachable']);
    const refusal = (await failure('refused')) as Refusal;
    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal.code).toBe('no-portfolio');
  });

  test('a bug keeps its message and the stack of where it happened', async () => {
    const bug = (await failure('bug')) as Error;
    expect(bug.message).toBe('x is not a function');
    expect(bug.stack).toContain('tasks.fixture.ts');
  });

  test('a task that never ends is stopped and said, and the next one runs', async () => {
    const hasty = createCompute({ threads: 1, module, timeoutMs: 300 });
    try {
      const error = await hasty.run('endless', null).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(PortError);
      expect(error).toMatchObject({ port: 'compute', code: 'timeout' });
      expect(await hasty.run('count', 2)).toBe(2);
    } finally {
      await hasty.close();
    }
  });

  test('more tasks than are taken at once are refused, not kept in memory', async () => {
    const small = createCompute({ threads: 1, module, most: 2 });
    try {
      const all = await Promise.allSettled(Array.from({ length: 9 }, () => small.run('count', 1)));
      const refused = all.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
      expect(refused).toHaveLength(7);
      for (const error of refused) {
        expect(error).toMatchObject({ port: 'compute', code: 'rate-limited' });
      }
      expect(await small.run('count', 2)).toBe(2);
    } finally {
      await small.close();
    }
  });

  test('a task that is not in the table is refused by name, and the next one runs', async () => {
    await expect(compute.run('nothing', null)).rejects.toThrow('There is no task "nothing"');
    await expect(compute.run('toString', null)).rejects.toThrow('There is no task "toString"');
    expect(await compute.run('count', 2)).toBe(2);
  });
});
