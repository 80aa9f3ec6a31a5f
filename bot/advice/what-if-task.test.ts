import { describe, expect, it } from 'vitest';
import { policies } from '../suitability/policy.ts';
import { noWishes, type Way, ways } from '../wishes.ts';
import { madeMarket } from './made-market.fixture.ts';
import type { AdviceInputs } from './record.ts';
import { compareTask } from './what-if-task.ts';

const window = madeMarket(1_300);

function inputs(way: Way, policy: AdviceInputs['policy']): AdviceInputs {
  return {
    panelHash: '',
    today: window.days[window.days.length - 1],
    policy,
    goal: { kind: 'max-return' },
    totalMinor: 3_000_000,
    current: [
      ['AGG', 0.2],
      ['CASH', 0.8],
    ],
    cashRate: 0.02,
    simulated: false,
    previous: null,
    wishes: { ...noWishes, way },
  };
}

const compared = (policy: AdviceInputs['policy']) =>
  compareTask({ window, asked: ways.map((way) => inputs(way, policy)) }, () => undefined);

describe('ways that are compared', () => {
  it('stand beside one that the limits leave no mix, which says why', () => {
    // Some cash is all that so little risk allows; a mix with every part in it swings more.
    const tried = compared({ ...policies.conservative, volatilityBudget: 0.004 });
    const of = (way: Way) => tried[ways.indexOf(way)];
    expect(of('goal').mix).not.toBeNull();
    expect(of('equal-risk').mix).toBeNull();
    expect(of('equal-risk').reason).toMatch(
      /^"Equal risk from each part" has no answer today\. \S/,
    );
    expect(tried.filter(({ mix }) => mix === null).every(({ reason }) => reason !== '')).toBe(true);
  });

  it('are refused as one when none of them has an answer', () => {
    const { conservative } = policies;
    const classLimits = { ...conservative.classLimits, bonds: [0.8, 1], cash: [0.5, 1] } as const;
    expect(() => compared({ ...conservative, classLimits })).toThrow('at least');
  });
});
