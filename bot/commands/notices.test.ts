import { expect, it } from 'vitest';
import { marketOf } from '../../fakes/advice-desk.ts';
import { madeMarket } from '../advice/made-market.fixture.ts';
import {
  hypothetical,
  marketNotices,
  pricesSentence,
  simulatedNotice,
  staleNotice,
} from './notices.ts';

const market = marketOf(madeMarket(30));
const last = market.panel.days[market.panel.days.length - 1];
const dayMs = 86_400_000;

it('simulated prices are said on every figure that rests on them, real ones are not', () => {
  expect(simulatedNotice(market)).toMatchObject([{ kind: 'notice', tone: 'disclosure' }]);
  expect(simulatedNotice(market)[0]).toMatchObject({ text: expect.stringContaining('simulated') });
  expect(simulatedNotice({ ...market, simulated: false })).toEqual([]);
});

it('every answer that rests on prices names their source and day', () => {
  const [named, ...rest] = marketNotices(market, last * dayMs, 5);
  expect(named).toMatchObject({ text: expect.stringContaining(`Prices: ${market.source}, `) });
  expect(rest).toEqual(simulatedNotice(market));
});

it('a source is said in words, not as the settings name it', () => {
  expect(pricesSentence('sandbox:1', last)).toBe('Prices: a simulated market, 30 April 2026.');
  expect(pricesSentence('csv:closes.csv.gz', last)).toBe(
    'Prices: the file closes.csv.gz, 30 April 2026.',
  );
  expect(pricesSentence('yahoo', last)).toBe('Prices: Yahoo Finance, 30 April 2026.');
});

it('prices are called old on the day after the last that trading allows, with their day and age', () => {
  expect(staleNotice(market, (last + 5) * dayMs + dayMs - 1, 5)).toEqual([]);
  expect(staleNotice(market, (last + 6) * dayMs, 5)).toMatchObject([
    {
      tone: 'warning',
      text: 'These prices are of 30 April 2026, 6 days ago. I show what they say, but propose no trades on prices older than 5 days.',
    },
  ]);
});

it('a clock behind the prices is no reason to call them old', () => {
  expect(staleNotice(market, (last - 3) * dayMs, 5)).toEqual([]);
});

it('hypothetical performance is disclosed with its costs, taxes and hindsight', () => {
  expect(hypothetical).toMatchObject({ kind: 'notice', tone: 'disclosure' });
  for (const word of ['Hypothetical', 'costs', 'taxes', 'hindsight', 'No money was invested']) {
    expect(hypothetical).toMatchObject({ text: expect.stringContaining(word) });
  }
});
