import { formatDay, MS_PER_DAY } from '../language/format.ts';
import type { MarketView } from '../ports.ts';
import type { Block } from '../reply.ts';

/** Said wherever a figure rests on the sandbox market. */
export function simulatedNotice(market: MarketView): Block[] {
  if (!market.simulated) return [];
  return [
    {
      kind: 'notice',
      tone: 'disclosure',
      text: 'These prices are simulated: a made-up market for trying me out. Nothing here says anything about real ones.',
    },
  ];
}

/** Said when prices are older than trading allows: everything is shown, nothing is traded. */
export function staleNotice(market: MarketView, now: number, maxAgeDays: number): Block[] {
  const last = market.panel.days[market.panel.days.length - 1];
  const age = Math.floor(now / MS_PER_DAY) - last;
  if (age <= maxAgeDays) return [];
  return [
    {
      kind: 'notice',
      tone: 'warning',
      text: `These prices are of ${formatDay(last)}, ${age} days ago. I show what they say, but propose no trades on prices older than ${maxAgeDays} days.`,
    },
  ];
}

/** Whose prices an answer rests on, in words rather than as the settings name them, and of when. */
export function pricesSentence(source: string, day: number): string {
  const [kind, ...rest] = source.split(':');
  const words = new Map([
    ['sandbox', 'a simulated market'],
    ['csv', `the file ${rest.join(':')}`],
    ['yahoo', 'Yahoo Finance'],
  ]);
  return `Prices: ${words.get(kind) ?? source}, ${formatDay(day)}.`;
}

/** Under every answer that rests on prices: whose they are, of when, and what is wrong with them. */
export function marketNotices(market: MarketView, now: number, maxAgeDays: number): Block[] {
  const last = market.panel.days[market.panel.days.length - 1];
  return [
    { kind: 'text', style: 'small', text: pricesSentence(market.source, last) },
    ...staleNotice(market, now, maxAgeDays),
    ...simulatedNotice(market),
  ];
}

/** Belongs under every backtest and stress test. */
export const hypothetical: Block = {
  kind: 'notice',
  tone: 'disclosure',
  text: 'Hypothetical performance: computed from the past with the benefit of hindsight in the choice of method, after the stated costs, before taxes. No money was invested this way, and the past does not tell the future.',
};
