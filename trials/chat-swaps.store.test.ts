import { describe, expect, it } from 'vitest';
import { run } from './chat-swaps.ts';
import { platforms, platformsMissing } from './platforms.ts';

/** Two are tests; all others are played by `npm run trials`. */
const played = ['Discord by gateway'];

// Skipped without ../shared: it holds the platforms' specifications and the prices.
describe.skipIf(platformsMissing !== null)('acts of one person in the wrong order', () => {
  for (const name of played) {
    it(`leave a valid state, do nothing twice, and are answered on ${name}`, async () => {
      const { violations, ...outcome } = await run(platforms[name], true, 390111);
      console.log(name, JSON.stringify(outcome));
      expect(violations.join('\n')).toBe('');
    }, 240_000);
  }
});
