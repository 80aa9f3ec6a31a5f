import { describe, expect, it } from 'vitest';
import { readView } from './read-view.ts';

/** What a phrase reads as: subjects with signs, return a year in percent, confidence. */
function read(text: string): string {
  const reading = readView(text);
  if (reading.state === 'refused') return `refused: ${reading.reason}`;
  const { terms, annualReturn, confidence } = reading.view;
  const subjects = terms
    .map(
      ({ of, factor }) => `${factor < 0 ? '-' : '+'}${of.kind === 'asset' ? of.symbol : of.name}`,
    )
    .join(' ');
  return `${subjects} ${(100 * annualReturn).toFixed(1)} ${confidence}`;
}

const corpus: readonly (readonly [string, string])[] = [
  ['EFA will beat SPY by 2% a year, fairly sure', '+EFA -SPY 2.0 0.6'],
  ['EFA will beat SPY by 2 %', '+EFA -SPY 2.0 0.5'],
  ['I think EFA outperforms SPY by 2 percent per year', '+EFA -SPY 2.0 0.5'],
  ['SPY will lag EFA by 1.5% a year, very sure', '+SPY -EFA -1.5 0.8'],
  ['SPY underperforms EFA by 3%, not sure', '+SPY -EFA -3.0 0.25'],
  ['gold will return 5% a year', '+GLD 5.0 0.5'],
  ['gold earns 5%', '+GLD 5.0 0.5'],
  ['GLD 4 % a year, 80 % sure', '+GLD 4.0 0.8'],
  ['bitcoin will fall 10% this year, maybe', '+BTC-USD -10.0 0.25'],
  ['BTC will lose 20 percent, just a guess', '+BTC-USD -20.0 0.15'],
  ['ethereum -15% a year', '+ETH-USD -15.0 0.5'],
  ['bonds will beat stocks by 1% a year', '+bonds -stocks 1.0 0.5'],
  ['stocks beat bonds by 4%, almost certain', '+stocks -bonds 4.0 0.9'],
  ['crypto will return 20% a year, unsure', '+crypto 20.0 0.25'],
  ['emerging markets will do better than us stocks by 2 % a year', '+VWO -SPY 2.0 0.5'],
  ['emerging markets will do worse than us stocks by 2 % a year', '+VWO -SPY -2.0 0.5'],
  ['the nasdaq will earn more than the S&P 500 by 3%', '+QQQ -SPY 3.0 0.5'],
  ['long treasuries fall by 5 % a year', '+TLT -5.0 0.5'],
  ['real estate returns 0.5% a month', '+VNQ 6.0 0.5'],
  ['EFA > SPY by 2 %', '+EFA -SPY 2.0 0.5'],
  ['tips 50 basis points above medium us treasuries', '+TIP -IEF 0.5 0.5'],
  ['commodities will be ahead of gold by 2% a year, 30% confident', '+DBC -GLD 2.0 0.3'],
  ['probably small caps beat SPY by 1%', '+IWM -SPY 1.0 0.6'],
  ['not very sure, but QQQ beats SPY by 1 %', '+QQQ -SPY 1.0 0.25'],
  ['very likely high yield earns 7% a year', '+HYG 7.0 0.75'],
  ['absolutely certain that SPY returns 12% a year', '+SPY 12.0 0.95'],
  ['100 % sure SPY returns 12% a year', '+SPY 12.0 0.95'],
  ['cash earns 3 % a year', '+cash 3.0 0.5'],
  ['SPY will earn more than 8 % a year', '+SPY 8.0 0.5'],
  ['SPY will exceed 8 % a year', '+SPY 8.0 0.5'],
  ['over the next year SPY will return 8 %', '+SPY 8.0 0.5'],
  ['equities will trail bonds by 2% a year, quite sure', '+stocks -bonds -2.0 0.65'],
];

describe('views in words', () => {
  it.each(corpus)('reads "%s"', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ['SPY will do well', 'by how much'],
    ['markets will rise 5 %', 'what the view is about'],
    ['EFA and SPY 2 %', 'which of the two'],
    ['SPY beats SPY by 2 %', 'cannot beat itself'],
    ['EFA beats SPY by 200 % a year', 'to 50.0 % a year'],
    ['EFA beats SPY by 2 % or 3 %', 'one percentage'],
    ['EFA, SPY and GLD 2 %', 'one thing, or about two'],
    ['VXUS beats SPY by 2 %', 'did you mean VEA or EFA or VWO?'],
    ['ZZZZ returns 5 %', 'I do not follow ZZZZ'],
    ['tesla will beat SPY by 2 % a year', 'only one of the two'],
    ['SPY will lag tesla by 2 %', 'only one of the two'],
    ['gold does better than oil by 3 %', 'only one of the two'],
    ['', 'what the view is about'],
  ])('refuses "%s" and says how to write it', (text, reason) => {
    const reading = readView(text);
    expect(reading.state).toBe('refused');
    expect(read(text)).toContain(reason);
    expect(read(text)).toContain('for example');
  });

  it('reads at most a line and keeps no control characters', () => {
    const reading = readView(`gold \u202e\u0000earns 5%${' x'.repeat(500)}`);
    expect(reading.state === 'understood' && reading.view.text.length <= 120).toBe(true);
    expect(JSON.stringify(reading)).not.toContain('\\u0000');
  });
});
