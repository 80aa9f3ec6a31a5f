import type { Driver } from '../../engine/drivers/driver.ts';
import type { PricePanel } from '../../engine/panel.ts';
import type { OwnLimit } from '../wishes.ts';
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

/** Limits that are no lines: one solution takes up to seconds, and a change is told by many. */
const curved: ReadonlySet<OwnLimit['kind']> = new Set([
  'turnover',
  'conditional-value-at-risk',
  'holdings',
  'smallest-holding',
]);

/** Whether others would wait for this advice if it were worked out between their messages. */
export function takesLong({ inputs, previous }: AdviseInput): boolean {
  return [inputs, ...(previous === null ? [] : [previous.inputs])].some(({ wishes }) =>
    wishes.limits.some(({ kind }) => curved.has(kind)),
  );
}
