import assert from 'node:assert/strict';
import type { Control } from '../adapters/broker/paper/wire.ts';
import { clientOrderId } from '../bot/advice/order-ids.ts';
import type { Proposal } from '../bot/advice/types.ts';
import { brokerOrders, callsOf, each, type Facts } from './facts.ts';
import type { Stage } from './stage.ts';

/** A place where the process stands when it is killed. */
export interface Point {
  readonly name: string;
  /**
   * Sets the trap before the person confirms. `reached` resolves when the process stands in it,
   * `undo` takes it away once the process is dead.
   */
  arm(stage: Stage, at: At): Promise<{ readonly reached: Promise<void>; undo(): Promise<void> }>;
  /** The person must not have been told that it was received. */
  readonly unacknowledged?: true;
  /** What must be so while the process is dead. */
  readonly dead: (at: At) => Partial<Facts>;
}

/** The proposal that is being confirmed, and one of its legs. */
export interface At {
  readonly proposal: Proposal;
  readonly leg: number;
}

export interface Kill {
  readonly case: number;
  readonly title: string;
  readonly points: readonly Point[];
}

const received = /insert into "inbox"/;
const effects = /update "inbox" set/;
const ordersWritten = /insert into "orders"/;
const fillsTaken = /insert into "fills"/;

const untouched = ({ proposal }: At) => ({
  handled: false,
  answers: 0,
  confirmations: 0,
  state: 'proposed',
  orders: [],
  atBroker: each(proposal, 0),
});
/** Legs up to one are `first`, the others `rest`. */
const split = <T>({ proposal, leg }: At, first: T, rest: T): readonly T[] =>
  proposal.legs.map((_, index) => (index < leg ? first : rest));

/** Stops a commit at the gate. */
function commit(which: 'before' | 'after', statement: RegExp, spare: (at: At) => number = () => 0) {
  return async (stage: Stage, at: At) => ({
    reached: stage.gate.hold(which, statement, spare(at)),
    undo: async () => stage.gate.open(),
  });
}

/** Takes a lock that the process will wait for. */
function lock(statement: string, values: (stage: Stage) => readonly unknown[]) {
  return async (stage: Stage) => {
    await stage.sql('begin');
    await stage.sql(statement, values(stage));
    const waits = async () =>
      (await stage.sql('select 1 from pg_locks where not granted')).length > 0;
    return {
      reached: stage.until('the process waits for the lock', waits),
      undo: async () => {
        await stage.sql('rollback');
      },
    };
  };
}

/** Makes the broker misbehave from the leg on. */
function fault(
  kind: Extract<Control, { do: 'fault' }>['rule']['fault'],
  times: number,
  stands: (stage: Stage, at: At, callsBefore: number) => Promise<boolean>,
) {
  return async (stage: Stage, at: At) => {
    const calls = (await callsOf(stage)).submit ?? 0;
    const rule = { on: 'submit', after: at.leg, times, fault: kind } as const;
    await stage.broker.control({ do: 'fault', rule });
    return {
      reached: stage.until('the broker is called', () => stands(stage, at, calls)),
      undo: async () => {
        await stage.broker.control({ do: 'clear' });
      },
    };
  };
}

const filledAtBroker = async (stage: Stage, { proposal, leg }: At) =>
  brokerOrders(stage, clientOrderId(proposal.id, leg)) === 1;

/** Cases 1 to 6 of the reliability list: where a confirmation can be cut short. */
export const kills: readonly Kill[] = [
  {
    case: 1,
    title: 'killed before the inbox commit: redelivered, once',
    points: [
      {
        name: 'at the commit',
        unacknowledged: true,
        arm: commit('before', received),
        dead: (at) => ({ ...untouched(at), received: 0 }),
      },
      {
        name: "waiting for the conversation's lock",
        unacknowledged: true,
        arm: lock('select pg_advisory_xact_lock(hashtextextended($1, 0))', (stage) => [
          stage.conversation,
        ]),
        dead: (at) => ({ ...untouched(at), received: 0 }),
      },
    ],
  },
  {
    case: 2,
    title: 'killed after the commit, before the acknowledgement: duplicate ignored',
    points: [
      {
        name: 'stored, not acknowledged',
        unacknowledged: true,
        arm: commit('after', received),
        dead: (at) => ({ ...untouched(at), received: 1 }),
      },
    ],
  },
  {
    case: 3,
    title: 'killed in the handler: rolled back, run again',
    points: [
      {
        name: 'at the commit of its effects',
        arm: commit('before', effects),
        dead: (at) => ({ ...untouched(at), received: 1 }),
      },
      {
        name: 'while it writes its effects',
        arm: lock('lock table outbox in share mode', () => []),
        dead: (at) => ({ ...untouched(at), received: 1 }),
      },
      {
        name: 'its effects committed, and it does not know',
        arm: commit('after', effects),
        dead: () => ({ received: 1, handled: true, answers: 1, confirmations: 1 }),
      },
    ],
  },
  {
    case: 4,
    title: 'killed after the order row, before the call: same id submitted',
    points: [
      {
        name: 'orders written, none sent',
        arm: commit('after', ordersWritten),
        dead: ({ proposal }) => ({
          state: 'submitting',
          orders: proposal.legs.map(() => 'prepared'),
          submits: each(proposal, 0),
          atBroker: each(proposal, 0),
        }),
      },
      {
        name: 'the broker unavailable',
        arm: fault(
          { kind: 'unavailable' },
          1_000,
          async (stage, { leg }, calls) => ((await callsOf(stage)).submit ?? 0) > calls + leg,
        ),
        dead: (at) => ({
          orders: split(at, 'filled', 'prepared'),
          submits: split(at, 1, 0),
          atBroker: split(at, 1, 0),
        }),
      },
    ],
  },
  {
    case: 5,
    title: 'killed after the call, before its answer is stored: looked up, no second call',
    points: [
      {
        name: 'filled, and no answer came',
        arm: fault({ kind: 'never-answer' }, 1, filledAtBroker),
        dead: (at) => ({
          orders: split(at, 'filled', 'prepared'),
          submits: split({ ...at, leg: at.leg + 1 }, 1, 0),
          atBroker: split({ ...at, leg: at.leg + 1 }, 1, 0),
        }),
      },
      {
        name: 'at the commit of the answer',
        arm: commit('before', fillsTaken, ({ leg }) => leg),
        dead: (at) => ({
          orders: split(at, 'filled', 'prepared'),
          submits: split({ ...at, leg: at.leg + 1 }, 1, 0),
          atBroker: split({ ...at, leg: at.leg + 1 }, 1, 0),
        }),
      },
    ],
  },
  {
    case: 6,
    title: 'killed between two orders: only the rest',
    points: [
      {
        name: 'one order done, the next not sent',
        arm: commit('after', fillsTaken, ({ leg }) => leg),
        dead: (at) => ({
          orders: split({ ...at, leg: at.leg + 1 }, 'filled', 'prepared'),
          submits: split({ ...at, leg: at.leg + 1 }, 1, 0),
          atBroker: split({ ...at, leg: at.leg + 1 }, 1, 0),
        }),
      },
    ],
  },
];

export function killOf(number: number): Kill {
  const found = kills.find((kill) => kill.case === number);
  assert.ok(found, `There is no kill of case ${number}.`);
  return found;
}
