import { createDiscord } from '../adapters/discord/index.ts';
import { createSlack } from '../adapters/slack/index.ts';
import { createTelegram } from '../adapters/telegram/index.ts';
import { PortError } from '../bot/errors.ts';
import type { ChatAdapter, Destination } from '../bot/ports.ts';
import { seen } from '../fakes/discord/seen.ts';
import { type FakeDiscord, startDiscord } from '../fakes/discord/server.ts';
import { startSlack } from '../fakes/slack/server.ts';
import { quiet } from '../fakes/store.ts';
import { startTelegram } from '../fakes/telegram/server.ts';
import type { LeapingTimer } from '../fakes/telegram/timer.ts';

/** What becomes of a request that sends a message. */
export type Drawn =
  /** 429, with the seconds to wait. */
  | { readonly kind: 'limited'; readonly retryAfter: number }
  | { readonly kind: 'broken'; readonly status: number }
  /** Carried out, and never answered. */
  | { readonly kind: 'hidden' }
  | null;

/** A message that somebody got. */
export interface Arrived {
  readonly to: string;
  readonly text: string;
  readonly hidden: boolean;
}

/** An adapter in front of a platform that misbehaves when a message is sent. */
export interface FaultyPlatform {
  readonly adapter: ChatAdapter;
  /** Where messages for this person go. */
  destination(at: number): Destination;
  /** Everything that arrived, in order, by the identity of who got it. */
  arrived(): readonly Arrived[];
  violations(): readonly string[];
  stop(): Promise<void>;
}

/** Opens an adapter and its platform; the draw is asked for every request that sends a message. */
export interface Faulty {
  readonly open: (timer: LeapingTimer, draw: () => Drawn) => Promise<FaultyPlatform>;
  /** The longest wait that its 429 names, in seconds. */
  readonly longestWait: number;
  /** Whether the platform knows a message that is sent again. */
  readonly knowsAgain: boolean;
}

const images = { png: () => Promise.reject(new PortError('images', 'refused', 'none here')) };
const idle = { mount: () => undefined };

const telegram: Faulty['open'] = async (timer, draw) => {
  const fake = await startTelegram({
    now: timer.now,
    // Requests are under way while time leaps, so the pace is judged in pace.test.ts instead.
    paceNow: null,
    fault(method) {
      const drawn = method === 'sendMessage' ? draw() : null;
      return drawn?.kind === 'limited' ? { ...drawn, kind: 'flood' } : drawn;
    },
  });
  const adapter = createTelegram({
    token: fake.token,
    mode: 'polling',
    apiRoot: fake.url,
    log: quiet,
    clock: timer,
    images,
    commands: [],
    timer,
    timeoutSeconds: 5,
  });
  return {
    adapter,
    destination(at) {
      const id = String(at + 1);
      fake.world.chat(at + 1).open = true;
      return { platform: 'telegram', installation: '7000001', conversation: id, identity: id };
    },
    arrived: () =>
      fake.world.sent.map(({ chat, text, hidden }) => ({ to: String(chat), text, hidden })),
    violations: () => fake.world.violations,
    stop: () => fake.stop(),
  };
};

const discord: Faulty['open'] = async (timer, draw) => {
  const fake = await startDiscord({
    now: timer.now,
    fault: ({ method, route }) =>
      method === 'POST' && route === '/channels/{channel_id}/messages' ? draw() : null,
  });
  const adapter = createDiscord({
    token: fake.token,
    mode: { gateway: {} },
    apiRoot: `${fake.url}/api`,
    log: quiet,
    clock: timer,
    images,
    timer,
  });
  return {
    adapter,
    destination(at) {
      const identity = String(900_000_000_000_000_501n + BigInt(at));
      fake.world.user(identity);
      return {
        platform: 'discord',
        installation: fake.applicationId,
        conversation: identity,
        identity,
      };
    },
    arrived: () => fake.world.sent.map((sent) => arrivedOn(fake, sent)),
    violations: () => fake.world.violations,
    stop: () => fake.stop(),
  };
};

function arrivedOn(fake: FakeDiscord, sent: FakeDiscord['world']['sent'][number]): Arrived {
  const { person } = fake.world.channels.get(sent.channel)!;
  const { words } = seen(fake.world, fake.world.message(sent.message)!);
  return { to: person ?? '', text: words, hidden: sent.hidden };
}

const slack: Faulty['open'] = async (timer, draw) => {
  const signingSecret = '0123456789abcdef'.repeat(2);
  const fake = await startSlack({
    now: timer.now,
    paceNow: null,
    app: { signingSecret },
    fault(method) {
      const drawn = method === 'chat.postMessage' ? draw() : null;
      return drawn?.kind === 'limited' ? { ...drawn, kind: 'flood' } : drawn;
    },
  });
  const adapter = createSlack({
    workspaces: { token: fake.token() },
    mode: { signingSecret },
    http: idle,
    apiRoot: fake.apiUrl.slice(0, -1),
    log: quiet,
    images,
    timer,
    wallNow: timer.now,
  });
  await adapter.start();
  const team = fake.world.team('T0001');
  const people = new Map<string, string>();
  return {
    adapter,
    destination(at) {
      const identity = `U${String(501 + at).padStart(8, '0')}`;
      const conversation = team.dm(identity).id;
      people.set(conversation, identity);
      return { platform: 'slack', installation: 'T0001', conversation, identity };
    },
    arrived: () =>
      fake.world.sent.map(({ channel, text, hidden }) => ({
        to: people.get(channel) ?? '',
        text,
        hidden,
      })),
    violations: () => fake.world.violations,
    async stop() {
      await adapter.stop();
      await fake.stop();
    },
  };
};

export const faulty: Readonly<Record<string, Faulty>> = {
  Telegram: { open: telegram, longestWait: 30, knowsAgain: false },
  // discord.js keeps to a wait in real time, so that none is long here.
  Discord: { open: discord, longestWait: 0.05, knowsAgain: true },
  Slack: { open: slack, longestWait: 30, knowsAgain: false },
};
