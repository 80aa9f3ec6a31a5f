import {
  ChannelType,
  Client,
  type ClientOptions,
  GatewayIntentBits,
  type Interaction,
  MessageFlags,
  Partials,
} from 'discord.js';
import { afterEach, describe, expect, it } from 'vitest';
import { createDiscordPerson } from './person.ts';
import { specMissing } from './schema.ts';
import { type DiscordOptions, type FakeDiscord, startDiscord } from './server.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start(options: DiscordOptions = {}): Promise<FakeDiscord> {
  const fake = await startDiscord(options);
  closing.push(() => fake.stop());
  return fake;
}

async function login(fake: FakeDiscord, more: Partial<ClientOptions> = {}): Promise<Client<true>> {
  const client = new Client({
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.DirectMessages,
    ],
    partials: [Partials.Channel, Partials.Message],
    rest: { api: `${fake.url}/api` },
    ...more,
  });
  closing.push(() => client.destroy());
  const ready = new Promise<void>((resolve) => client.once('clientReady', () => resolve()));
  await client.login(fake.token);
  await ready;
  return client as Client<true>;
}

function next(client: Client): Promise<Interaction> {
  return new Promise((resolve) => client.once('interactionCreate', resolve));
}

describe.skipIf(specMissing !== null)(`discord.js on the fake${specMissing ?? ''}`, () => {
  it('logs in, registers commands, and answers a slash command with a defer and an edit', async () => {
    const fake = await start();
    const client = await login(fake);
    await client.application.commands.set([{ name: 'help', description: 'Everything I can do' }]);
    const ada = createDiscordPerson(fake, '2001');
    const came = next(client);
    const { interaction } = ada.run('help');
    const heard = await came;
    if (!heard.isChatInputCommand()) throw new Error('not a command');
    await heard.deferReply({ flags: MessageFlags.Ephemeral });
    expect(ada.standing()[0]).toMatchObject({ loading: true, ephemeral: true });
    await heard.editReply({
      flags: MessageFlags.IsComponentsV2,
      components: [{ type: 17, components: [{ type: 10, content: 'Hello **Ada**' }] }],
    });
    expect(ada.standing()).toEqual([
      expect.objectContaining({ words: 'Hello **Ada**', loading: false, ephemeral: true }),
    ]);
    await heard.followUp({ content: 'and more', flags: MessageFlags.Ephemeral });
    expect(ada.standing()).toHaveLength(2);
    expect(interaction.answer).toBe(5);
    expect(fake.world.violations).toEqual([]);
  });

  it('resumes after a cut and hears what it missed', async () => {
    const fake = await start();
    const client = await login(fake);
    const ada = createDiscordPerson(fake, '2001');
    const heard: string[] = [];
    client.on('messageCreate', (message) => heard.push(message.content));
    ada.say('one');
    await fake.gateway.heard();
    const resumed = new Promise((resolve) => client.once('shardResume', resolve));
    fake.gateway.cut();
    ada.say('two');
    await resumed;
    await fake.gateway.heard();
    expect(heard).toEqual(['one', 'two']);
    expect(fake.gateway.sessions()).toHaveLength(1);
    expect(fake.world.violations).toEqual([]);
  });

  it('hears of guilds that it is added to and removed from', async () => {
    const fake = await start();
    const client = await login(fake);
    const heard: string[] = [];
    client.on('guildCreate', ({ id }) => heard.push(`in ${id}`));
    client.on('guildDelete', ({ id }) => heard.push(`out ${id}`));
    fake.world.channelIn('900', '901');
    fake.delivery.join(fake.world.guild('900'));
    fake.delivery.leave(fake.world.guild('900'));
    await fake.gateway.heard();
    expect(heard).toEqual(['in 900', 'out 900']);
  });

  it('sends once although an answer was lost and the library asked again', async () => {
    const fake = await start();
    const client = await login(fake);
    const ada = createDiscordPerson(fake, '2001');
    const direct = await client.users.createDM('2001');
    let times = 0;
    fake.inject(({ route }) =>
      route.endsWith('/messages') && times++ === 0 ? { kind: 'hidden' } : null,
    );
    const once = { content: 'one', nonce: 'n1', enforceNonce: true };
    await direct.send(once).catch(() => direct.send(once));
    expect(times).toBe(2);
    expect(ada.standing()).toHaveLength(1);
    expect(fake.world.violations).toEqual([]);
  });

  it('waits as a limit says and then goes on', async () => {
    const fake = await start();
    const client = await login(fake);
    const ada = createDiscordPerson(fake, '2001');
    const direct = await client.users.createDM('2001');
    let times = 0;
    fake.inject(({ route }) =>
      route.endsWith('/messages') && times++ === 0 ? { kind: 'limited', retryAfter: 0.02 } : null,
    );
    await direct.send('one');
    expect([times, ada.standing().length, fake.rates.invalid()]).toEqual([2, 1, 1]);
  });

  it('writes in a direct chat with a file, and edits it', async () => {
    const fake = await start();
    const client = await login(fake);
    const ada = createDiscordPerson(fake, '2001');
    const user = await client.users.createDM('2001');
    expect(user.type).toBe(ChannelType.DM);
    const sent = await user.send({
      nonce: 'n1',
      enforceNonce: true,
      flags: MessageFlags.IsComponentsV2,
      files: [{ attachment: Buffer.from('a,b\n'), name: 'a.csv' }],
      components: [{ type: 13, file: { url: 'attachment://a.csv' } }],
    });
    expect(ada.standing()[0].files.map(({ name }) => name)).toEqual(['a.csv']);
    await sent.edit({ components: [{ type: 10, content: 'gone' }], attachments: [] });
    expect(ada.standing()[0]).toMatchObject({ words: 'gone', files: [], edited: true });
    expect(fake.world.violations).toEqual([]);
  });
});
