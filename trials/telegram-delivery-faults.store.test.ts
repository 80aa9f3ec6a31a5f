import { describe, expect, it } from 'vitest';
import { schemaMissing } from '../fakes/telegram/schema.ts';
import { run } from './telegram-delivery-faults.ts';

describe.skipIf(schemaMissing !== null)('messages through floods, faults and silence', () => {
  it('reach everybody at least once and in order; extras only where an answer was hidden', async () => {
    const outcome = await run(true, 390111);
    console.log(JSON.stringify(outcome));
    expect(outcome.violations.join('\n')).toBe('');
    expect(outcome.faults.flood + outcome.faults.broken + outcome.faults.hidden).toBeGreaterThan(5);
    expect(outcome.extras).toBe(outcome.faults.hidden);
  });
});
