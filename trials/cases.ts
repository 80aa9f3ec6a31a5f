/** Where a case of the reliability list is proved: a test, by file and name. */
export interface Proof {
  readonly case: number;
  readonly file: string;
  readonly test: string;
}

const kills = 'trials/kills.store.test.ts';
const deliveries = 'trials/deliveries.store.test.ts';
const buttons = 'trials/buttons.store.test.ts';
const prices = 'trials/prices.store.test.ts';
const execute = 'bot/jobs/execute.store.test.ts';
const recovery = 'bot/jobs/recovery.store.test.ts';
const rebalance = 'bot/commands/rebalance.store.test.ts';
const failures = 'adapters/store/failures.store.test.ts';

/** Every case that is a test, on a real Postgres with the real broker process. */
export const proofs: readonly Proof[] = [
  proof(1, kills, 'case 1: killed before the inbox commit, it is redelivered and done once'),
  proof(2, kills, 'case 2: killed before the acknowledgement, the duplicate is ignored'),
  proof(3, kills, 'case 3: killed in the handler, it is rolled back and run again'),
  proof(4, kills, 'case 4: killed before the call, the same id is submitted'),
  proof(5, kills, 'case 5: killed after the call, it is looked up and not called again'),
  proof(6, kills, 'case 6: killed between two orders, only the rest is submitted'),
  proof(
    7,
    deliveries,
    'case 7: one event five times, at once and at two processes, has one effect',
  ),
  proof(
    8,
    deliveries,
    'case 8: a confirmation that arrives after something newer is refused by the version',
  ),
  proof(
    9,
    buttons,
    'case 9: two clicks at once: one wins, the other hears that it was already confirmed',
  ),
  proof(
    10,
    buttons,
    'case 10: confirmed and cancelled at once by two processes, it makes one transition',
  ),
  proof(
    11,
    buttons,
    'case 11: an expired button is refused and a fresh proposal is offered in its place',
  ),
  proof(12, buttons, 'case 12: a button of another person or workspace is refused and audited'),
  proof(13, buttons, 'case 13: a tampered button is refused and confirms nothing'),
  proof(14, deliveries, 'case 14: a valid delivery that is replayed later changes nothing'),
  proof(17, execute, '17: an order accepted without an answer is looked up, not sent again'),
  proof(18, execute, '18: an unavailable broker is waited for, and the same id is sent later'),
  proof(19, execute, '19: a duplicate id refused on retry is fetched, never taken for a rejection'),
  proof(20, execute, '20: a part fill that is then cancelled leaves the ledger at what was filled'),
  proof(21, execute, '21: without cash for a later leg it stops, reports, and does not retry'),
  proof(22, execute, '22: while sells are not filled, buys wait'),
  proof(23, execute, '23: a halted market is said and nothing is traded'),
  proof(
    25,
    failures,
    'case 25: killed inside a transaction, the process survives and later calls work',
  ),
  proof(
    26,
    failures,
    'case 26: with every connection taken, a call waits a bounded time and is refused',
  ),
  proof(
    32,
    deliveries,
    'case 32: a poison event is parked, the next one proceeds and the person is told',
  ),
  proof(37, prices, 'case 37: on stale prices there is no proposal, and their age is shown'),
  proof(
    38,
    prices,
    'case 38: NaN, zero, negative and missing prices are excluded and trading is blocked',
  ),
  proof(
    41,
    rebalance,
    '41: a price that moved by more than 1 % since it was shown has to be confirmed again',
  ),
  proof(43, recovery, '43: workers that carry out the same proposal at once fill it once'),
  proof(44, failures, 'case 44: refuses a second process, and opens once that one was killed'),
];

function proof(number: number, file: string, test: string): Proof {
  return { case: number, file, test };
}
