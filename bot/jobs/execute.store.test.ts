import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Bench } from '../../fakes/execution-bench.ts';
import { createBench } from '../../fakes/execution-bench.ts';
import { BROKER_TIMEOUT_MS, openTradingFloor } from '../../fakes/trading.ts';
import { clientOrderId } from '../advice/order-ids.ts';

describe.each(['postgres', 'pglite'] as const)('on %s', (kind) => {
  let bench: Bench;
  beforeAll(async () => {
    bench = createBench(await openTradingFloor(kind));
  });
  afterAll(() => bench.floor.close());
  afterEach(() => bench.calm());

  test('a confirmed proposal is filled, the cost is the estimate, and the person is told', async () => {
    const { person, proposal } = await bench.start();
    expect(proposal.legs.map((leg) => leg.side)).toEqual(['sell', 'sell', 'buy', 'buy']);
    expect(await bench.run(person, proposal)).toBe('finished');
    await bench.expectFilled(person, proposal);
    const end = await bench.stateOf(person, proposal);
    expect(end.version).toBe(2 + 1 + 4 + 1);
    const reply = await bench.told(proposal);
    expect(reply).toMatchObject({ key: proposal.messageKey, replaces: proposal.messageKey });
    expect(reply?.actions).toEqual([]);
    expect(bench.textOf(reply)).toContain('Done: your portfolio is rebalanced.');
    expect(await bench.submits(proposal)).toEqual([1, 1, 1, 1]);
    expect(await bench.run(person, proposal)).toBe('finished');
    expect(await bench.submits(proposal)).toEqual([1, 1, 1, 1]);
  });

  test('17: an order accepted without an answer is looked up, not sent again', async () => {
    const { person, proposal } = await bench.start();
    await bench.fault({ after: 2, fault: { kind: 'never-answer' } });
    await bench.run(person, proposal);
    await bench.expectFilled(person, proposal);
    expect(await bench.submits(proposal)).toEqual([1, 1, 1, 1]);
  });

  test('an order still on its way after the timeout is sent under the same id and filled once', async () => {
    const { person, proposal } = await bench.start();
    await bench.fault({ fault: { kind: 'delay', ms: BROKER_TIMEOUT_MS + 400 } });
    await bench.run(person, proposal);
    await bench.expectFilled(person, proposal);
    expect((await bench.submits(proposal)).slice(1)).toEqual([1, 1, 1]);
  });

  test('18: an unavailable broker is waited for, and the same id is sent later', async () => {
    const { person, proposal } = await bench.start();
    await bench.fault({ after: 1, times: 1, fault: { kind: 'unavailable' } });
    expect(await bench.codeOf(bench.run(person, proposal))).toBe('unreachable');
    expect((await bench.stateOf(person, proposal)).state).toBe('partly-filled');
    await bench.expectSound(person);
    await bench.run(person, proposal);
    await bench.expectFilled(person, proposal);
    expect(await bench.submits(proposal)).toEqual([1, 1, 1, 1]);
  });

  test('19: a duplicate id refused on retry is fetched, never taken for a rejection', async () => {
    const { person, proposal } = await bench.start();
    await bench.floor.broker.control({ do: 'strict-ids', strict: true });
    // Accepted without an answer, and the look-up does not show it yet: it is sent again.
    await bench.fault({ fault: { kind: 'never-answer' } });
    await bench.fault({ on: 'find', fault: { kind: 'not-found' } });
    await bench.run(person, proposal);
    await bench.expectFilled(person, proposal);
    expect(await bench.submits(proposal)).toEqual([2, 1, 1, 1]);
  });

  test('19: a refused duplicate that cannot be seen yet is waited for, never called rejected', async () => {
    const { person, proposal } = await bench.start();
    await bench.floor.broker.control({ do: 'strict-ids', strict: true });
    await bench.fault({ fault: { kind: 'drop-answer' } });
    expect(await bench.codeOf(bench.run(person, proposal))).toBe('unreachable');
    await bench.fault({ on: 'find', times: 4, fault: { kind: 'not-found' } });
    expect(await bench.codeOf(bench.run(person, proposal))).toBe('bad-answer');
    await bench.run(person, proposal);
    await bench.expectFilled(person, proposal);
    expect(await bench.submits(proposal)).toEqual([3, 1, 1, 1]);
  });

  test('a refusal of what may have arrived before is settled by cancelling, not believed', async () => {
    const { person, proposal } = await bench.start();
    await bench.fault({ fault: { kind: 'drop-answer' } });
    expect(await bench.codeOf(bench.run(person, proposal))).toBe('unreachable');
    await bench.fault({ fault: { kind: 'not-found' } });
    await bench.fault({ on: 'find', times: 2, fault: { kind: 'not-found' } });
    await bench.run(person, proposal);
    await bench.expectFilled(person, proposal);
  });

  test('20: a part fill that is then cancelled leaves the ledger at what was filled', async () => {
    const { person, proposal } = await bench.start();
    await bench.fault({ after: 1, fault: { kind: 'fill-part', part: 0.5 } });
    expect(await bench.run(person, proposal)).toBe('waiting');
    await bench.expectSound(person);
    await bench.floor.broker.cancel(clientOrderId(proposal.id, 1));
    expect(await bench.run(person, proposal)).toBe('finished');
    const end = await bench.stateOf(person, proposal);
    expect(end.state).toBe('cancelled');
    expect(end.reason).toContain('was cancelled by the broker after');
    await bench.expectSound(person);
    expect(await bench.submits(proposal)).toEqual([1, 1, 0, 0]);
    const [, order] = await bench.floor.store.read.orders.of(person, proposal.id);
    const fills = await bench.floor.store.read.orders.fills(person, proposal.id);
    const second = fills.filter((fill) => fill.clientOrderId === order.clientOrderId);
    expect(second.reduce((sum, fill) => sum + fill.units, 0n)).toBe(order.filledUnits);
    expect(bench.textOf(await bench.told(proposal))).toContain('I do not try again on my own');
  });

  test('21: without cash for a later leg it stops, reports, and does not retry', async () => {
    const { person, proposal } = await bench.start();
    await bench.floor.broker.feed([{ asset: 'SPY', price: 9_000, day: 20_001, source: 'test' }]);
    await bench.run(person, proposal);
    const end = await bench.stateOf(person, proposal);
    expect(end.state).toBe('failed');
    expect(end.reason).toContain('Not enough cash');
    await bench.expectSound(person);
    const reply = bench.textOf(await bench.told(proposal));
    expect(reply).toContain('I stopped part of the way');
    expect(reply).toContain('Not done: buy');
    const before = await bench.submits(proposal);
    expect(before).toEqual([1, 1, 1, 0]);
    await bench.run(person, proposal);
    expect(await bench.submits(proposal)).toEqual(before);
  });

  test('22: while sells are not filled, buys wait', async () => {
    const { person, proposal } = await bench.start();
    await bench.fault({ fault: { kind: 'fill-part', part: 0 } });
    expect(await bench.run(person, proposal)).toBe('waiting');
    expect(await bench.run(person, proposal)).toBe('waiting');
    expect(await bench.submits(proposal)).toEqual([1, 0, 0, 0]);
    await bench.expectSound(person);
    await bench.floor.broker.control({
      do: 'release',
      clientOrderId: clientOrderId(proposal.id, 0),
    });
    expect(await bench.run(person, proposal)).toBe('finished');
    await bench.expectFilled(person, proposal);
  });

  test('23: a halted market is said and nothing is traded', async () => {
    const { person, proposal } = await bench.start();
    await bench.floor.broker.control({ do: 'halt', asset: null, halted: true });
    await bench.run(person, proposal);
    expect(await bench.stateOf(person, proposal)).toMatchObject({ state: 'failed' });
    const reply = bench.textOf(await bench.told(proposal));
    expect(reply).toContain('Nothing was traded.');
    expect(reply).toContain('is halted');
    await bench.expectSound(person);
  });
});
