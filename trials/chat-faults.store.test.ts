import { describe, expect, it } from 'vitest';
import { run } from './chat-faults.ts';
import { faulty } from './faulty-platforms.ts';
import { platformsMissing } from './platforms.ts';

// Skipped without ../shared: it holds the platforms' specifications.
describe.skipIf(platformsMissing !== null)('messages through floods, faults and silence', () => {
  for (const [name, platform] of Object.entries(faulty)) {
    it(`reach everybody on ${name} at least once and in order; extras only where an answer was hidden`, async () => {
      const outcome = await run(platform, true, 390111);
      console.log(name, JSON.stringify(outcome));
      expect(outcome.violations.join('\n')).toBe('');
      const { limited, broken, hidden } = outcome.faults;
      expect(limited + broken + hidden).toBeGreaterThan(5);
      expect(hidden).toBeGreaterThan(0);
      expect(outcome.extras).toBe(platform.knowsAgain ? 0 : hidden);
    });
  }
});
