import { describe, expect, it } from 'vitest';
import { run } from './chat-deliveries.ts';
import { platforms, platformsMissing } from './platforms.ts';

/** One way each is a test; all are played by `npm run trials`. */
const played = ['Discord by HTTP', 'Slack by HTTP'];

// Skipped without ../shared: it holds the platforms' specifications and the prices.
describe.skipIf(platformsMissing !== null)('deliveries repeated, swapped, across restarts', () => {
  for (const name of played) {
    it(`end in the same rows as one clean delivery on ${name}`, async () => {
      const { violations, ...outcome } = await run(platforms[name], true, 390111);
      console.log(name, JSON.stringify(outcome));
      expect(violations.join('\n')).toBe('');
      expect(outcome.deliveries).toBeGreaterThanOrEqual(120);
      expect(outcome.restarts).toBe(1);
    }, 240_000);
  }
});
