import { randomBytes, randomUUID } from 'node:crypto';
import { sandboxPrices } from '../adapters/prices/sandbox.ts';
import { createBot } from '../bot/bot.ts';
import { abilitiesOf } from '../bot/commands/index.ts';
import type { Body, Source } from '../bot/event.ts';
import { lastClose, marketView } from '../bot/market.ts';
import type { ChatAdapter, Logger } from '../bot/ports.ts';
import type { Action, Block, Reply } from '../bot/reply.ts';
import type { Person, StoredDialogue } from '../bot/store.ts';
import { tasks } from '../bot/tasks.ts';
import { freshStore } from './store.ts';

const assets = ['SPY', 'AGG', 'GLD', 'BIL', 'BTC-USD'];
/** 1 June 2015 to 29 May 2026. */
const [firstDay, lastDay] = [16_587, 20_602];

/** The whole bot on a real store, with a chat adapter that keeps what it is told to deliver. */
export async function openHostileBench() {
  const faults: string[] = [];
  const told = (fields: unknown, message: string) => {
    faults.push(`${message} ${JSON.stringify(fields)}`);
  };
  const log: Logger = { info: () => undefined, warn: told, error: told };
  const store = await freshStore('pglite', { log });
  const prices = sandboxPrices(7);
  const { bars, actions } = await prices.fetch(assets, firstDay, lastDay);
  const view = marketView({ bars, actions, source: prices.source, simulated: true });
  const now = lastClose(view) + 60_000;

  const delivered: Reply[] = [];
  const adapter: ChatAdapter = {
    platform: 'web',
    deliver: async (_to, reply) => {
      delivered.push(reply);
      return [String(delivered.length)];
    },
    typing: () => undefined,
  };
  const bot = createBot({
    store,
    clock: { now: () => now },
    random: { bytes: (count) => new Uint8Array(randomBytes(count)) },
    market: { view: async () => view },
    compute: {
      run: async <T>(task: string, input: unknown) =>
        (await tasks[task as keyof typeof tasks](input as never, () => undefined)) as T,
    },
    log,
    buttonKey: new Uint8Array(randomBytes(32)),
    abilities: abilitiesOf({ cashRate: 0.02 }),
    adapters: [adapter],
  });

  /** One person in a conversation of their own. */
  function visitor(name: string) {
    const source: Source = {
      platform: 'web',
      installation: 'local',
      conversation: name,
      identity: name,
    };
    let said: readonly Reply[] = [];

    /** @returns what was answered: complete, because nothing is left under way */
    async function send(body: Body): Promise<readonly Reply[]> {
      const before = delivered.length;
      await bot.receive({
        id: randomUUID(),
        source,
        surface: 'direct',
        locale: 'en-US',
        at: now,
        body,
      });
      await bot.idle();
      said = delivered.slice(before);
      return said;
    }
    const says = (text: string) => send(bodyOf(text));
    const find = (label: string): Exclude<Action, { kind: 'link' }> => {
      const found = said.flatMap((reply) => reply.actions).find((one) => one.label === label);
      if (found === undefined || found.kind === 'link') {
        throw new Error(`No button "${label}" in: ${said.map(replyText).join('\n')}`);
      }
      return found;
    };
    let known: Promise<Person | null> | null = null;
    const person = async (): Promise<Person> => {
      known ??= store.read.people.byIdentity(source);
      return (await known)!;
    };
    return {
      name,
      source,
      send,
      says,
      bodyOf,
      find,
      person,
      press: (label: string) => send({ kind: 'button', token: find(label).do }),
      async dialogue(): Promise<StoredDialogue> {
        return store.read.dialogues.get(await person(), 'direct');
      },
      /** Puts an open dialogue back as it was, whatever has been made of it. */
      async reopen(state: unknown, version: number): Promise<void> {
        const owner = await person();
        await store.transact((tx) => tx.dialogues.put(owner, 'direct', state, version));
      },
      /** What must survive everything: answers, goal and holdings, as JSON. */
      async kept(): Promise<string> {
        const { read } = store;
        const owner = (await read.people.byIdentity(source))!;
        const held = [
          await read.answers.current(owner),
          await read.goals.current(owner),
          await read.ledger.holdings(owner),
          owner.consentedAt,
        ];
        return JSON.stringify(held, (_, value) => (typeof value === 'bigint' ? `${value}` : value));
      },
    };
  }

  return { bot, store, now, faults, delivered, visitor };
}

export type HostileBench = Awaited<ReturnType<typeof openHostileBench>>;
export type Visitor = ReturnType<HostileBench['visitor']>;

/** As the web chat reads what is typed. */
export function bodyOf(text: string): Body {
  const match = /^\/([a-z][a-z0-9-]{0,31})(?:\s+([\s\S]*))?$/i.exec(text);
  if (match === null) return { kind: 'text', text };
  return { kind: 'command', name: match[1].toLowerCase(), args: (match[2] ?? '').trim() };
}

/** Everything a person reads of a reply, buttons in brackets. */
export function replyText(reply: Reply): string {
  const blocks = reply.blocks.map(blockText);
  return [...blocks, reply.actions.map(({ label }) => `[${label}]`).join(' ')]
    .filter((line) => line !== '')
    .join('\n');
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'text':
    case 'notice':
      return block.text;
    case 'facts':
      return block.facts.map(({ label, value }) => `${label}: ${value}`).join('\n');
    case 'table':
      return [
        block.title ?? '',
        block.columns.map(({ label }) => label).join(' | '),
        ...block.rows.map((row) => row.join(' | ')),
      ].join('\n');
    case 'progress':
      return block.label;
    case 'image':
      return block.alt;
    case 'file':
      return block.name;
  }
}
