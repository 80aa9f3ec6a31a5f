import { expect, test } from 'vitest';
import { firmnessSentence } from './firmness.ts';

test('the estimate that could overturn a mix is named with its move and what would lead then', () => {
  expect(
    firmnessSentence({
      leader: 'CASH',
      nearest: { asset: 'SHY', move: 0.003, expectedReturn: 0.042, leader: 'SHY' },
    } as never),
  ).toBe(
    'Cash is the largest part. That hangs on estimates: if the expected return of short US Treasuries (SHY) rose by 0.3 points to 4.2 % a year, short US Treasuries (SHY) would weigh most.',
  );
});

test('a fall is said as one, in the number that the largest part takes', () => {
  const said = firmnessSentence({
    leader: 'AGG',
    nearest: { asset: 'AGG', move: -0.012, expectedReturn: 0.03, leader: 'CASH' },
  } as never);
  expect(said).toContain('US bonds of all kinds (AGG) are the largest part.');
  expect(said).toContain('fell by 1.2 points to 3.0 % a year, cash would weigh most.');
});

test('a mix that no single estimate overturns, and a way without estimates, say so', () => {
  expect(firmnessSentence({ leader: 'SPY', nearest: null } as never)).toMatch(
    /would stay so if any one expected return were wrong by 20 points a year\.$/,
  );
  expect(firmnessSentence(null)).toMatch(/^No estimate of returns enters/);
});
