import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Bench, FaultRule } from '../../fakes/execution-bench.ts';
import { createBench } from '../../fakes/execution-bench.ts';
import { openTradingFloor } from '../../fakes/trading.ts';
import { clientOrderId } from '../advice/order-ids.ts';
import { PortError } from '../errors.ts';
import { begin } from './execute-steps.ts';
import { placeOrder } from './place-order.ts';
import { settle } from './settle.ts';

describe.each(['postgres', 'pglite'] as const)('on %s', (kind) => {
  let bench: Bench;
  beforeAll(async () => {
    bench = createBench(await openTradingFloor(kind));
  });
  afterAll(() => bench.floor.close());
  afterEach(() => bench.calm());

  test('4, 5, 6: resumed after the order row, after the call, and between two orders', async () => {
    const { person, proposal } = await bench.start();
    await settle(bench.floor.deps, person);
    const orders = (await begin(bench.floor.deps, person, proposal.id))!;
    // Called, and its answer lost with the worker.
    await placeOrder(bench.floor.broker, orders[0], false);
    await bench.run(person, proposal);
    await bench.expectFilled(person, proposal);
    expect(await bench.submits(proposal)).toEqual([1, 1, 1, 1]);
  });

  test('43: workers that carry out the same proposal at once fill it once', async () => {
    const { person, proposal } = await bench.start();
    await Promise.all([1, 2, 3].map(() => bench.run(person, proposal)));
    await bench.expectFilled(person, proposal);
    const entries = await bench.floor.store.read.ledger.entries(person);
    expect(entries.filter((entry) => entry.kind === 'fill')).toHaveLength(4);
  });

  test('a broker killed between two orders is started again and the rest is filled', async () => {
    const { person, proposal } = await bench.start();
    await bench.fault({ after: 1, fault: { kind: 'never-answer' } });
    const running = bench.run(person, proposal);
    while ((await bench.submits(proposal))[1] === 0)
      await new Promise((resolve) => setTimeout(resolve, 5));
    const pid = bench.floor.server.pid()!;
    process.kill(pid, 'SIGKILL');
    expect(await bench.codeOf(running)).toMatch(/unreachable|null/);
    while (bench.floor.server.pid() === pid) await new Promise((resolve) => setTimeout(resolve, 5));
    await bench.floor.server.ready();
    await bench.run(person, proposal);
    await bench.expectFilled(person, proposal);
  });

  test('holdings that the broker refuses stop the execution before any order', async () => {
    const { person, proposal } = await bench.start();
    const taken = { asset: 'VTI', units: -1n, cashMinor: 0n, currency: 'USD' };
    const { workspace } = person;
    const id = `${person.person}:too-much`;
    await bench.floor.store.transact((tx) =>
      tx.transfers.owe({ id, workspace, person: person.person, ...taken }),
    );
    await bench.run(person, proposal);
    const end = await bench.stateOf(person, proposal);
    expect(end).toMatchObject({ state: 'failed' });
    expect(end.reason).toContain('The broker did not accept your holdings');
    expect(await bench.submits(proposal)).toEqual([0, 0, 0, 0]);
  });

  test('transfers are settled once, in whatever order they arrive', async () => {
    const person = await bench.floor.person();
    const { workspace } = person;
    // By its id it is sent before the deposit that makes it possible.
    const early = { id: `aaa:${person.person}`, asset: 'AGG', units: -100n, cashMinor: 0n };
    await bench.floor.store.transact((tx) =>
      tx.transfers.owe({ ...early, workspace, person: person.person, currency: 'USD' }),
    );
    await bench.fault({ on: 'transfer', after: 1, fault: { kind: 'drop-answer' } });
    expect(await bench.codeOf(settle(bench.floor.deps, person))).toBe('unreachable');
    expect(await settle(bench.floor.deps, person)).toMatchObject({ done: 4, refused: [] });
    expect(await settle(bench.floor.deps, person)).toMatchObject({ done: 0 });
    const account = await bench.floor.broker.account(`${workspace}:${person.person}`);
    expect(account.cash.minor).toBe(400_000n);
    expect(account.positions[0]).toEqual({ asset: 'AGG', units: 9_999_999_900n });
  });

  test('an execution that could not begin for a day expires instead of trading on old prices', async () => {
    const { person, proposal } = await bench.start();
    const at = bench.floor.clock.at;
    bench.floor.clock.at = proposal.expiresAt + 86_400_001;
    await bench.run(person, proposal);
    expect((await bench.stateOf(person, proposal)).state).toBe('expired');
    expect(await bench.submits(proposal)).toEqual([0, 0, 0, 0]);
    bench.floor.clock.at = at;
  });

  test('under random faults every proposal ends, ledger equals broker, nothing is ordered twice', async () => {
    const anyFault = fc.record({
      on: fc.constantFrom('submit', 'submit', 'find', 'transfer', 'cancel' as const),
      after: fc.nat(3),
      times: fc.integer({ min: 1, max: 2 }),
      fault: fc.oneof(
        fc.constantFrom<FaultRule['fault']>(
          { kind: 'unavailable' },
          { kind: 'drop-answer' },
          { kind: 'garble-answer' },
          { kind: 'not-found' },
          { kind: 'fill-part', part: 0.37 },
          { kind: 'reject', reason: 'Not today.' },
        ),
      ),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyFault, { maxLength: 6 }),
        fc.boolean(),
        fc.boolean(),
        async (rules, strict, cancels) => {
          await bench.floor.broker.control({ do: 'clear' });
          await bench.floor.broker.control({ do: 'strict-ids', strict });
          const { person, proposal } = await bench.start();
          for (const rule of rules) {
            // A broker may be slow to show an order, but does not deny a submit it has taken.
            const blind = rule.fault.kind === 'not-found';
            await bench.fault(blind ? { ...rule, on: 'find' } : rule);
          }
          let outcome: string = 'unknown';
          for (let attempt = 0; attempt < 40 && outcome !== 'finished'; attempt++) {
            outcome = await bench.run(person, proposal).catch((error: unknown) => {
              if (error instanceof PortError) return error.code;
              throw error;
            });
            if (outcome !== 'waiting') continue;
            await bench.expectSound(person);
            for (const leg of proposal.legs) {
              const id = clientOrderId(proposal.id, leg.index);
              if ((await bench.floor.broker.find(id).catch(() => null)) === null) continue;
              if (cancels) await bench.floor.broker.cancel(id).catch(() => null);
              else await bench.floor.broker.control({ do: 'release', clientOrderId: id });
            }
          }
          expect(outcome).toBe('finished');
          await bench.floor.broker.control({ do: 'clear' });
          await bench.expectSound(person);
          const orders = await bench.floor.store.read.orders.of(person, proposal.id);
          expect(orders.length === 0 || orders.length === proposal.legs.length).toBe(true);
        },
      ),
      { numRuns: kind === 'postgres' ? 25 : 8 },
    );
  });
});
