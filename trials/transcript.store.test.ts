import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { schemaMissing } from '../fakes/telegram/schema.ts';
import { playTranscript } from './transcript.ts';

const absent =
  schemaMissing !== null || !existsSync('../shared/market/core/core_panel_adjclose.csv.gz');

// Skipped without ../shared: it holds the Bot API schema and the prices.
describe.skipIf(absent)('one transcript on two platforms', () => {
  it('ends with equal rows, apart from identities and generated ids, and no violation', async () => {
    const telegram = await playTranscript('telegram');
    const web = await playTranscript('web');
    expect(telegram.violations).toEqual([]);
    expect(web.violations).toEqual([]);
    expect([...telegram.rows.keys()]).toEqual([...web.rows.keys()]);
    for (const [table, rows] of web.rows) {
      expect(telegram.rows.get(table), `rows of ${table}`).toEqual(rows);
    }
    for (const table of ['inbox', 'outbox', 'recommendations', 'orders', 'fills', 'audit_rows']) {
      expect(web.rows.get(table)?.length, table).toBeGreaterThan(0);
    }
  }, 240_000);
});
