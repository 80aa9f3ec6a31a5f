import { describe, expect, it } from 'vitest';
import { playLinking } from './linking.ts';
import { platforms, platformsMissing } from './platforms.ts';

/** One way each: linking itself knows no platform. */
const played = ['Telegram by webhook', 'Discord by HTTP', 'Slack by Socket Mode'];

// Skipped without ../shared: it holds the platforms' specifications and the prices.
describe.skipIf(platformsMissing !== null)('one person on the web and on another platform', () => {
  for (const name of played) {
    it(`begins the questionnaire on the web, finishes it and is advised on ${name}, and parts`, async () => {
      const seen = await playLinking(platforms[name]);
      expect(seen.violations).toEqual([]);
      expect(seen.joined).toContain('This chat is now part of the account begun on the web chat');
      expect(seen.told).toContain('If that was not you, unlink it now');
      expect(seen.resumed).toContain('Question 5 of 10');
      expect(seen.profile).toContain('Your risk profile');
      expect(seen.records[0]).toMatch(/^[0-9a-f]{8}$/);
      expect(seen.records[1]).toBe(seen.records[0]);
      expect(seen.unlinked).toContain('This chat no longer shares the account');
      expect(seen.refused).toContain('belongs to someone else');
      expect(seen.afterwards).toContain('Before that, please read what I am');
    }, 240_000);
  }
});
