import type { Method } from '../index.ts';
import type { Aim } from './aim.fixture.ts';
import { hierarchicalAims } from './hierarchical-aims.fixture.ts';
import { meanVarianceAims } from './mean-variance-aims.fixture.ts';
import { riskAims } from './risk-aims.fixture.ts';
import { scenarioAims } from './scenario-aims.fixture.ts';
import { uncertainAims } from './uncertain-aims.fixture.ts';

/** Methods on moments and rules. */
const momentAims = {
  ...meanVarianceAims,
  ...riskAims,
  ...hierarchicalAims,
  ...uncertainAims,
};

/** One aim for every method of the table. */
export const aims: Readonly<Record<Method, Aim>> = { ...momentAims, ...scenarioAims };

/** The same by the suites that run them: one file would take too long. */
export const families: Readonly<Record<'moments' | 'scenarios', Readonly<Record<string, Aim>>>> = {
  moments: momentAims,
  scenarios: scenarioAims,
};
