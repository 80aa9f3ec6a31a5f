import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { madeMarket } from '../../bot/advice/made-market.fixture.ts';
import { createBot } from '../../bot/bot.ts';
import { abilitiesOf } from '../../bot/commands/index.ts';
import type { Body, Source } from '../../bot/event.ts';
import { toUnits } from '../../bot/money.ts';
import type { ChatAdapter, Compute, Logger } from '../../bot/ports.ts';
import type { Store } from '../../bot/store.ts';
import { questionnaire } from '../../bot/suitability/questionnaire.ts';
import { noWishes } from '../../bot/wishes.ts';
import { personas } from '../../demo/answers.ts';
import { marketOf } from '../../fakes/advice-desk.ts';
import { replyText } from '../../fakes/hostile-bench.ts';
import { freshStore } from '../../fakes/store.ts';
import { createCompute } from './index.ts';

const panel = madeMarket(1_700);
const now = panel.days[panel.days.length - 1] * 86_400_000;
const log: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
const pool = createCompute({ threads: 1, module: new URL('../../bot/tasks.ts', import.meta.url) });
/** In the order that things came about. */
const seen: string[] = [];
let store: Store & { close(): Promise<void> };

beforeAll(async () => {
  store = await freshStore('pglite', { log });
});
afterAll(async () => {
  await pool.close();
  await store.close();
});

const sourceOf = (name: string): Source => ({
  platform: 'web',
  installation: 'local',
  conversation: name,
  identity: name,
});

/** A balanced person with holdings and a limit of their own. */
async function settle(name: string): Promise<void> {
  await store.transact(async (tx) => {
    const person = await tx.people.resolve(sourceOf(name), 'en-US', now);
    await tx.people.consent(person, '1', now);
    await tx.answers.put(person, questionnaire.version, personas.balanced, now);
    await tx.ledger.append(person, [
      {
        ...{ id: `${name}-SPY`, at: now, kind: 'declared', asset: 'SPY', units: toUnits(40) },
        ...{ cashMinor: 0n, costMinor: 0n, currency: 'USD', reference: 'r' },
      },
    ]);
    const crypto = { kind: 'weight', name: 'crypto', coefficients: { 'BTC-USD': 1 } } as const;
    const limits = [{ ...crypto, lower: 0.05, upper: null }];
    await tx.wishes.put(person, { ...noWishes, limits }, now);
  });
}

function talking() {
  const begun = Promise.withResolvers<void>();
  const compute: Compute = {
    async run<T>(task: string, input: unknown, tell?: (done: number, total: number) => void) {
      seen.push(`begun ${task}`);
      begun.resolve();
      const output = await pool.run<T>(task, input, tell);
      seen.push(`ended ${task}`);
      return output;
    },
  };
  const adapter: ChatAdapter = {
    platform: 'web',
    deliver: async (to, reply) => {
      const [first] = reply.blocks;
      const said = first.kind === 'progress' ? 'waits' : replyText(reply).split('\n')[0];
      seen.push(`${to.conversation}: ${said}`);
      return ['1'];
    },
    typing: () => undefined,
  };
  const bot = createBot({
    ...{ store, clock: { now: () => now }, log, compute, adapters: [adapter] },
    random: { bytes: (count) => new Uint8Array(randomBytes(count)) },
    market: { view: async () => marketOf(panel) },
    buttonKey: new Uint8Array(randomBytes(32)),
    abilities: abilitiesOf({ cashRate: 0.02 }),
  });
  const says = (name: string, body: Body) =>
    bot.receive({
      ...{ id: `${name} says ${JSON.stringify(body)}`, source: sourceOf(name) },
      ...{ surface: 'direct', locale: 'en-US', at: now, body },
    });
  return { bot, says, begun: begun.promise };
}

test('another person is answered while a conflict of limits is being explained', async () => {
  await settle('anna');
  const { bot, says, begun } = talking();
  const args = 'expected shortfall at most 0.05 %';
  await says('anna', { kind: 'command', name: 'limits', args });
  await begun;
  await says('bert', { kind: 'command', name: 'help', args: '' });
  await bot.idle();
  const told = seen.filter((one) => !one.endsWith('waits'));
  expect(told[0]).toBe('begun limits');
  expect(told[1]).toMatch(/^bert: /);
  expect(told.slice(2)).toEqual(['ended limits', 'anna: That limit leaves no mix']);
});
