import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Client, Events, GatewayIntentBits, type Interaction, Partials } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { intents } from './frames.ts';
import { createDiscordPerson } from './person.ts';
import { createRaw } from './raw.ts';
import { type FakeDiscord, startDiscord } from './server.ts';

const file = fileURLToPath(
  new URL('../../../shared/specs/inbound-samples/discord.json', import.meta.url),
);
const absent = existsSync(file) ? '' : ': the recorded samples in ../shared are absent';

type Json = Readonly<Record<string, unknown>>;

function samples(): Readonly<Record<string, Json>> {
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, Json>;
}

function recorded(kind: (sample: Json) => boolean): { name: string; sample: Json }[] {
  return Object.entries(samples()).flatMap(([name, sample]) =>
    kind(sample) ? [{ name, sample }] : [],
  );
}

const presses = () => recorded((sample) => sample.type === 3);

/** The names of all fields, as far as they are ours to make. */
function names(of: unknown, at = ''): string[] {
  if (Array.isArray(of)) return names(of[0], `${at}[]`);
  if (of === null || typeof of !== 'object') return [];
  return Object.entries(of).flatMap(([key, value]) => [
    `${at}.${key}`,
    ...names(value, `${at}.${key}`),
  ]);
}

describe.skipIf(absent !== '')(`what Discord was recorded to send${absent}`, () => {
  let fake: FakeDiscord;
  let client: Client;
  beforeEach(async () => {
    fake = await startDiscord();
    const { metadata } = samples();
    const guild = String(metadata.guildId);
    for (const id of [metadata.channelId, metadata.threadId]) {
      fake.world.channelIn(guild, String(id));
    }
    const { Guilds, GuildMessages, DirectMessages } = GatewayIntentBits;
    client = new Client({
      intents: [Guilds, GuildMessages, DirectMessages],
      partials: [Partials.Channel],
      rest: { api: `${fake.url}/api` },
    });
    const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
    await client.login(fake.token);
    await ready;
  });
  afterEach(async () => {
    await client.destroy();
    await fake.stop();
  });

  it('is understood by discord.js when the fake dispatches it: pressed buttons', async () => {
    const heard: string[] = [];
    client.on(Events.InteractionCreate, (interaction: Interaction) => {
      if (interaction.isButton()) heard.push(interaction.customId);
    });
    for (const { sample } of presses()) {
      const guild = (sample.guild_id ?? null) as string | null;
      // The sample of a direct chat was cut short by those who kept it; Discord always sends this.
      const d = { authorizing_integration_owners: {}, ...sample };
      fake.gateway.dispatch({ t: 'INTERACTION_CREATE', d, guild, intent: 0 });
    }
    await fake.gateway.heard();
    const sent = presses().map(({ sample }) => (sample.data as { custom_id: string }).custom_id);
    expect(sent.length).toBeGreaterThan(5);
    expect(heard).toEqual(sent);
  });

  it('is understood by discord.js when the fake dispatches it: messages', async () => {
    const heard: string[] = [];
    client.on(Events.MessageCreate, (message) => heard.push(message.content));
    const told = recorded((sample) => sample.type === 'GATEWAY_MESSAGE_CREATE').map(
      ({ sample }) =>
        sample.data as { id: string; guild_id: string; content: string; channel_id: string },
    );
    for (const d of told) {
      const intent = intents.guildMessages;
      fake.gateway.dispatch({ t: 'MESSAGE_CREATE', d, guild: d.guild_id, intent });
    }
    await fake.gateway.heard();
    // Some were kept twice: the library tells of a message once.
    const expected = told.filter(({ id }, at) => told.findIndex((one) => one.id === id) === at);
    expect(expected.length).toBeGreaterThan(3);
    expect(heard).toEqual(expected.map(({ content }) => content));
  });

  it('has no field that the fake leaves out of its own', async () => {
    const ask = createRaw(fake);
    const row = {
      type: 1,
      components: [{ type: 2, style: 1, label: 'Say Hello', custom_id: 'hello' }],
    };
    const ada = createDiscordPerson(fake, '2001');
    fake.world.channelIn('900', '901');
    for (const [place, name] of [
      ['901', 'buttonClickHello'],
      [ada.direct(), 'dmButtonClick'],
    ] as const) {
      await ask('POST', `/channels/${place}/messages`, { content: 'x', components: [row] });
      const { payload } = ada.pressed('Say Hello', place).interaction;
      const own = new Set(names(payload));
      // Their channel is a thread, their message has an embed, and people there have decorations.
      const theirs = names(samples()[name]).filter(
        (one) =>
          !/^\.channel\.|\.embeds|_decoration|clan|collectibles|display_name_styles/.test(one),
      );
      const missing = theirs.filter((one) => !own.has(one));
      expect([name, missing]).toEqual([
        name,
        ['.member.unusual_dm_activity_until'].filter(() => place === '901'),
      ]);
    }
  });
});
