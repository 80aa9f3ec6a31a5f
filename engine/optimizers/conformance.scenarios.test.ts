import { describe } from 'vitest';
import { aims, families } from './conformance/aims.fixture.ts';
import { conforms } from './conformance/suite.fixture.ts';
import type { Method } from './index.ts';

// Beside conformance.test.ts, so that the two run at once.
describe.each(Object.keys(families.scenarios) as Method[])('%s', (method) => {
  conforms(method, aims[method]);
});
