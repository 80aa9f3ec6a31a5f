import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { schemaMissing } from '../fakes/telegram/schema.ts';
import { run } from './telegram-deliveries.ts';

const absent =
  schemaMissing !== null || !existsSync('../shared/market/core/core_panel_adjclose.csv.gz');

// Skipped without ../shared: it holds the Bot API schema and the prices.
describe.skipIf(absent)('deliveries repeated, swapped and across restarts', () => {
  it('end in the same rows as one clean delivery', async () => {
    const { violations, ...outcome } = await run(true, 390111);
    console.log(JSON.stringify(outcome));
    expect(violations.join('\n')).toBe('');
    expect(outcome.deliveries).toBeGreaterThanOrEqual(120);
    expect(outcome.restarts).toBe(1);
  }, 240_000);
});
