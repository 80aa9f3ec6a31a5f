import { PortError, Refusal } from '../../bot/errors.ts';
import { EngineError, Infeasible } from '../../engine/errors.ts';
import type { Task } from './compute-worker.ts';

/** A small table for the tests of the boundary. */
export const tasks: Readonly<Record<string, Task>> = {
  double: (input) => Float64Array.from(input as Float64Array, (x) => 2 * x),
  count: (input, progress) => {
    const total = input as number;
    for (let i = 1; i <= total; i++) progress(i, total);
    return total;
  },
  infeasible: () => {
    throw new Infeasible('No portfolio meets all limits.', [
      { limit: 'maximum of SPY', bound: 0.1, wouldWork: 0.3 },
    ]);
  },
  'bad-panel': () => {
    throw new EngineError('bad-panel', 'SPY has price -1.', { asset: 'SPY', price: -1 });
  },
  unreachable: () => {
    throw new PortError('prices', 'unreachable', 'No network.');
  },
  refused: () => {
    throw new Refusal('no-portfolio', 'There is no portfolio yet.');
  },
  endless: () => {
    for (;;);
  },
  bug: () => {
    throw new TypeError('x is not a function');
  },
};
