import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assetOf } from './catalogue.ts';
import { suggestAssets } from './suggest.ts';

const values = (typed: string) => suggestAssets(typed).map(({ value }) => value);

describe('what is being typed', () => {
  it('goes on with a ticker that begins so, and keeps what stands before', () => {
    expect(values('12 sp')[0]).toBe('12 SPY');
    expect(values('12 SPY, 0.05 b')).toContain('12 SPY, 0.05 BTC-USD');
  });

  it('goes on with names and nicknames after tickers', () => {
    expect(values('gold')).toEqual(['GLD']);
    expect(values('bitc')).toEqual(['BTC-USD']);
    expect(values('tip')[0]).toBe('TIP');
  });

  it('offers nothing for nothing, numbers and strangers', () => {
    for (const typed of ['', '12 ', '12', 'zzzz', '💰']) expect(values(typed)).toEqual([]);
  });

  it('never offers more than 25, and only what Keel knows', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (typed) => {
        const offered = suggestAssets(typed);
        expect(offered.length).toBeLessThanOrEqual(25);
        for (const { label } of offered) expect(assetOf(label.split(':')[0])).toBeDefined();
      }),
    );
  });
});
