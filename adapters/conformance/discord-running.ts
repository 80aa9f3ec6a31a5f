import { everyComponent } from '../../fakes/discord/components.ts';
import { createDiscordPerson } from '../../fakes/discord/person.ts';
import type { Seen } from '../../fakes/discord/seen.ts';
import { startDiscord } from '../../fakes/discord/server.ts';
import type { FakeMessage } from '../../fakes/discord/world.ts';
import { quiet } from '../../fakes/store.ts';
import { createDiscord } from '../discord/index.ts';
import { createHttpServer } from '../http/index.ts';
import { asRead } from './discord-markdown.ts';
import { pixels } from './pixels.ts';
import type { RunningChat, Standing } from './subject.ts';

const group = '1457510428359004343';
const personId = (nth: number) => String(1_033_044_521_375_764_000n + BigInt(nth));

/** The adapter on a strict Discord, interactions by the gateway or by HTTP. */
export async function openDiscord(mode: 'gateway' | 'http'): Promise<RunningChat> {
  const fake = await startDiscord();
  const http = createHttpServer({ host: '127.0.0.1', port: 0, log: quiet });
  const people = [1, 2].map((nth) => createDiscordPerson(fake, personId(nth)));
  fake.world.channelIn('1457468924290662599', group);
  const path = '/discord/interactions';
  const adapter = createDiscord({
    token: fake.token,
    mode:
      mode === 'gateway'
        ? { gateway: {} }
        : { http: { publicKey: fake.publicKey, path, server: http } },
    apiRoot: `${fake.url}/api`,
    log: quiet,
    clock: { now: Date.now },
    images: { png: async (spec) => pixels(JSON.stringify(spec)) },
  });
  adapter.connect({
    receive: async () => true,
    openForm: async () => ({ refused: 'No form here.' }),
    checkForm: async () => ({ refused: 'No form here.' }),
    heard: async () => false,
    suggest: () => [],
    commands: [],
  });
  const address = await http.start();
  await adapter.start();
  if (mode === 'http') await fake.endpoint.set(`${address}${path}`);
  const place = { platform: 'discord', installation: fake.applicationId };
  return {
    adapter,
    to: (nth) => ({ ...place, conversation: personId(nth), identity: personId(nth) }),
    inGroup: (nth) => ({ ...place, conversation: group, identity: personId(nth) }),
    async standing(conversation) {
      const person = people.find(({ id }) => id === conversation);
      const where = person === undefined ? group : undefined;
      return (person === undefined ? people : [person]).flatMap((one) => {
        const messages = one.messages(where);
        return one
          .standing(where)
          .flatMap((seen, at) => (seen.bot ? [standingOf(seen, messages[at])] : []));
      });
    },
    violations: () => fake.world.violations,
    async stop() {
      await adapter.stop();
      await http.stop();
      await fake.stop();
    },
  };
}

function standingOf({ words, files }: Seen, { components }: FakeMessage): Standing {
  const [file] = files;
  return {
    words: asRead(words),
    labels: everyComponent(components).flatMap(({ component }) => [
      component.label ?? component.placeholder ?? '',
      ...(component.options ?? []).flatMap(({ label, description }) => [label, description ?? '']),
    ]),
    file: file === undefined ? null : Buffer.from(file.bytes).toString('utf8'),
  };
}
