import { describe, expect, test } from 'vitest';
import { nameable } from '../dialogue/wish-forms.ts';
import { readLimit } from '../language/read-limit.ts';
import { conflictSentence, limitInWords } from './limit-words.ts';

function said(text: string): string {
  const reading = readLimit(text, nameable);
  if (reading.state !== 'understood') throw new Error(text);
  return reading.limits.map(limitInWords).join(', ');
}

describe('a limit said back', () => {
  test.each([
    ['gold at most 5 %', 'gold (GLD) at most 5 %'],
    ['no BTC', 'no bitcoin (BTC-USD)'],
    ['BTC-USD + ETH-USD <= 5%', 'BTC-USD + ETH-USD at most 5 %'],
    ['cash at least 10 %', 'cash at least 10 %'],
    ['SPY <= QQQ', 'SPY at most as much as QQQ'],
    ['volatility below 8 %', 'volatility at most 8 % a year'],
    ['turnover below 20 %', 'trades at most 20 % of your money at one rebalance'],
    ['cvar <= 2 %', 'average loss on the worst 1 in 20 days at most 2 %'],
    ['at most 8 holdings', 'at most 8 holdings, cash counted'],
  ])('%s', (text, words) => {
    expect(said(text)).toBe(words);
  });

  test('never in words that only quants use', () => {
    for (const text of ['cvar <= 2 %', 'turnover below 20 %', 'SPY <= QQQ'])
      expect(said(text)).not.toMatch(/shortfall|value at risk|turnover|covariance|bps/i);
  });
});

describe('limits that conflict', () => {
  const one = (limit: string, bound: number) => ({ limit, bound, wouldWork: null });

  test('are named as a person would', () => {
    expect(conflictSentence([one('minimum of GLD', 0.9), one('maximum of GLD', 0.2)])).toBe(
      'These cannot hold together: gold (GLD) at least 90 % and gold (GLD) at most 20 %.',
    );
    expect(
      conflictSentence([one('at most 65.0 % stocks', 0.65), one('at least 90.0 % stocks', 0.9)]),
    ).toBe('These cannot hold together: stocks at most 65 % and stocks at least 90 %.');
  });

  test('leave out what goes without saying', () => {
    expect(
      conflictSentence([
        one('minimum of SPY', 0),
        one('weights sum to 100 %', 1),
        one('turnover at most 5.0 %', 0.05),
        one('maximum of BTC-USD', 0.05),
      ]),
    ).toBe('These cannot hold together: trades at most 5.0 % and bitcoin (BTC-USD) at most 5 %.');
    expect(conflictSentence([])).toBeNull();
  });

  test('are never rounded to nothing', () => {
    expect(conflictSentence([one('maximum of GLD', 1e-6)])).toBe(
      'No mix of what you may hold has gold (GLD) at most 0.0001 %.',
    );
    expect(conflictSentence([one('maximum of GLD', 0)])).toContain('at most 0 %');
  });
});
