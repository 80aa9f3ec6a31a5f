import { webApi } from '@slack/bolt';
import type { Hono } from 'hono';
import { z } from 'zod';
import { PortError } from '../../bot/errors.ts';
import type { Images, Logger } from '../../bot/ports.ts';
import type { Chat } from '../chat.ts';
import { realTimer, type Timer } from '../timer.ts';
import { createApi } from './api.ts';
import { type Arrivals, clientOptions, createBolt, createDeliver } from './bolt.ts';
import { downloader } from './download.ts';
import { faultOf, isDeadToken, refusalOf, sentences } from './faults.ts';
import { createGate } from './gate.ts';
import { createIntake, type SlackDoor } from './intake.ts';
import { choices } from './limits.ts';
import { oauthRoutes } from './oauth.ts';
import { createPace } from './pace.ts';
import { placeFor } from './place.ts';
import { httpReceiver } from './receiver.ts';
import { createRegret } from './regret.ts';
import { createAnswers } from './response-url.ts';
import { createSender } from './sender.ts';
import { createSettle } from './settle.ts';
import { socketReceiver } from './socket.ts';
import { spelledReply } from './spelled.ts';
import { createUploads } from './upload.ts';
import { createWhispers } from './whisper.ts';
import {
  type Installation,
  manyWorkspaces,
  oneWorkspace,
  type SlackInstallations,
  type Workspace,
  workspaceOf,
} from './workspaces.ts';

interface Http {
  mount(path: string, routes: Hono): void;
}

export interface SlackOptions {
  /** One workspace by its token, or all that install Keel. */
  readonly workspaces:
    | { readonly token: string }
    | {
        readonly clientId: string;
        readonly clientSecret: string;
        readonly publicUrl: string;
        /** Signs what leaves through people's browsers. */
        readonly key: Uint8Array;
        readonly installations: SlackInstallations;
        /** Another Slack's page of consent, for tests. */
        readonly authorizeUrl?: string;
      };
  /** Signed requests over HTTP, or Socket Mode. */
  readonly mode: { readonly signingSecret: string } | { readonly appToken: string };
  readonly http: Http;
  /** Another Slack API, e.g. "http://localhost:1/api", without a slash at the end. */
  readonly apiRoot?: string;
  readonly log: Logger;
  readonly images: Images;
  /** Tests give a timer that leaps. */
  readonly timer?: Timer;
  /** Real time, by which Slack signs and lets addresses run out: never a clock that stands still. */
  readonly wallNow?: () => number;
  /** How long Slack waits for an acknowledgement, less what the way takes. */
  readonly ackMs?: number;
  /** How long it is waited after a fault before Slack is tried again. */
  readonly pauseMs?: number;
}

export type Slack = Chat<SlackDoor>;

const selfSchema = z.object({
  url: z.url(),
  team_id: z.string().min(1),
  user_id: z.string().min(1),
  app_id: z.string().optional(),
  enterprise_id: z.string().nullish(),
});

/** Keel on Slack: both directions of the platform "slack". */
export function createSlack(options: SlackOptions): Slack {
  const { log, images, apiRoot, mode } = options;
  const timer = options.timer ?? realTimer;
  const wallNow = options.wallNow ?? Date.now;
  let connected: SlackDoor | null = null;
  let commandNames: ReadonlySet<string> = new Set();
  let fault: string | null = null;
  let address: string | null = null;
  let again: NodeJS.Timeout | undefined;
  let stopped = false;

  const door = () => {
    if (connected === null) throw new PortError('slack', 'unreachable', 'Keel is starting.');
    return connected;
  };
  const tell = (sentence: string | null) => {
    if (sentence !== null && sentence !== fault) log.error({ platform: 'slack' }, sentence);
    fault = sentence;
  };

  const many = 'installations' in options.workspaces ? options.workspaces : null;
  const one = oneWorkspace();
  const workspaces = many === null ? one : manyWorkspaces(many.installations);
  async function lost(workspace: Workspace): Promise<PortError> {
    if (many === null) {
      tell(sentences.revoked);
      return new PortError('slack', 'unreachable', sentences.revoked);
    }
    // Slack will not take this token again, so nobody needs to keep it.
    return (await workspaces.forget(workspace))
      ? new PortError('slack', 'gone', 'Keel was removed from that Slack workspace.')
      : new PortError('slack', 'unreachable', 'That Slack workspace has installed Keel again.');
  }

  const client = new webApi.WebClient(undefined, clientOptions(apiRoot, log));
  const api = createApi({ client, pace: createPace(timer), lost });
  const answers = createAnswers({ apiRoot, wallNow });
  const uploads = createUploads({ api, images, timer });
  const sender = createSender({ api, uploads, whispers: createWhispers(api, answers), timer, log });
  const download = downloader(apiRoot, choices.ackMs - 500);
  const intake = createIntake({ api, sender, answers, download, workspaces, log, wallNow, door });

  const regret = createRegret({ answers, sender, workspaces, wallNow, log });
  const arrivals: Arrivals = new WeakMap();
  const ackMs = options.ackMs ?? choices.ackMs;
  const settle = createSettle({ log, tell: regret });
  const deliver = createDeliver({ gate: createGate(workspaces), arrivals, settle, log, ackMs });
  const bolt = { apiRoot, log, workspaces, arrivals, intake: () => intake };

  let socket: ReturnType<typeof socketReceiver> | null = null;
  if ('appToken' in mode) {
    const pauseMs = options.pauseMs ?? 1_000;
    const { appToken } = mode;
    socket = socketReceiver({ appToken, apiRoot, log, timer, deliver, fault: tell, pauseMs });
    createBolt({ ...bolt, receiver: socket.receiver });
  } else {
    const { signingSecret } = mode;
    const http = httpReceiver({ signingSecret, log, wallNow, deliver });
    createBolt({ ...bolt, receiver: http.receiver });
    options.http.mount('/slack/events', http.routes);
  }
  if (many !== null) {
    const { installations, authorizeUrl = 'https://slack.com/oauth/v2/authorize' } = many;
    const routes = { ...many, authorizeUrl, client, installations, log, wallNow, installed };
    options.http.mount('/slack', oauthRoutes(routes));
  }

  async function installed({ installation, installedAt }: Installation): Promise<void> {
    await door().receive({
      id: `installed:${installedAt}`,
      source: { platform: 'slack', installation, conversation: 'workspace', identity: '' },
      surface: 'group',
      locale: 'en-US',
      at: installedAt,
      body: { kind: 'lifecycle', what: 'installed' },
    });
  }

  /** Which workspace the token is for. */
  async function identify(token: string): Promise<void> {
    const self = selfSchema.parse(await client.auth.test({ token }));
    const app = self.app_id ?? ('appToken' in mode ? appOf(mode.appToken) : null);
    const { team_id: team, user_id: botUser, enterprise_id: enterprise = null } = self;
    one.know({ installation: team, team, enterprise, app, botUser, token });
    address = self.url;
  }

  async function begin(): Promise<void> {
    if (many === null && 'token' in options.workspaces) await identify(options.workspaces.token);
    else if (many !== null) address = `${many.publicUrl}/slack/install`;
    if (stopped) return;
    tell(null);
    await socket?.up();
  }

  return {
    platform: 'slack',
    async deliver(to, reply, previous) {
      const place = placeFor(to, reply);
      // A workspace that removed Keel has no Home tab of it: nothing stands there.
      const gone = place.kind === 'home' && (await workspaces.find(to.installation)) === null;
      if (gone) return [];
      const at = await workspaceOf(workspaces, to.installation);
      const said = spelledReply(reply, commandNames);
      return sender.deliver(at, place, said, previous ?? [], to.ticket);
    },
    typing() {
      // Slack lets only assistants show that they are writing.
    },
    connect(given) {
      connected = given;
      commandNames = new Set(given.commands.map(({ name }) => name));
    },
    async start() {
      try {
        await begin();
      } catch (error) {
        const code = refusalOf(error);
        const inSocket = 'appToken' in mode && address !== null;
        if (isDeadToken(code) || code === 'not_allowed_token_type') {
          throw new PortError('slack', 'refused', inSocket ? sentences.appToken : sentences.token);
        }
        const why = faultOf(error);
        // The web chat need not wait for Slack to come back; what is refused needs a person.
        if (why.code === 'refused') throw why;
        if (stopped) return;
        tell(sentences.away);
        again = setTimeout(
          () => this.start().catch((refused: unknown) => tell(faultOf(refused).message)),
          options.pauseMs ?? 15_000,
        );
      }
    },
    async stop() {
      stopped = true;
      clearTimeout(again);
      await socket?.receiver.stop();
    },
    address: () => address,
    fault: () => fault,
  };
}

/** An app-level token carries the app's id: xapp-1-A012345-… */
function appOf(appToken: string): string | null {
  return /^xapp-\d+-(A[A-Z0-9]+)-/.exec(appToken)?.[1] ?? null;
}
