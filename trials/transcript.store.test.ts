import { describe, expect, it } from 'vitest';
import { platforms, platformsMissing } from './platforms.ts';
import { type Played, playOnWeb, playTranscript } from './transcript.ts';

// Skipped without ../shared: it holds the platforms' specifications and the prices.
describe.skipIf(platformsMissing !== null)('one transcript on every platform', () => {
  let web: Promise<Played> | null = null;

  for (const [name, open] of Object.entries(platforms)) {
    it(`ends with the rows of the web chat on ${name}, apart from identities and generated ids`, async () => {
      web ??= playOnWeb();
      const expected = await web;
      expect(expected.violations).toEqual([]);
      const { rows, violations } = await playTranscript(open);
      expect(violations).toEqual([]);
      expect([...rows.keys()]).toEqual([...expected.rows.keys()]);
      for (const [table, row] of expected.rows) {
        expect(rows.get(table), `rows of ${table}`).toEqual(row);
      }
      for (const table of ['inbox', 'outbox', 'recommendations', 'orders', 'fills', 'audit_rows']) {
        expect(rows.get(table)?.length, table).toBeGreaterThan(0);
      }
    }, 240_000);
  }
});
