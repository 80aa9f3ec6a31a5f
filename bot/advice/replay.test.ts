import { beforeEach, describe, expect, it } from 'vitest';
import { ENGINE_VERSION } from '../../engine/version.ts';
import { openAdviceDesk } from '../../fakes/advice-desk.ts';
import { canonical, fromCanonical, sha256 } from './canonical.ts';
import { madeMarket } from './made-market.fixture.ts';
import { driversOf, readInputs, resultOf } from './record.ts';
import { replay } from './replay.ts';
import type { Recommendation } from './types.ts';

const panel = madeMarket(900);
let own: ReturnType<typeof openAdviceDesk>;
let first: Recommendation;
let second: Recommendation;
beforeEach(async () => {
  own = openAdviceDesk(panel);
  first = (await own.advise()).recommendation;
  own.desk.persona = 'aggressive';
  own.desk.cash = 20_000;
  second = (await own.advise()).recommendation;
});

const replayed = (recommendation: Recommendation) => replay(own.read, own.person, recommendation);

describe('a replay', () => {
  it('gives the same bits for a first advice and for one that explains a change', async () => {
    expect(await replayed(first)).toEqual({ kind: 'same' });
    expect(await replayed(second)).toEqual({ kind: 'same' });
    expect(driversOf(second).some((driver) => driver.kind === 'change')).toBe(true);
  });

  it('finds a result that was changed by one bit', async () => {
    const result = resultOf(first);
    const { allocation } = result;
    const weights = allocation.weights.slice();
    weights[0] += 2 ** -52;
    const altered = canonical({ ...result, allocation: { ...allocation, weights } });
    expect(await replayed({ ...first, result: altered })).toEqual({
      kind: 'different',
      what: ['result'],
    });
  });

  it('finds changed reasons and a changed policy', async () => {
    const drivers = canonical(driversOf(second).slice(1));
    expect(await replayed({ ...second, drivers, policy: first.policy })).toEqual({
      kind: 'different',
      what: ['policy', 'drivers'],
    });
  });

  it('finds inputs that were altered or lost, its own and those of the advice before', async () => {
    const stored = own.desk.artifacts.get(first.inputsHash)!;
    const text = Buffer.from(stored).toString('utf8');
    const richer = text.replace(/"totalMinor":\d+/, '"totalMinor":99999999999');
    expect(richer).not.toBe(text);
    own.desk.artifacts.set(first.inputsHash, Buffer.from(richer));
    await expect(replayed(first)).rejects.toThrow(/inputs of advice id-1 have been altered/);
    await expect(replayed(second)).rejects.toThrow(/inputs of advice id-1 have been altered/);
    own.desk.artifacts.delete(first.inputsHash);
    await expect(replayed(first)).rejects.toMatchObject({ code: 'damaged' });
  });

  it('finds prices that were altered, lost, or swapped for others', async () => {
    const bytes = own.desk.artifacts.get(first.panelHash)!.slice();
    bytes[bytes.length - 3] ^= 1;
    own.desk.artifacts.set(first.panelHash, bytes);
    await expect(replayed(first)).rejects.toThrow(/prices .* have been altered/);
    const others = sha256('others');
    await expect(replayed({ ...first, panelHash: others })).rejects.toThrow(
      /not the ones it names/,
    );
    own.desk.artifacts.delete(first.panelHash);
    await expect(replayed(first)).rejects.toThrow(/no longer in the store/);
  });

  it('refuses to explain a change from an advice that is missing', async () => {
    own.desk.recommendations.shift();
    await expect(replayed(second)).rejects.toThrow(/advice before id-2 is missing/);
  });

  it('says when another engine version gave it', async () => {
    expect(await replayed({ ...first, engineVersion: '0' })).toEqual({
      kind: 'other-engine',
      engineVersion: '0',
    });
  });

  it('does not compare with an advice that another engine version gave', async () => {
    own.desk.recommendations[1] = { ...second, engineVersion: '0' };
    const third = (await own.advise()).recommendation;
    expect(third.engineVersion).toBe(ENGINE_VERSION);
    expect(driversOf(third).some((driver) => driver.kind === 'change')).toBe(false);
    expect(await replayed(third)).toEqual({ kind: 'same' });
  });
});

describe('the record of advice', () => {
  it('names the same prices once, and none of the words of the person', async () => {
    expect(second.panelHash).toBe(first.panelHash);
    own.desk.goal = {
      kind: 'by-date',
      amountMinor: 90_000_00,
      currency: 'USD',
      byDay: 22_826,
      contribution: { minor: 500_00, every: 'month' },
      purpose: 'a secret wedding',
    };
    const { recommendation, inputs } = await own.advise();
    expect(inputs.goal).toEqual(own.desk.goal);
    const kept = Buffer.from(own.desk.artifacts.get(recommendation.inputsHash)!).toString('utf8');
    expect(readInputs(kept).goal).toEqual({ ...own.desk.goal, purpose: null });
    expect(JSON.stringify(own.desk.recommendations)).not.toContain('wedding');
    expect(await replayed(recommendation)).toEqual({ kind: 'same' });
    expect(own.desk.artifacts.size).toBe(4);
  });

  it('is vouched for by a line of the audit record', () => {
    expect(own.desk.audit[1]).toEqual({
      ...own.desk.audit[1],
      kind: 'advised',
      payload: {
        recommendation: second.id,
        inputs: second.inputsHash,
        prices: second.panelHash,
        result: sha256(second.result),
      },
    });
    expect(fromCanonical(second.policy)).toMatchObject({ profile: 'aggressive' });
  });
});
