import { type Advice, makeAdvice } from '../bot/advice/make.ts';
import type { Recommendation } from '../bot/advice/types.ts';
import type { Context } from '../bot/commands/command.ts';
import type { Goal } from '../bot/goal.ts';
import { toMinor, toUnits } from '../bot/money.ts';
import type { MarketView, Quote } from '../bot/ports.ts';
import type { Person, Reads, Scope, Tx } from '../bot/store.ts';
import { questionnaire } from '../bot/suitability/questionnaire.ts';
import { tasks } from '../bot/tasks.ts';
import { noWishes, type Wishes } from '../bot/wishes.ts';
import { type Persona, personas } from '../demo/answers.ts';
import type { PricePanel } from '../engine/panel.ts';
import { strict } from './talk-store.ts';

/** A market as of a panel's last day, at the panel's own prices. */
export function marketOf(panel: PricePanel): MarketView {
  const last = panel.days.length - 1;
  const quotes = panel.assets.map((asset, j): Quote => {
    const price = panel.prices[last * panel.assets.length + j];
    return { asset, price, day: panel.days[last], source: 'made' };
  });
  return {
    source: 'made',
    simulated: true,
    panel,
    panelHash: 'made',
    quotes: new Map(quotes.map((quote) => [quote.asset, quote])),
    rule: 'Each asset counts from its first price.',
    missing: [],
  };
}

/** Long work done at once, over a copy as for another thread. */
const here = {
  run: async <T>(_: string, name: string, input: unknown) =>
    (await tasks[name as keyof typeof tasks](
      structuredClone(input) as never,
      () => undefined,
    )) as T,
};

/** One person who is advised, on plain objects in place of a database. */
export function openAdviceDesk(panel: PricePanel) {
  const person: Person = {
    workspace: 'w1',
    person: 'p1',
    pseudonym: 'calm-otter',
    locale: 'en-US',
    consentedAt: 1,
    disclosureVersion: null,
    createdAt: 1,
  };
  const desk = {
    persona: 'balanced' as Persona,
    goal: { kind: 'max-return' } as Goal,
    wishes: noWishes as Wishes,
    cash: 10_000,
    units: { SPY: 40, AGG: 60 } as Readonly<Record<string, number>>,
    market: marketOf(panel),
    recommendations: [] as Recommendation[],
    artifacts: new Map<string, Uint8Array>(),
    audit: [] as { readonly kind: string; readonly payload: unknown }[],
  };
  const read = {
    answers: strict('answers', {
      current: async () => ({
        questionnaire: questionnaire.version,
        answers: personas[desk.persona],
        revision: 1,
        at: 1,
      }),
    }),
    goals: strict('goals', { current: async () => ({ goal: desk.goal, revision: 1, at: 1 }) }),
    wishes: strict('wishes', {
      current: async () => ({ wishes: desk.wishes, revision: 1, at: 1 }),
    }),
    ledger: strict('ledger', {
      holdings: async () => ({
        cash: { minor: toMinor(desk.cash), currency: 'USD' },
        positions: Object.entries(desk.units).map(([asset, units]) => ({
          asset,
          units: toUnits(units),
          costMinor: 0n,
        })),
        version: 1,
      }),
    }),
    recommendations: strict('recommendations', {
      list: async (_: Scope, limit: number) => desk.recommendations.slice(-limit).reverse(),
      get: async (_: Scope, id: string) =>
        desk.recommendations.find((each) => each.id === id) ?? null,
    }),
    artifacts: strict('artifacts', {
      get: async (hash: string) => desk.artifacts.get(hash) ?? null,
    }),
  } as unknown as Reads;
  const tx = {
    artifacts: strict('artifacts', {
      has: async (hash: string) => desk.artifacts.has(hash),
      put: async (hash: string, body: Uint8Array) => void desk.artifacts.set(hash, body),
    }),
    recommendations: strict('recommendations', {
      put: async (one: Recommendation) => void desk.recommendations.push(one),
    }),
    audit: strict('audit', {
      append: async (row: { kind: string; payload: unknown }) => void desk.audit.push(row),
    }),
  } as unknown as Tx;
  let ids = 0;

  /** What a handler would be given now: a minute after the market's last close. */
  function plain(): Context {
    const { days } = desk.market.panel;
    return {
      person,
      read,
      now: days[days.length - 1] * 86_400_000 + 21 * 3_600_000 + 60_000,
      market: async () => desk.market,
      newId: () => `id-${++ids}`,
    } as unknown as Context;
  }

  /** The same, refusing whatever is not modelled. */
  function context(): Context {
    return strict('context', plain());
  }

  /** Advice as a person asks for it, stored. */
  async function advise(): Promise<Advice> {
    const advice = await makeAdvice(context(), 0.02, here);
    await advice.keep(tx);
    return advice;
  }

  return { desk, read, person, context, plain, advise };
}
