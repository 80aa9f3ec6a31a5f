import { expect, test } from 'vitest';
import type { StoreCall } from './observed-store.ts';
import { percentile, reportOf } from './report.ts';
import { stagesOf } from './stages.ts';

const call = (name: string, began: number, ended: number, found = true): StoreCall => ({
  name,
  began,
  ended,
  found,
  inside: [],
});
const transaction = (inside: readonly string[], began: number, ended: number): StoreCall => ({
  ...call('transact', began, ended),
  inside,
});

const calls = [
  transaction(['lock', 'inbox.insert', 'jobs.send'], 104, 107),
  call('inbox.next', 107, 108, false),
  call('inbox.next', 107, 110),
  call('ledger.holdings', 111, 115),
  call('goals.current', 113, 118),
  transaction(['lock', 'inbox.done', 'outbox.put'], 120, 126),
  transaction(['outbox.sent'], 130, 131),
];

test('the stages of an answer add up to the whole, and reads at once count once', () => {
  const times = { sent: 100, shown: 133, drawn: 173 };
  const measured = stagesOf(times, calls);
  expect(measured.stages).toEqual({
    http: 4,
    inbox: 3,
    wait: 3,
    read: 7,
    compute: 3,
    commit: 6,
    deliver: 7,
    picture: 40,
  });
  expect(measured.toCommit).toBe(26);
  expect(measured.withChart).toBe(73);
  expect(Object.values(measured.stages).reduce((sum, each) => sum + each, 0)).toBe(73);
});

test('an event that was never answered is an error, not a fast answer', () => {
  const unanswered = calls.filter((each) => !each.inside.includes('inbox.done'));
  expect(() => stagesOf({ sent: 100, shown: 133, drawn: null }, unanswered)).toThrow('not seen');
});

test('a percentile is a value that was measured', () => {
  const values = Array.from({ length: 100 }, (_, i) => 100 - i);
  expect(percentile(values, 0.5)).toBe(50);
  expect(percentile(values, 0.95)).toBe(95);
  expect(percentile(values, 1)).toBe(100);
  expect(percentile([7], 0.95)).toBe(7);
});

test('the verdict is about the slower of outbox and chart, and says by how much', () => {
  const run = stagesOf({ sent: 100, shown: 133, drawn: 173 }, calls);
  expect(reportOf('All', [run], 100)).toContain('95 % within 73.0 ms; the target is 100 ms: met');
  expect(reportOf('All', [run], 50)).toContain('missed by 23.0 ms');
});
