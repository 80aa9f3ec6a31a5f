import { expect, test } from 'vitest';
import { createLog } from './log.ts';

function logged(fields: Record<string, unknown>): string {
  const lines: string[] = [];
  createLog('info', { write: (line) => lines.push(line) }).warn(fields, 'something happened');
  return lines.join('');
}

test('what happened is logged with its codes', () => {
  const line = JSON.parse(logged({ outbox: 7, code: 'timeout' }));
  expect(line).toMatchObject({
    level: 'warn',
    outbox: 7,
    code: 'timeout',
    msg: 'something happened',
  });
});

test.each([
  { token: 'v1.hunter2' },
  { event: { body: { text: 'my name is hunter2' } } },
  { request: { headers: 'x', cookie: 'hunter2' } },
  { source: { identity: 'hunter2' } },
])('secrets and personal data are hidden wherever they stand: %j', (fields) => {
  expect(logged(fields)).not.toContain('hunter2');
});
