import { describe, expect, it } from 'vitest';
import { run } from './chat-swaps.ts';
import { platformsMissing, repeating } from './platforms.ts';

// Skipped without ../shared: it holds the platforms' specifications and the prices.
describe.skipIf(platformsMissing !== null)('acts of one person in the wrong order', () => {
  for (const [name, open] of Object.entries(repeating)) {
    it(`leave a valid state, do nothing twice, and are answered on ${name}`, async () => {
      const { violations, ...outcome } = await run(open, true, 390111);
      console.log(name, JSON.stringify(outcome));
      expect(violations.join('\n')).toBe('');
    }, 240_000);
  }
});
