import { botScopes } from '../adapters/slack/manifest.ts';
import type { Delivery as Carried } from '../fakes/slack/delivery.ts';
import { createSlackPerson } from '../fakes/slack/person.ts';
import { seededFaults } from '../fakes/slack/scripted-faults.ts';
import { type FakeSlack, startSlack } from '../fakes/slack/server.ts';
import { createLeapingTimer } from '../fakes/telegram/timer.ts';
import type { ChatPlatform, Delivery } from './chat-stage.ts';

export interface SlackPlatform extends ChatPlatform {
  readonly fake: FakeSlack;
}

const team = 'T0001';
const signingSecret = '0123456789abcdef'.repeat(2);

/** Slack numbers what it sends again up to this. */
const mostRetries = 3;

/** Slack: signed requests over HTTP, or a socket that Keel opens. */
export const openSlack =
  (way: 'http' | 'socket') =>
  async (clock: { now(): number }): Promise<SlackPlatform> => {
    const timer = createLeapingTimer();
    const fake = await startSlack({
      now: clock.now,
      signNow: clock.now,
      paceNow: timer.now,
      // No more than people are told to grant.
      app: { signingSecret, scopes: botScopes.map(({ scope }) => scope) },
    });
    const taken = new Set<string>();
    const carried = (...all: readonly Carried[]): Delivery => {
      let attempt = 0;
      return {
        async post() {
          if (way === 'socket') await fake.sockets.ready();
          const again = attempt++;
          for (const one of all) {
            const { acknowledged, status } = await (again > 0
              ? fake.delivery.repeat(one, Math.min(again, mostRetries))
              : fake.delivery.push(one));
            if (!acknowledged) throw new Error(`${one.kind} was answered with ${status}.`);
            taken.add(`${one.kind} ${one.id}`);
          }
        },
      };
    };
    return {
      fake,
      name: `slack by ${way}`,
      env(port) {
        fake.setRequestUrl(`http://127.0.0.1:${port}/slack/events`);
        return {
          SLACK_BOT_TOKEN: fake.token(team),
          SLACK_API_ROOT: fake.apiUrl,
          ...(way === 'http'
            ? { SLACK_SIGNING_SECRET: signingSecret }
            : { SLACK_APP_TOKEN: fake.app.appToken }),
        };
      },
      options: { chatTime: timer, chatWall: clock.now },
      person(at) {
        const person = createSlackPerson(fake, team, `U${String(501 + at).padStart(8, '0')}`);
        const command = /^\/(.*)$/s;
        return {
          said(text) {
            const words = command.exec(text)?.[1];
            return carried(
              words === undefined ? person.typed(text) : person.commanded('/keel', words),
            );
          },
          pressed: (label) => carried(person.pressed(label)),
          sentFile: (name, bytes) => carried(...person.sentFile(name, bytes)),
          standing: () => person.standing().filter(({ bot }) => bot),
        };
      },
      // While Keel restarts nothing is answered; it counts when it never was.
      violations: () => [
        ...fake.world.violations,
        ...fake.world.unanswered.filter((one) => !taken.has(one)),
      ],
      disturb(seed) {
        const shares = { twice: 0.1, ackLost: 0.1, notSent: 0.05, held: 0.1 };
        fake.injectDelivery(seededFaults(seed, shares).deliveryFault);
      },
      release: () => fake.delivery.release(),
      leap: (ms) => timer.leap(ms),
      stop: () => fake.stop(),
    };
  };
