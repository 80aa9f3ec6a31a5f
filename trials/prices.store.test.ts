import { afterAll, afterEach, expect, test } from 'vitest';
import { stopTestPostgres } from '../fakes/postgres.ts';
import { type Desk, openDesk } from './desk.ts';

const DAY = 86_400_000;
let desk: Desk;

afterEach(() => desk.close());
afterAll(stopTestPostgres);

test('case 37: on stale prices there is no proposal, and their age is shown', async () => {
  desk = await openDesk();
  const anna = desk.visitor();
  await anna.onboard();
  desk.clock.at += 9 * DAY;
  await anna.say('/rebalance');
  expect(anna.heard()).toMatch(/The last price of \S+ is from .*, \d+ days ago\./);
  expect(anna.heard()).toContain('nothing was proposed');
  expect(await desk.store.read.proposals.list(await anna.scope(), 20)).toEqual([]);

  // Offered in time and confirmed too late: it is not carried out either.
  desk.clock.at -= 9 * DAY;
  await anna.say('/rebalance');
  const [offered] = await desk.store.read.proposals.list(await anna.scope(), 20);
  const late = anna.event({ kind: 'button', token: anna.token('Confirm') });
  desk.clock.at += 9 * DAY;
  await anna.send(late);
  expect(anna.heard()).toMatch(/\d+ days ago\./);
  const scope = await anna.scope();
  expect(await desk.store.read.orders.of(scope, offered.id)).toEqual([]);
});

/** What stands in the price file for the last two weeks. */
const wrong: Readonly<Record<string, string>> = { AGG: 'NaN', TLT: '0', GLD: '-12.5', SHY: '' };

test('case 38: NaN, zero, negative and missing prices are excluded and trading is blocked', async () => {
  desk = await openDesk({
    spoil: (asset, daysBeforeEnd) => (daysBeforeEnd < 10 ? (wrong[asset] ?? null) : null),
  });
  const today = desk.clock.at;
  desk.clock.at -= 28 * DAY;
  const anna = desk.visitor();
  await anna.onboard();
  const scope = await anna.scope();
  const [sound] = await desk.store.read.recommendations.list(scope, 1);
  expect(String(sound.result)).toContain('"AGG","TLT","SHY","GLD"');

  desk.clock.at = today;
  await anna.say('/rebalance');
  expect(anna.heard()).toMatch(/The last price of (AGG|TLT|GLD|SHY) is from .*, \d+ days ago\./);
  await anna.say('/recommend');
  expect(anna.heard()).toContain('I have no price history of AGG, so I cannot plan with it.');
  expect(await desk.store.read.proposals.list(scope, 20)).toEqual([]);
  expect(await desk.store.read.recommendations.list(scope, 20)).toHaveLength(1);

  await anna.say('/holdings remove AGG');
  await anna.press('Yes');
  await anna.say('/recommend');
  expect(anna.heard()).toContain('Left out for want of recent prices: AGG, TLT, SHY, GLD.');
  await anna.say('/rebalance');
  const [proposal] = await desk.store.read.proposals.list(scope, 20);
  const traded = proposal.legs.map((leg) => leg.asset);
  expect(traded.filter((asset) => asset in wrong)).toEqual([]);
  expect(anna.all().join()).not.toMatch(/NaN|Infinity|undefined/);
});

test('case 38: an asset that never had a usable price is not taken into account, and said', async () => {
  desk = await openDesk({ spoil: (asset) => (asset === 'AGG' ? 'NaN' : null) });
  const anna = desk.visitor();
  await anna.onboard();
  expect(anna.all().join()).toContain('I have no price for AGG (US bonds of all kinds) here');
  const scope = await anna.scope();
  const holdings = await desk.store.read.ledger.holdings(scope);
  expect(holdings.positions.map((each) => each.asset)).not.toContain('AGG');
  await anna.say('/rebalance');
  const [proposal] = await desk.store.read.proposals.list(scope, 20);
  expect(proposal.legs.map((leg) => leg.asset)).not.toContain('AGG');
});
