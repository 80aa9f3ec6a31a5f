import { expect, it } from 'vitest';
import { openAdviceDesk } from '../../fakes/advice-desk.ts';
import { type BacktestInput, backtestTask } from '../advice/backtest-task.ts';
import { madeMarket } from '../advice/made-market.fixture.ts';
import type { Draft } from '../reply.ts';
import { backtestCommand } from './backtest.ts';

it('tells how far it is, and keeps nobody waiting until that is delivered', async () => {
  const said: Draft[] = [];
  const context = {
    ...openAdviceDesk(madeMarket(1_200)).plain(),
    compute: {
      run: async (_: string, input: BacktestInput, tell: (done: number, total: number) => void) =>
        backtestTask(input, tell),
    },
    progress(draft: Draft) {
      said.push(draft);
      return new Promise<void>(() => undefined);
    },
  };
  const { replies } = await backtestCommand(0.02).run(context as never, '');
  expect(said.length).toBeGreaterThan(2);
  expect(said[0].blocks).toMatchObject([{ kind: 'progress', done: 0 }]);
  // The result takes the place of what was said on the way.
  expect(new Set(said.map(({ key }) => key))).toEqual(new Set([replies[0].key]));
});
