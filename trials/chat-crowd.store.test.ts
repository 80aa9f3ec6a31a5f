import { describe, expect, it } from 'vitest';
import { run } from './chat-crowd.ts';
import { platforms, platformsMissing } from './platforms.ts';

/** Two are tests; all others are played by `npm run trials`. */
const played = ['Slack by HTTP'];

// Skipped without ../shared: it holds the platforms' specifications and the prices.
describe.skipIf(platformsMissing !== null)('a crowd that talks at once', () => {
  for (const name of played) {
    it(`ends as if each had talked alone and undisturbed on ${name}`, async () => {
      const { violations, ...outcome } = await run(platforms[name], 10, 390111);
      console.log(name, JSON.stringify(outcome));
      expect(violations.join('\n')).toBe('');
      expect(outcome).toMatchObject({ people: 10, restarts: 1 });
      expect(outcome.repeated).toBeGreaterThan(20);
    }, 240_000);
  }
});
