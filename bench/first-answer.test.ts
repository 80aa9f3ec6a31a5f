import { expect, test } from 'vitest';
import { firstAnswersReport } from './first-answer.ts';

const measured = { platform: 'a platform', backtests: 3, violations: [] };

test('an interaction that failed is not in time, however soon it failed', () => {
  const report = firstAnswersReport({ ...measured, times: [10, 20, 4_000], failed: ['no answer'] });
  expect(report).toContain('a platform: 4 interactions during 3 backtests');
  expect(report).toContain('50.0 % within 3 s');
  expect(report).toContain('no answer');
});

test('where nothing was answered, no time is told', () => {
  const report = firstAnswersReport({ ...measured, times: [], failed: ['away', 'away'] });
  expect(report).toContain('0.0 % within 3 s');
  expect(report).not.toContain('median');
});
