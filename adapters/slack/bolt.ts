import { App, type Receiver } from '@slack/bolt';
import type { Logger } from '../../bot/ports.ts';
import { boltLogger } from './bolt-logger.ts';
import type { Gate } from './gate.ts';
import type { Arrived, Intake } from './intake.ts';
import { choices } from './limits.ts';
import type { Delivery } from './payload.ts';
import type { Settle, Settled } from './settle.ts';
import { within } from './within.ts';
import { installationOf, type Workspaces, workspaceOf } from './workspaces.ts';

interface BoltPorts {
  readonly receiver: Receiver;
  readonly apiRoot: string | undefined;
  readonly log: Logger;
  readonly workspaces: Workspaces;
  /** What passed the door, by Bolt's own body. */
  readonly arrivals: Arrivals;
  readonly intake: () => Intake;
}

/** The read form of each body on its way through Bolt. */
export type Arrivals = WeakMap<object, Arrived>;

/** The address that Bolt's clients call. */
export function clientOptions(apiRoot: string | undefined, log: Logger) {
  return {
    ...(apiRoot === undefined ? {} : { slackApiUrl: `${apiRoot}/` }),
    // The outbox tries again, with its own pace.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    timeout: choices.timeoutMs,
    logger: boltLogger(log),
  };
}

/** One Bolt App: it says whose token answers, leaves out our own words, and hands the rest on. */
export function createBolt(ports: BoltPorts): App {
  const { receiver, apiRoot, log, workspaces, arrivals } = ports;
  const app = new App({
    receiver,
    async authorize({ teamId, enterpriseId, isEnterpriseInstall }) {
      const where = { team: teamId ?? null, enterprise: enterpriseId ?? null, isEnterpriseInstall };
      const { token, botUser } = await workspaceOf(workspaces, installationOf(where) ?? '');
      return { botToken: token, botUserId: botUser };
    },
    clientOptions: clientOptions(apiRoot, log),
    logger: boltLogger(log),
    ignoreSelf: true,
    convoStore: false,
    tokenVerificationEnabled: false,
    attachFunctionToken: false,
  });
  const hand = async (body: object, ack: (answer?: never) => Promise<void>) => {
    const arrived = arrivals.get(body);
    if (arrived === undefined) throw new Error('A body came to Bolt past the door.');
    await ports.intake()(arrived, (answer) => ack(answer as never));
  };
  const nothing = async () => undefined;
  app.event(/.*/, ({ body }) => hand(body, nothing));
  app.command(/.*/, ({ body, ack }) => hand(body, ack));
  app.action(/.*/, ({ body, ack }) => hand(body, ack));
  app.view(/.*/, ({ body, ack }) => hand(body, ack));
  app.shortcut(/.*/, ({ body, ack }) => hand(body, ack));
  // Bolt would log the error with all it holds.
  app.error(async (error) => {
    throw error;
  });
  return app;
}

/** What a receiver does with what came of a delivery. */
export type Delivered = Settled | { readonly kind: 'refused' };
export type Deliver = (
  app: App,
  body: Record<string, unknown>,
  delivery: Delivery,
  retry: number,
) => Promise<Delivered>;

interface DeliverPorts {
  readonly gate: Gate;
  readonly arrivals: Arrivals;
  readonly settle: Settle;
  readonly log: Logger;
  /** Slack is answered after so long at the latest. */
  readonly ackMs: number;
}

/** Both receivers' way to the bot: past the gate, through Bolt, stored before it is acknowledged. */
export function createDeliver({ gate, arrivals, settle, log, ackMs }: DeliverPorts): Deliver {
  return async (app, body, delivery, retry) => {
    const began = performance.now();
    let admitted: Awaited<ReturnType<Gate>>;
    try {
      admitted = await within(ackMs, gate(delivery));
    } catch (error) {
      return settle.failed(delivery, error);
    }
    if (admitted === 'removed already') return { kind: 'acknowledged', answer: undefined };
    if (typeof admitted === 'string') {
      log.warn({ platform: 'slack', why: admitted }, 'a delivery was refused');
      return { kind: 'refused' };
    }
    arrivals.set(body, { delivery, workspace: admitted, retry });
    const left = Math.max(0, ackMs - (performance.now() - began));
    return settle.run(app, body, delivery, retry, left);
  };
}
