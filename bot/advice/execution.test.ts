import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BrokerOrderStatus } from '../ports.ts';
import { fillEntry, isOrderFinal, mergeStatus, nextStep, preparedOrders } from './execution.ts';
import { clientOrderId } from './order-ids.ts';
import type { Leg, Order, OrderState, Proposal } from './types.ts';

const leg = (index: number, asset: string, side: 'buy' | 'sell'): Leg => ({
  index,
  asset,
  side,
  units: 100_000_000n,
  price: 100,
  amount: { minor: 10_000n, currency: 'USD' },
  cost: { minor: 5n, currency: 'USD' },
});

const confirmed: Proposal = {
  id: 'p1',
  workspace: 'w',
  person: 'me',
  recommendationId: 'r1',
  version: 2,
  hash: 'h',
  state: 'confirmed',
  legs: [leg(0, 'AGG', 'sell'), leg(1, 'SPY', 'buy'), leg(2, 'GLD', 'buy')],
  pricedOn: 20_000,
  createdAt: 0,
  expiresAt: 900_000,
  confirmedBy: 'me',
  reason: null,
  source: { platform: 'web', installation: 'i', conversation: 'c', identity: 'me' },
  messageKey: 'm1',
};
const submitting: Proposal = { ...confirmed, state: 'submitting', version: 3 };
const orders = preparedOrders(confirmed);
const withStates = (...states: OrderState[]): Order[] =>
  orders.map((order, i) => ({ ...order, state: states[i] }));

test('an execution begins by writing its orders, then sends the sell first', () => {
  expect(nextStep(confirmed, [])).toEqual({ kind: 'begin' });
  const step = nextStep(submitting, [...orders].reverse());
  expect(step).toMatchObject({ kind: 'submit', order: { asset: 'AGG', side: 'sell' } });
});

test('buys wait while a sell is open', () => {
  const step = nextStep(submitting, withStates('partly-filled', 'prepared', 'prepared'));
  expect(step).toMatchObject({ kind: 'ask', order: { asset: 'AGG' } });
});

test('a leg that was rejected or cancelled stops the rest', () => {
  for (const state of ['rejected', 'cancelled'] as const) {
    const step = nextStep(submitting, withStates('filled', state, 'prepared'));
    expect(step).toMatchObject({
      kind: 'stop',
      because: { asset: 'SPY' },
      withdraw: [{ asset: 'GLD' }],
    });
  }
});

test('all filled is finished, and a final or unconfirmed proposal has nothing to do', () => {
  expect(nextStep(submitting, withStates('filled', 'filled', 'filled')).kind).toBe('finish');
  expect(nextStep({ ...submitting, state: 'filled' }, orders).kind).toBe('nothing');
  expect(nextStep({ ...confirmed, state: 'proposed' }, []).kind).toBe('nothing');
});

test('an order id follows from proposal and leg and nothing else', () => {
  expect(clientOrderId('p1', 0)).toBe(orders[0].clientOrderId);
  expect(clientOrderId('p1', 0)).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set(orders.map((each) => each.clientOrderId)).size).toBe(3);
  expect(clientOrderId('p2', 0)).not.toBe(clientOrderId('p1', 0));
});

test('late or repeated news never takes an order back', () => {
  const states = ['accepted', 'partly-filled', 'filled', 'rejected', 'cancelled'] as const;
  const news = fc.array(
    fc.record({ state: fc.constantFrom(...states), filled: fc.bigInt(0n, 100_000_000n) }),
  );
  fc.assert(
    fc.property(news, (all) => {
      let order = orders[0];
      for (const { state, filled } of all) {
        const status: BrokerOrderStatus = {
          clientOrderId: order.clientOrderId,
          state,
          filledUnits: filled,
          fills: [],
          reason: null,
        };
        const next = mergeStatus(order, status);
        if (isOrderFinal(order.state)) expect(next.state).toBe(order.state);
        if (order.state === 'partly-filled') expect(next.state).not.toBe('accepted');
        expect(next.state).not.toBe('prepared');
        expect(next.filledUnits >= order.filledUnits).toBe(true);
        order = next;
      }
    }),
  );
});

test('a fill moves units one way and cash with its commission the other', () => {
  const fill = {
    id: 'f1',
    clientOrderId: orders[0].clientOrderId,
    units: 50_000_000n,
    price: 100,
    amount: { minor: 5_000n, currency: 'USD' },
    commission: { minor: 7n, currency: 'USD' },
    at: 9,
  };
  expect(fillEntry(orders[0], fill)).toMatchObject({
    id: 'fill:f1',
    units: -50_000_000n,
    cashMinor: 4_993n,
    costMinor: -4_993n,
  });
  expect(fillEntry(orders[1], fill)).toMatchObject({ units: 50_000_000n, cashMinor: -5_007n });
});
