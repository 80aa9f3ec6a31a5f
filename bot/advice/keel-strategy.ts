import type { Strategy } from '../../engine/backtest/strategy.ts';
import { CASH } from '../catalogue.ts';
import type { Goal } from '../goal.ts';
import type { Policy } from '../suitability/policy.ts';
import type { Wishes } from '../wishes.ts';
import { solveAdvice } from './advise.ts';
import { lastRows, WINDOW_ROWS } from './panel-window.ts';

/** What advice is made with in the past as today. */
export interface KeelSettings {
  readonly policy: Policy;
  readonly goal: Goal;
  readonly wishes: Wishes;
  /** What cash earned per year where prices do not tell. */
  readonly cashRate: number;
  readonly initialValue: number;
  readonly simulated: boolean;
}

/** The advice itself as a strategy: at each decision it sees the past and what it holds. */
export function keelStrategy(settings: KeelSettings): Strategy {
  const { policy, goal, wishes, cashRate, simulated } = settings;
  return {
    name: 'Keel',
    decide(past, current) {
      const window = lastRows(past, WINDOW_ROWS);
      const cash = Math.max(0, 1 - current.reduce((sum, weight) => sum + weight, 0));
      const weights = new Map(past.assets.map((asset, j) => [asset, current[j]]));
      weights.set(CASH, cash);
      const { problem, allocation } = solveAdvice(
        {
          panelHash: '',
          today: past.days[past.days.length - 1],
          policy,
          // A goal by a date belongs to today; in the past its method is the risk budget itself.
          goal: goal.kind === 'by-date' ? { kind: 'max-return' } : goal,
          totalMinor: Math.round(settings.initialValue * 100),
          current: [...weights].filter(([, weight]) => weight > 0),
          cashRate,
          simulated,
          previous: null,
          // A view is about the years ahead, not about those that the test plays through.
          wishes: { ...wishes, views: [] },
        },
        window,
      );
      const target = new Map(problem.assets.map((asset, i) => [asset, allocation.weights[i]]));
      return Float64Array.from(past.assets, (asset) => Math.max(0, target.get(asset) ?? 0));
    },
  };
}
