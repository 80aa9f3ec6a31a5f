import { everyComponent } from '../fakes/discord/components.ts';
import type { Delivery as Carried } from '../fakes/discord/delivery.ts';
import { seededDeliveries } from '../fakes/discord/faults.ts';
import { createDiscordPerson, type DiscordPerson } from '../fakes/discord/person.ts';
import { type FakeDiscord, startDiscord } from '../fakes/discord/server.ts';
import { createLeapingTimer } from '../fakes/telegram/timer.ts';
import { countArrivals } from './arrivals.ts';
import type { ChatPlatform, Delivery } from './chat-stage.ts';
import { disturbances } from './disturbed.ts';
import { waitFor } from './settled.ts';

export interface DiscordPlatform extends ChatPlatform {
  readonly fake: FakeDiscord;
}

/** How long a delivery may take to be stored and answered before it is made again. */
const patienceMs = 3_000;

const alreadyAnswered = 40_060;

/** Discord: messages and interactions over the gateway, or interactions alone, posted and signed. */
export const openDiscord =
  (way: 'gateway' | 'http') =>
  async (clock: { now(): number }): Promise<DiscordPlatform> => {
    const timer = createLeapingTimer();
    const fake = await startDiscord({ now: clock.now, paceNow: timer.now });
    const arrivals = countArrivals();
    const disturbed = disturbances();
    const path = '/discord/interactions';
    let address = '';

    async function overGateway(one: Carried, again: boolean): Promise<void> {
      await fake.gateway.connected();
      if (again) fake.delivery.repeat(one);
      else fake.delivery.push(one);
    }
    async function posted(one: Carried): Promise<void> {
      if (fake.world.endpoint === null) await fake.endpoint.set(address);
      const { status, body } = await fake.endpoint.post(one.interaction!);
      // What comes twice is answered twice; only the first answer counts.
      const answered = (body as { readonly code?: number } | null)?.code === alreadyAnswered;
      if (status !== 200 && status !== 202 && !answered) {
        throw new Error(`It was answered with ${status}.`);
      }
    }
    const carried = (one: Carried): Delivery => {
      const { id } = one.d as { readonly id: string };
      let again = false;
      return {
        async post() {
          const before = arrivals.count(id);
          await (way === 'http' ? disturbed.carry(() => posted(one)) : overGateway(one, again));
          again = true;
          // Discord is told nothing of messages, and of files before they are read. A form is opened
          // within the answer, and nothing is stored.
          const stored = () => arrivals.count(id) > before || one.interaction?.modal != null;
          const answered = () => one.interaction == null || one.interaction.answeredAt !== null;
          const taken = () => stored() && answered();
          await waitFor(`${one.t} to be stored and answered`, taken, patienceMs);
        },
      };
    };

    return {
      fake,
      name: `discord by ${way}`,
      env(port) {
        address = `http://127.0.0.1:${port}${path}`;
        return {
          DISCORD_BOT_TOKEN: fake.token,
          DISCORD_API_ROOT: fake.url,
          ...(way === 'http'
            ? { DISCORD_PUBLIC_KEY: fake.publicKey, DISCORD_INTERACTIONS_PATH: path }
            : {}),
        };
      },
      options: { chatTime: timer, chatWall: clock.now, observe: arrivals.observe },
      person(at) {
        const person = createDiscordPerson(fake, String(900_000_000_000_000_501n + BigInt(at)));
        const command = (text: string) => {
          const [, name, rest] = /^\/(\w+) ?([\s\S]*)$/.exec(text) ?? ['', 'keel', text];
          return person.commanded(name, rest === '' ? {} : { text: rest });
        };
        return {
          // Without a gateway there are no messages: words go behind a command.
          said: (text) =>
            carried(way === 'http' || text.startsWith('/') ? command(text) : person.typed(text)),
          pressed: (label) =>
            carried(options(person).includes(label) ? person.chose(label) : person.pressed(label)),
          sentFile: (name, bytes) =>
            carried(
              way === 'http'
                ? person.commanded('file', { file: { name, bytes } })
                : person.sentFile(name, bytes),
            ),
          standing: () => person.standing().filter(({ bot }) => bot),
        };
      },
      violations: () => fake.world.violations,
      disturb(seed) {
        disturbed.begin(seed);
        fake.delivery.inject(seededDeliveries(seed, { twice: 0.1, later: 0.1, cut: 0.02 }));
      },
      release: () => fake.delivery.release(),
      leap: (ms) => timer.leap(ms),
      stop: () => fake.stop(),
    };
  };

/** What the selects in somebody's direct chat offer. */
function options(person: DiscordPerson): string[] {
  return person
    .messages()
    .flatMap(({ components }) => everyComponent(components))
    .flatMap(({ component }) => (component.options ?? []).map(({ label }) => label));
}
