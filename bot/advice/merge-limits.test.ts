import { describe, expect, test } from 'vitest';
import { nameable } from '../dialogue/wish-forms.ts';
import { readLimit } from '../language/read-limit.ts';
import { noWishes, type OwnLimit } from '../wishes.ts';
import { contradiction, mergedLimits } from './merge-limits.ts';

function read(...texts: string[]): OwnLimit[] {
  return texts.flatMap((text) => {
    const reading = readLimit(text, nameable);
    if (reading.state !== 'understood') throw new Error(text);
    return [...reading.limits];
  });
}

const merged = (before: OwnLimit[], after: OwnLimit[]) =>
  mergedLimits({ ...noWishes, limits: before }, after);

describe('a new limit beside older ones', () => {
  test('takes the place of one on the same side, and says which', () => {
    const { wishes, replaced } = merged(read('gold at most 10 %'), read('gold at most 5 %'));
    expect(wishes.limits).toEqual(read('gold at most 5 %'));
    expect(replaced).toEqual(read('gold at most 10 %'));
  });

  test('leaves the other end of a range', () => {
    const { wishes, replaced } = merged(read('stocks at least 20 %'), read('stocks at most 60 %'));
    expect(wishes.limits).toEqual(read('stocks at least 20 %', 'stocks at most 60 %'));
    expect(replaced).toEqual([]);
  });

  test('takes one end of a range away and leaves the other', () => {
    const { wishes, replaced } = merged(read('SPY between 10 and 30 %'), read('SPY at most 20 %'));
    expect(wishes.limits).toMatchObject([
      { lower: 0.1, upper: null },
      { lower: null, upper: 0.2 },
    ]);
    expect(replaced).toEqual(read('SPY between 10 and 30 %'));
  });

  test('takes the place of one that it contradicts', () => {
    const { wishes } = merged(read('gold at least 10 %'), read('gold at most 5 %'));
    expect(wishes.limits).toEqual(read('gold at most 5 %'));
  });

  test('said again replaces nothing', () => {
    const { wishes, replaced } = merged(read('no crypto'), read('no crypto'));
    expect(wishes.limits).toEqual(read('no crypto'));
    expect(replaced).toEqual([]);
  });

  test('of another kind or on something else touches nothing', () => {
    const before = read('gold at most 10 %', 'at most 8 holdings');
    const { wishes } = merged(before, read('volatility at most 8 %', 'SPY at most 20 %'));
    expect(wishes.limits.slice(0, 2)).toEqual(before);
    expect(wishes.limits).toHaveLength(4);
  });
});

test('two limits that exclude each other are found, and only those', () => {
  const clash = read('gold at least 10 %', 'SPY at most 30 %', 'gold at most 5 %');
  expect(contradiction(clash)).toEqual([clash[0], clash[2]]);
  expect(contradiction(read('gold at least 5 %', 'gold at most 10 %'))).toBeNull();
  expect(contradiction(read('gold at least 10 %', 'SPY at most 5 %'))).toBeNull();
});
