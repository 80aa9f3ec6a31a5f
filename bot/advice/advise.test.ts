import { describe, expect, it } from 'vitest';
import type { Cause, Driver } from '../../engine/drivers/driver.ts';
import { type PricePanel, past, pricePanel } from '../../engine/panel.ts';
import { explainDrivers } from '../explain/drivers.ts';
import { policies } from '../suitability/policy.ts';
import { noWishes } from '../wishes.ts';
import { advise, type Solved } from './advise.ts';
import { canonical } from './canonical.ts';
import { changes } from './changes.ts';
import { madeMarket } from './made-market.fixture.ts';
import type { AdviceInputs } from './record.ts';

const window = madeMarket(1_300);

function inputs(change: Partial<AdviceInputs> = {}): AdviceInputs {
  return {
    panelHash: '',
    today: window.days[window.days.length - 1],
    policy: policies.balanced,
    goal: { kind: 'max-return' },
    totalMinor: 3_000_000,
    current: [
      ['AGG', 0.2],
      ['CASH', 0.3],
      ['SPY', 0.5],
    ],
    cashRate: 0.02,
    simulated: false,
    previous: null,
    wishes: noWishes,
    ...change,
  };
}

const solve = (change: Partial<AdviceInputs> = {}, panel: PricePanel = window) =>
  advise(inputs(change), panel, null);

type Change = Extract<Driver, { kind: 'change' }>;
const isChange = (driver: Driver): driver is Change => driver.kind === 'change';

/** Every cause named in what changed between two pieces of advice. */
function causesBetween(was: Solved, is: Solved): Cause[] {
  const named = changes(was, is)
    .filter(isChange)
    .flatMap((driver) => driver.causes.map((each) => each.cause));
  return [...new Set(named)];
}

describe('advice', () => {
  it('gives the same bits for the same inputs, whatever was computed in between', () => {
    const first = solve();
    solve({ policy: policies.aggressive, goal: { kind: 'preserve' } });
    const again = solve();
    expect(canonical(again.result)).toBe(canonical(first.result));
    expect(canonical(again.drivers)).toBe(canonical(first.drivers));
  });

  it('does not depend on the order in which holdings are named', () => {
    const { current } = inputs();
    const turned = solve({ current: [...current].reverse() });
    expect(canonical(turned.result)).toBe(canonical(solve().result));
  });

  it('leads a first advice with three to five reasons that all come from the solution', () => {
    const { drivers, solved } = solve();
    expect(drivers.length).toBeGreaterThanOrEqual(3);
    expect(drivers.length).toBeLessThanOrEqual(5);
    expect(drivers.some(isChange)).toBe(false);
    const { weights } = solved.allocation;
    for (const driver of drivers) {
      if (driver.kind !== 'risk-share') continue;
      expect(driver.weight).toBe(weights[solved.problem.assets.indexOf(driver.asset)]);
    }
    for (const { text } of explainDrivers(drivers)) expect(text).toMatch(/^[A-Z][^{}]*\.$/);
  });

  it('tells the errors of its figures as those of their own windows', () => {
    const { result, solved } = solve();
    expect(result.years).toBeCloseTo(1_299 / 252, 12);
    expect(result.returnError).toBeCloseTo(
      result.allocation.volatility / Math.sqrt(result.years),
      12,
    );
    expect(solved.estimate.returns.length).toBe(1_260 * (solved.problem.assets.length - 1));
    const shares = result.riskShares.reduce((sum, [, share]) => sum + share, 0);
    expect(shares).toBeCloseTo(1, 12);
  });
});

describe('what is held', () => {
  it('but not recommended is never bought, and sold when it is above its limit', () => {
    const all = solve({ current: [['VTI', 1]] });
    const vti = all.result.assets.indexOf('VTI');
    expect(all.result.allocation.weights[vti]).toBeLessThanOrEqual(
      policies.balanced.maxPerAsset.stocks + 1e-12,
    );
    const little = solve({
      current: [
        ['CASH', 0.95],
        ['VTI', 0.05],
      ],
    });
    expect(little.result.allocation.weights[vti]).toBeLessThanOrEqual(0.05);
    expect(solve().result.assets).not.toContain('VTI');
  });

  it('without a price history is refused by name', () => {
    expect(() =>
      solve({
        current: [
          ['CASH', 0.9],
          ['DBC', 0.1],
        ],
      }),
    ).toThrow(/no price history of DBC/);
  });

  it('with too short a history is refused, and when it is only recommended left out and said', () => {
    const late = madeMarket(1_300, 7, undefined, ['BTC-USD']);
    const { result } = solve({}, late);
    expect(result.assets).not.toContain('BTC-USD');
    expect(result.remarks).toContain(
      'BTC-USD is left out: only 649 days of returns where 756 are needed.',
    );
    expect(() => solve({ current: [['BTC-USD', 1]] }, late)).toThrow(/cannot plan with BTC-USD/);
  });
});

describe('prices that hold little', () => {
  it('of one fund alone still give advice, with cash as the other half', () => {
    const { result } = solve({ current: [['CASH', 1]] }, madeMarket(900, 7, ['SPY']));
    expect(result.assets).toEqual(['SPY', 'CASH']);
    expect(result.allocation.volatility).toBeLessThanOrEqual(
      policies.balanced.volatilityBudget * (1 + 1e-9),
    );
    expect(result.remarks).toEqual(['Cash is assumed to earn 2.0 % a year.']);
  });

  it('without anything of the world market say that parts of it are assumed', () => {
    const { result } = solve({ current: [['CASH', 1]] }, madeMarket(900, 7, ['SHY', 'BIL']));
    expect(result.assets).toEqual(['SHY', 'CASH']);
    expect(result.remarks[0]).toMatch(/^None of these prices stands for the world market/);
  });

  it('of nothing that is recommended are refused in words', () => {
    expect(() => solve({ current: [['CASH', 1]] }, madeMarket(900, 7, ['BIL', 'VTI']))).toThrow(
      /nothing that I recommend from/,
    );
  });

  it('of less than three years are refused with what is needed', () => {
    expect(() => solve({ current: [['CASH', 1]] }, past(window, 700))).toThrow(
      /No asset has 756 days of returns/,
    );
  });

  it('that cannot be met by the least-risk goal name the limits in the way', () => {
    expect(() =>
      solve({ current: [['CASH', 1]], goal: { kind: 'preserve' } }, madeMarket(900, 7, ['SPY'])),
    ).toThrow(/maximum of SPY|stocks/);
  });
});

describe('a second advice', () => {
  it('says nothing of change when nothing changed', () => {
    const { solved } = solve();
    expect(changes(solved, solve().solved)).toEqual([]);
  });

  it('puts a new risk profile down to the profile alone, budget and limits together', () => {
    const was = solve().solved;
    const { solved, drivers } = advise(inputs({ policy: policies.aggressive }), window, was);
    expect(causesBetween(was, solved)).toEqual(['policy']);
    const [first] = drivers.filter(isChange);
    expect(first.causes[0].contribution).toBeCloseTo(first.to - first.from, 9);
    expect(explainDrivers(drivers)[0].text).toMatch(/your new risk profile [+-]\d/);
  });

  it('puts another goal down to the goal, though its limits differ', () => {
    const was = solve().solved;
    const is = solve({ goal: { kind: 'preserve' } }).solved;
    expect(causesBetween(was, is)).toEqual(['goal']);
    const dated = {
      kind: 'by-date' as const,
      amountMinor: 36_000_00,
      currency: 'USD' as const,
      byDay: inputs().today + 2_000,
      contribution: null,
      purpose: null,
    };
    const sooner = { ...dated, byDay: dated.byDay - 300 };
    expect(causesBetween(solve({ goal: dated }).solved, solve({ goal: sooner }).solved)).toEqual([
      'goal',
    ]);
    const worded = solve({ goal: { ...dated, purpose: 'a house' } }).solved;
    expect(changes(solve({ goal: dated }).solved, worded)).toEqual([]);
  });

  it('puts another portfolio down to what is held, even what may not be bought', () => {
    const was = solve({ current: [['CASH', 1]] }).solved;
    const is = solve({
      current: [
        ['CASH', 0.4],
        ['VTI', 0.6],
      ],
    }).solved;
    expect(causesBetween(was, is)).toEqual(['holdings']);
  });

  it('puts a stormier market down to the market, and sums to the change exactly', () => {
    const rows = window.days.length;
    const n = window.assets.length;
    const prices = window.prices.slice();
    const spy = window.assets.indexOf('SPY');
    for (let t = rows - 200; t < rows; t++) {
      const own = window.prices[t * n + spy] / window.prices[(t - 1) * n + spy] - 1;
      prices[t * n + spy] = prices[(t - 1) * n + spy] * (1 + 3 * own);
    }
    const stormy = pricePanel(window.assets, window.days, prices);
    const was = solve().solved;
    const { solved, drivers } = advise(inputs({ panelHash: 'stormy' }), stormy, was);
    const causes = causesBetween(was, solved);
    expect(causes).toContain('volatility');
    expect(causes.filter((cause) => ['policy', 'goal', 'holdings'].includes(cause))).toEqual([]);
    for (const driver of changes(was, solved).filter(isChange)) {
      const sum = driver.causes.reduce((total, each) => total + each.contribution, 0);
      expect(sum).toBeCloseTo(driver.to - driver.from, 9);
    }
    expect(drivers[0].kind).toBe('change');
    expect(drivers.length).toBeLessThanOrEqual(5);
  });

  it('puts the arrival of an asset whose history is long enough down to what is now expected', () => {
    const late = madeMarket(1_600, 7, undefined, ['BTC-USD']);
    const before = solve({}, past(late, 1_500)).solved;
    const after = solve({ panelHash: 'later' }, late).solved;
    expect(before.problem.assets).not.toContain('BTC-USD');
    expect(after.problem.assets).toContain('BTC-USD');
    const causes = causesBetween(before, after);
    expect(causes).toContain('expected-returns');
    expect(causes.filter((cause) => ['policy', 'goal', 'holdings'].includes(cause))).toEqual([]);
  });
});
