import { describe, expect, it } from 'vitest';
import { openAdviceDesk } from '../../fakes/advice-desk.ts';
import { explainDrivers } from '../explain/drivers.ts';
import { noWishes, type OwnView } from '../wishes.ts';
import { madeMarket } from './made-market.fixture.ts';

const panel = madeMarket(1_700);
const fall: OwnView = {
  text: 'BTC will lose 20 % a year, very sure',
  terms: [{ of: { kind: 'asset', symbol: 'BTC-USD' }, factor: 1 }],
  annualReturn: -0.2,
  confidence: 0.8,
};

async function adviceAfter(
  ...steps: ((desk: ReturnType<typeof openAdviceDesk>['desk']) => void)[]
) {
  const { desk, advise } = openAdviceDesk(panel);
  let advice = await advise();
  for (const step of steps) {
    step(desk);
    advice = await advise();
  }
  const { drivers } = advice;
  return {
    drivers,
    causes: [
      ...new Set(
        drivers.flatMap((one) =>
          one.kind === 'change' ? one.causes.map(({ cause }) => cause) : [],
        ),
      ),
    ],
    text: explainDrivers(drivers)
      .map((one) => one.text)
      .join('\n'),
  };
}

describe('why a mix changed after a view', () => {
  it('is the view, and no move of the market', async () => {
    const { drivers, causes, text } = await adviceAfter((desk) => {
      desk.wishes = { ...noWishes, views: [fall] };
    });
    expect(causes).toEqual(['views']);
    expect(drivers.some(({ kind }) => kind === 'market-move')).toBe(false);
    expect(text).toMatch(/\(your own views -[\d.]+ points\)/);
    expect(text).not.toContain('expected return of');
  });

  it('is taking it back again', async () => {
    const { causes } = await adviceAfter(
      (desk) => {
        desk.wishes = { ...noWishes, views: [fall] };
      },
      (desk) => {
        desk.wishes = noWishes;
      },
    );
    expect(causes).toEqual(['views']);
  });

  it('is not the view that was held before and still is', async () => {
    const { causes } = await adviceAfter(
      (desk) => {
        desk.wishes = { ...noWishes, views: [fall] };
      },
      (desk) => {
        desk.goal = { kind: 'preserve' };
      },
    );
    expect(causes).toEqual(['goal']);
  });

  it('is told apart from what was asked of the method at once', async () => {
    const { causes } = await adviceAfter((desk) => {
      const few = {
        kind: 'weight' as const,
        name: 'SPY',
        coefficients: { SPY: 1 },
        lower: null,
        upper: 0.1,
      };
      desk.wishes = { ...noWishes, views: [fall], limits: [few] };
    });
    expect([...causes].sort()).toEqual(['views', 'wishes']);
  });
});

it('a change under limits that take long to solve is told without its causes', async () => {
  const { drivers, causes, text } = await adviceAfter((desk) => {
    desk.wishes = {
      ...noWishes,
      limits: [
        { kind: 'holdings', most: 3 },
        { kind: 'conditional-value-at-risk', most: 0.01 },
      ],
    };
  });
  expect(drivers.some(({ kind }) => kind === 'change')).toBe(true);
  expect(causes).toEqual([]);
  expect(text).toMatch(/by [\d.]+ points, from [\d.]+ % to [\d.]+ %\./);
});
