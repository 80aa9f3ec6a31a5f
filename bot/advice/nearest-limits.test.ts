import { describe, expect, it } from 'vitest';
import { openAdviceDesk } from '../../fakes/advice-desk.ts';
import { corePanel, corePanelPresent } from '../../oracles/core-panel.ts';
import { catalogue } from '../catalogue.ts';
import type { Goal } from '../goal.ts';
import { noWishes, type OwnLimit, type Way } from '../wishes.ts';
import { solveAdvice } from './advise.ts';
import { limitsTask } from './limits-task.ts';
import { windowOf } from './make.ts';
import { standing } from './standing.ts';
import { inputsUnder } from './what-if.ts';

const crypto: OwnLimit = {
  kind: 'weight',
  name: 'crypto',
  coefficients: { 'BTC-USD': 1, 'ETH-USD': 1 },
  lower: 0.05,
  upper: null,
};
const loss = (most: number): OwnLimit => ({ kind: 'conditional-value-at-risk', most });

const asked: readonly (readonly [string, Goal, Way, readonly OwnLimit[], OwnLimit])[] = [
  ['keeping capital', { kind: 'preserve' }, 'goal', [crypto], loss(0.0005)],
  ['equal risk', { kind: 'max-return' }, 'equal-risk', [], loss(0.001)],
];

describe.skipIf(!corePanelPresent)('limits that conflict on real prices (../shared/market)', () => {
  it.each(asked)(
    'for %s come back with the nearest that work',
    async (_, goal, way, kept, limit) => {
      const names = catalogue.map(({ symbol }) => symbol).filter((one) => one !== 'CASH');
      const { desk, context } = openAdviceDesk(corePanel(names));
      desk.goal = goal;
      const stand = await standing(context());
      const { panel: window } = windowOf(stand.market);
      const under = (limits: readonly OwnLimit[]) =>
        inputsUnder(context(), 0.02, stand, { ...noWishes, way, limits: [...limits] });
      const answer = limitsTask(
        { window, before: under(kept), others: under(kept), named: [limit] },
        () => undefined,
      );
      if (answer.kind !== 'conflict') throw new Error('There is a mix.');
      const [nearest] = answer.nearest.limits!;
      if (nearest.kind !== 'conditional-value-at-risk') throw new Error('Another limit moved.');
      expect(() => solveAdvice(under([...kept, nearest]), window)).not.toThrow();
      const tighter = loss(nearest.most - 0.002);
      expect(() => solveAdvice(under([...kept, tighter]), window)).toThrow();
    },
  );
});
