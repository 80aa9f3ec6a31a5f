import { describe, expect, test } from 'vitest';
import { personas } from '../../demo/answers.ts';
import type { Context } from '../commands/command.ts';
import type { Goal } from '../goal.ts';
import { assess } from '../suitability/assess.ts';
import { type Policy, policies } from '../suitability/policy.ts';
import { questionnaire } from '../suitability/questionnaire.ts';
import { noWishes } from '../wishes.ts';
import { canonical } from './canonical.ts';
import { adviceToTradeOn } from './latest.ts';

const house: Goal = {
  ...{ kind: 'by-date', amountMinor: 2_000_000, currency: 'USD', byDay: 22_000 },
  ...{ contribution: null, purpose: 'house' },
};

/** Somebody with these answers and goal today, who was advised by this policy for that goal. */
function context(
  today: { readonly answers: Readonly<Record<string, string>>; readonly goal: Goal },
  then: { readonly policy: Policy; readonly goal: Goal },
): Context {
  const inputs = {
    ...{ panelHash: 'a'.repeat(64), today: 20_000, policy: then.policy, totalMinor: 100 },
    ...{ current: [], cashRate: 0, simulated: false, previous: null, wishes: noWishes },
    goal: then.goal.kind === 'by-date' ? { ...then.goal, purpose: null } : then.goal,
  };
  const result = {
    allocation: {
      ...{ method: 'm', weights: Float64Array.of(1), expectedReturn: 0, volatility: 0 },
      ...{ tradingCost: 0, binding: [], residual: 0, iterations: 1, solvedBy: 's' },
    },
    ...{ assets: ['CASH'], returnError: 0, years: 1, volatilityError: 0, cashRate: 0 },
    badYear: { loss: 0, method: 'historical', windows: 1, years: 1 },
    ...{ riskShares: [], outlook: null, remarks: [] },
  };
  const record = {
    ...{ id: 'r', workspace: 'w', person: 'p', createdAt: 1, engineVersion: '1', seed: 0 },
    ...{ inputsHash: 'h', panelHash: 'h', drivers: '[]' },
    ...{ policy: canonical(then.policy), result: canonical(result) },
  };
  const { answers, goal } = today;
  const stored = { questionnaire: questionnaire.version, answers, revision: 1, at: 1 };
  const read = {
    recommendations: { list: async () => [record] },
    artifacts: { get: async () => Buffer.from(canonical(inputs)) },
    answers: { current: async () => stored },
    goals: { current: async () => ({ goal, revision: 1, at: 1 }) },
    wishes: { current: async () => null },
  };
  return { person: { workspace: 'w', person: 'p' }, read } as unknown as Context;
}

const assessed = assess({ questionnaire: questionnaire.version, answers: personas.balanced });
if (assessed.kind !== 'suitable') throw new Error('The balanced persona can be advised.');
const balanced = policies[assessed.risk.profile];
const refused = (work: Promise<unknown>) =>
  work.then(
    () => 'traded on',
    (error: unknown) => (error as { code: string }).code,
  );

describe('advice is traded on', () => {
  test('while answers and goal are those it was given for', async () => {
    const now = { answers: personas.balanced, goal: house };
    const advice = await adviceToTradeOn(context(now, { policy: balanced, goal: house }));
    expect(advice?.targetWeights).toEqual(new Map([['CASH', 1]]));
  });

  test('not after the risk profile or the goal has changed', async () => {
    const then = { policy: balanced, goal: house };
    const bolder = { answers: personas.aggressive, goal: house };
    expect(await refused(adviceToTradeOn(context(bolder, then)))).toBe('outdated');
    const other: Goal = { kind: 'preserve' };
    const safer = { answers: personas.balanced, goal: other };
    expect(await refused(adviceToTradeOn(context(safer, then)))).toBe('outdated');
  });

  test('not by somebody whom investing does not suit any more', async () => {
    const unsuitable = { ...personas.balanced, emergency: 'none', horizon: 'under-1' };
    const now = { answers: unsuitable, goal: house };
    expect(assess({ questionnaire: questionnaire.version, answers: unsuitable }).kind).toBe(
      'unsuitable',
    );
    const then = { policy: balanced, goal: house };
    expect(await refused(adviceToTradeOn(context(now, then)))).toBe('unsuitable');
  });
});
