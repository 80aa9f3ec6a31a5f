import type { Method } from '../index.ts';
import type { Aim } from './aim.fixture.ts';
import { hierarchicalAims } from './hierarchical-aims.fixture.ts';
import { meanVarianceAims } from './mean-variance-aims.fixture.ts';
import { riskAims } from './risk-aims.fixture.ts';
import { scenarioAims } from './scenario-aims.fixture.ts';
import { uncertainAims } from './uncertain-aims.fixture.ts';

/** One aim for every method of the table. */
export const aims: Readonly<Record<Method, Aim>> = {
  ...meanVarianceAims,
  ...riskAims,
  ...hierarchicalAims,
  ...uncertainAims,
  ...scenarioAims,
};
