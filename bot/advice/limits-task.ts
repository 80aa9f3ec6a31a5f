import type { PricePanel } from '../../engine/panel.ts';
import type { OwnLimit } from '../wishes.ts';
import { LimitConflict } from './advise.ts';
import { type Nearest, nearestLimits } from './nearest-limits.ts';
import type { AdviceInputs } from './record.ts';
import { type Mix, whatIfTask } from './what-if-task.ts';

/** Plain data in and out: it runs on a worker thread. */
export interface LimitsInput {
  readonly window: PricePanel;
  readonly before: AdviceInputs;
  /** The same without what the new limits take the place of. */
  readonly others: AdviceInputs;
  readonly named: readonly OwnLimit[];
}

/** The mixes without and with new limits, or what conflicts and the nearest limits that leave one. */
export type LimitsOutput =
  | { readonly kind: 'mixes'; readonly mixes: readonly Mix[] }
  | { readonly kind: 'conflict'; readonly nearest: Nearest };

/** New limits tried beside the others. @throws whatever leaves no mix and is no conflict of limits */
export function limitsTask(
  { window, before, others, named }: LimitsInput,
  tell: (done: number, total: number) => void,
): LimitsOutput {
  const { wishes } = others;
  const after = { ...others, wishes: { ...wishes, limits: [...wishes.limits, ...named] } };
  try {
    const mixes = whatIfTask({ window, asked: [before, after] }, (done) => tell(done, 3));
    return { kind: 'mixes', mixes };
  } catch (error) {
    if (!(error instanceof LimitConflict)) throw error;
    tell(2, 3);
    return { kind: 'conflict', nearest: nearestLimits(others, window, named, error) };
  }
}
