import { randomBytes } from 'node:crypto';
import { sandboxPrices } from '../adapters/prices/sandbox.ts';
import { createBot } from '../bot/bot.ts';
import { abilitiesOf } from '../bot/commands/index.ts';
import type { Body, Event, Source } from '../bot/event.ts';
import { lastClose, marketView } from '../bot/market.ts';
import type { ChatAdapter, Logger } from '../bot/ports.ts';
import type { Action, Reply } from '../bot/reply.ts';
import type { Person } from '../bot/store.ts';
import { tasks } from '../bot/tasks.ts';
import { bodyOf, replyText } from './hostile-bench.ts';
import { freshStore } from './store.ts';

const platforms = ['web', 'telegram', 'discord', 'slack'];
const assets = ['SPY', 'AGG', 'GLD', 'BIL', 'BTC-USD'];
/** 1 June 2015 to 29 May 2026. */
const [firstDay, lastDay] = [16_587, 20_602];

/**
 * The whole bot on a real store with four platforms, each of which keeps what it is told to deliver.
 * A second bot on the same store is what a second process would be.
 */
export async function openLinkBench(kind: 'pglite' | 'postgres') {
  const logged: string[] = [];
  const note = (fields: unknown, message: string) => {
    logged.push(`${message} ${JSON.stringify(fields)}`);
  };
  const log: Logger = { info: note, warn: note, error: note };
  const store = await freshStore(kind, { log });
  const prices = sandboxPrices(7);
  const { bars, actions } = await prices.fetch(assets, firstDay, lastDay);
  const view = marketView({ bars, actions, source: prices.source, simulated: true });
  const clock = { at: lastClose(view) + 60_000, now: () => clock.at };
  const delivered: { readonly to: Source; readonly reply: Reply; readonly edits: boolean }[] = [];
  const adapters = platforms.map(
    (platform): ChatAdapter => ({
      platform,
      deliver: async (to, reply, previous) => {
        delivered.push({ to, reply, edits: previous !== null });
        return [String(delivered.length)];
      },
      typing: () => undefined,
    }),
  );
  const buttonKey = new Uint8Array(randomBytes(32));
  const begin = () =>
    createBot({
      store,
      clock,
      random: { bytes: (count) => new Uint8Array(randomBytes(count)) },
      market: { view: async () => view },
      compute: {
        run: async <T>(task: string, input: unknown) =>
          (await tasks[task as keyof typeof tasks](input as never, () => undefined)) as T,
      },
      log,
      buttonKey,
      abilities: abilitiesOf({ cashRate: 0.02 }),
      adapters,
    });
  const bot = begin();
  let deliveries = 0;

  /** Somebody in the direct chat of a platform, or in a group there. */
  function chat(platform: string, identity: string, group?: string) {
    const source: Source = {
      ...{ platform, installation: 'one', identity },
      conversation: group ?? `dm-${identity}`,
    };
    const mine = () => delivered.filter(({ to }) => to.conversation === source.conversation);
    const eventOf = (body: Body): Event => ({
      ...{ id: `d${++deliveries}`, source, surface: group ? 'group' : 'direct', locale: 'en-US' },
      ...{ at: clock.at, body },
    });

    /** @returns what is said in this conversation until nothing is left under way */
    async function send(body: Body): Promise<readonly Reply[]> {
      const before = mine().length;
      await bot.receive(eventOf(body));
      await bot.idle();
      return mine()
        .slice(before)
        .map(({ reply }) => reply);
    }
    const find = (label: string): Exclude<Action, { kind: 'link' }> => {
      const all = mine()
        .flatMap(({ reply }) => reply.actions)
        .reverse();
      const found = all.find((one) => one.label === label);
      if (found === undefined || found.kind === 'link') {
        throw new Error(`No button "${label}" in: ${all.map((one) => one.label).join(', ')}`);
      }
      return found;
    };
    const textOf = (replies: readonly Reply[]) => replies.map(replyText).join('\n---\n');
    return {
      source,
      send,
      eventOf,
      find,
      said: async (text: string) => textOf(await send(bodyOf(text))),
      pressed: async (label: string) =>
        textOf(await send({ kind: 'button', token: find(label).do })),
      picked: async (label: string, option: string) => {
        const select = find(label);
        if (select.kind !== 'select') throw new Error(`"${label}" is no select.`);
        const { value } = select.options.find((one) => one.label.startsWith(option))!;
        return textOf(await send({ kind: 'select', token: select.do, value }));
      },
      /** Everything said here so far, and whether it took the place of an earlier message. */
      heard: () => mine().map(({ reply, edits }) => ({ text: replyText(reply), edits })),
      person: async (): Promise<Person> => (await store.read.people.byIdentity(source))!,
    };
  }

  return { bot, begin, store, clock, logged, delivered, chat };
}

export type LinkBench = Awaited<ReturnType<typeof openLinkBench>>;
export type Chat = ReturnType<LinkBench['chat']>;

/** The code that a chat was given last. */
export function codeIn(text: string): string {
  const code = /\/link ([0-9A-Z]{4}-[0-9A-Z]{4})/.exec(text)?.[1];
  if (code === undefined) throw new Error(`No code in: ${text}`);
  return code;
}

/** Joins a chat to the account of another, from code to confirmation. */
export async function linkTo(account: Chat, joining: Chat): Promise<string> {
  await joining.said(`/link ${codeIn(await account.said('/link'))}`);
  return joining.pressed('Yes, join it');
}

/** Three chats of a turn, each of which has agreed and shows the first question. */
export async function threeChats(
  bench: LinkBench,
  turn: string,
): Promise<readonly [web: Chat, telegram: Chat, discord: Chat]> {
  const chats = ['web', 'telegram', 'discord'].map((on) => bench.chat(on, `${on}${turn}`));
  for (const chat of chats) {
    await chat.said('hello');
    await chat.pressed('I have read this and agree');
  }
  return [chats[0], chats[1], chats[2]];
}

/** Whether two chats are one account now. */
export async function isShared(one: Chat, other: Chat): Promise<boolean> {
  const [a, b] = [await one.person(), await other.person()];
  return a.workspace === b.workspace && a.person === b.person;
}
