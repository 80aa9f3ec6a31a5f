import { Api } from 'grammy';
import type { Hono } from 'hono';
import { PortError } from '../../bot/errors.ts';
import type { Clock, Destination, Images, Logger } from '../../bot/ports.ts';
import type { Chat } from '../chat.ts';
import { realTimer, type Timer } from '../timer.ts';
import { downloader } from './download.ts';
import { faultOf, isRefusedToken, sentences } from './faults.ts';
import { createIntake, type TelegramDoor } from './intake.ts';
import { choices, limits } from './limits.ts';
import { createPace } from './pace.ts';
import type { Self } from './parse.ts';
import { directAddress, placeFor, placeOf, pointerText } from './place.ts';
import { createPolling } from './polling.ts';
import { createSender } from './sender.ts';
import { allowedUpdates } from './update.ts';
import { webhookRoutes } from './webhook.ts';

export interface TelegramOptions {
  readonly token: string;
  readonly mode:
    | 'polling'
    | {
        readonly webhook: {
          /** The public https address; its path is mounted on the server. */
          readonly url: string;
          readonly secret: string;
          readonly http: { mount(path: string, routes: Hono): void };
        };
      };
  /** Another Bot API server, without a slash at the end. */
  readonly apiRoot?: string;
  readonly log: Logger;
  readonly clock: Clock;
  readonly images: Images;
  /** For Telegram's own menu. */
  readonly commands: readonly { readonly name: string; readonly summary: string }[];
  /** Tests give a timer that leaps. */
  readonly timer?: Timer;
  readonly timeoutSeconds?: number;
  /** How long polling waits after a fault. */
  readonly pollPauseMs?: number;
}

export type Telegram = Chat<TelegramDoor>;

const day = 86_400_000;

/** Keel on Telegram: both directions of the platform "telegram". */
export function createTelegram(options: TelegramOptions): Telegram {
  const { token, log, clock, images } = options;
  const apiRoot = options.apiRoot ?? 'https://api.telegram.org';
  const timeoutSeconds = options.timeoutSeconds ?? choices.timeoutSeconds;
  const api = new Api(token, { apiRoot, timeoutSeconds });
  // A poll stays open on purpose, so it has its own patience.
  const polls = new Api(token, { apiRoot, timeoutSeconds: choices.pollSeconds + timeoutSeconds });
  const timer = options.timer ?? realTimer;
  const sender = createSender({ api, pace: createPace(timer), images, log, now: timer.now });
  let connected: TelegramDoor | null = null;
  let self: Self | null = null;
  let fault: string | null = null;
  let again: NodeJS.Timeout | undefined;
  let stopped = false;
  const typed = new Map<string, number>();

  const door = () => {
    if (connected === null) throw new PortError('telegram', 'unreachable', 'Keel is starting.');
    return connected;
  };
  const me = () => {
    if (self === null) throw new PortError('telegram', 'unreachable', 'Keel is starting.');
    return self;
  };
  const tell = (sentence: string | null) => {
    if (sentence !== null && sentence !== fault) log.error({ platform: 'telegram' }, sentence);
    fault = sentence;
  };
  const download = downloader(apiRoot, token, timeoutSeconds * 1_000);
  const intake = createIntake({ api, sender, clock, log, download, door });
  const take: Parameters<typeof createPolling>[0]['take'] = (update) => intake(update, me());
  const { mode, pollPauseMs } = options;
  const polling = createPolling({
    api: polls,
    log,
    take,
    fault: tell,
    ...(pollPauseMs === undefined ? {} : { pauseMs: pollPauseMs }),
  });
  if (mode !== 'polling') {
    const { url, secret, http } = mode.webhook;
    if (!limits.secret.test(secret)) {
      throw new PortError(
        'telegram',
        'refused',
        'TELEGRAM_WEBHOOK_SECRET holds 1 to 256 letters, digits, _ or -.',
      );
    }
    http.mount(new URL(url).pathname, webhookRoutes({ secret, log, take }));
  }

  async function listen(): Promise<void> {
    const { url = '' } = await api.getWebhookInfo();
    const own = mode === 'polling' ? '' : mode.webhook.url;
    if (url !== '' && url !== own) {
      throw new PortError('telegram', 'refused', sentences.webhook(hostOf(url)));
    }
    if (mode === 'polling') return polling.start();
    const { secret } = mode.webhook;
    await api
      .setWebhook(own, { secret_token: secret, allowed_updates: [...allowedUpdates] })
      .catch((error: unknown) => {
        const refused = faultOf(error);
        if (refused.code !== 'refused') throw refused;
        const why = refused.message.replace(/^.*?: (Bad Request: )?/, '');
        throw new PortError('telegram', 'refused', sentences.address(why));
      });
  }

  async function begin(): Promise<void> {
    const { id, username } = await api.getMe();
    self = { id, username };
    await api.setMyCommands(menu(options.commands));
    if (stopped) return;
    await listen();
    tell(null);
  }

  /** A person who blocked the bot is remembered as such, once a day. */
  async function blocked(to: Destination): Promise<void> {
    await door().receive({
      id: `gone:${to.identity}:${Math.floor(clock.now() / day)}`,
      source: { ...to, conversation: to.identity },
      surface: 'direct',
      locale: 'en-US',
      at: clock.now(),
      body: { kind: 'lifecycle', what: 'blocked' },
    });
  }

  const deliver: Telegram['deliver'] = async (to, reply, previous) => {
    const place = placeFor(to, reply);
    try {
      return await sender.deliver(place, reply, previous);
    } catch (error) {
      const known = faultOf(error);
      if (known.message === sentences.revoked) tell(sentences.revoked);
      if (known.code !== 'gone' || to.identity === '' || place.chat !== to.identity) throw known;
      if (placeOf(to.conversation).chat === to.identity) {
        await blocked(to).catch((failure: unknown) =>
          log.warn({ error: faultOf(failure).code }, 'a blocked chat was not noted'),
        );
        throw known;
      }
      const button = { text: 'Open the direct chat', url: directAddress(me(), null) };
      await sender.say(placeOf(to.conversation), pointerText, button);
      throw known;
    }
  };

  return {
    platform: 'telegram',
    deliver,
    typing(to) {
      // Nobody in a group is shown that somebody else asks.
      if (to.identity === '') return;
      const { chat, topic } = placeFor(to, { visibility: 'private' });
      // Telegram shows it for five seconds.
      const now = performance.now();
      if (now - (typed.get(chat) ?? Number.NEGATIVE_INFINITY) < 4_000) return;
      if (typed.size > 10_000) typed.clear();
      typed.set(chat, now);
      const where = topic === undefined ? {} : { message_thread_id: topic };
      api.sendChatAction(chat, 'typing', where).catch(() => undefined);
    },
    connect(given) {
      connected = given;
    },
    async start() {
      try {
        await begin();
      } catch (error) {
        const why = isRefusedToken(error)
          ? new PortError('telegram', 'refused', sentences.token)
          : faultOf(error);
        // The web chat need not wait for Telegram to come back; what is refused needs a person.
        if (why.code === 'refused') throw why;
        if (stopped) return;
        tell(sentences.away);
        again = setTimeout(
          () => this.start().catch((refused: unknown) => tell(faultOf(refused).message)),
          pollPauseMs ?? choices.pollPauseMs,
        );
      }
    },
    async stop() {
      stopped = true;
      clearTimeout(again);
      if (mode === 'polling' && self !== null) await polling.stop();
    },
    address: () => (self === null ? null : `https://t.me/${self.username}`),
    fault: () => fault,
  };
}

function menu(commands: TelegramOptions['commands']) {
  return commands
    .filter(({ name }) => limits.commands.name.test(name))
    .slice(0, limits.commands.count)
    .map(({ name, summary }) => ({
      command: name,
      description: summary.slice(0, limits.commands.description),
    }));
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? 'another address';
}
