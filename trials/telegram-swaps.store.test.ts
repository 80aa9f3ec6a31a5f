import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { schemaMissing } from '../fakes/telegram/schema.ts';
import { run } from './telegram-swaps.ts';

const absent =
  schemaMissing !== null || !existsSync('../shared/market/core/core_panel_adjclose.csv.gz');

// Skipped without ../shared: it holds the Bot API schema and the prices.
describe.skipIf(absent)('acts of one person in the wrong order', () => {
  it('leave a valid state, do nothing twice, and are answered', async () => {
    const { violations, ...outcome } = await run(true, 390111);
    console.log(JSON.stringify(outcome));
    expect(violations.join('\n')).toBe('');
  }, 240_000);
});
