import type { Driver } from '../../engine/drivers/driver.ts';
import type { PricePanel } from '../../engine/panel.ts';
import type { OwnLimit, Wishes } from '../wishes.ts';
import { advise, solveAdvice } from './advise.ts';
import type { AdviceInputs, AdviceResult } from './record.ts';

interface Asked {
  readonly inputs: AdviceInputs;
  readonly window: PricePanel;
}

/** Plain data in and out: it runs on a worker thread where it takes long. */
export interface AdviseInput extends Asked {
  /** The advice before, whose change is explained. */
  readonly previous: Asked | null;
}

export interface AdviseOutput {
  readonly result: AdviceResult;
  readonly drivers: readonly Driver[];
}

/** Advice and its reasons. */
export function adviseTask({ inputs, window, previous }: AdviseInput): AdviseOutput {
  const before = previous === null ? null : solveAdvice(previous.inputs, previous.window);
  const { result, drivers } = advise(inputs, window, before);
  return { result, drivers };
}

/** Limits under which one solution takes up to seconds. */
const slow: ReadonlySet<OwnLimit['kind']> = new Set([
  'conditional-value-at-risk',
  'holdings',
  'smallest-holding',
]);

export function solvesSlowly({ limits }: Pick<Wishes, 'limits'>): boolean {
  return limits.some(({ kind }) => slow.has(kind));
}

/** Whether others would wait for this advice if it were worked out between their messages. */
export function takesLong({ inputs, previous }: AdviseInput): boolean {
  // A change is told by up to dozens of solutions.
  return [inputs, ...(previous === null ? [] : [previous.inputs])].some(
    ({ wishes }) => solvesSlowly(wishes) || wishes.limits.some(({ kind }) => kind === 'turnover'),
  );
}
