import { afterEach, describe, expect, it, vi } from 'vitest';
import { specMissing } from '../../fakes/discord/schema.ts';
import { sentences } from './faults.ts';
import { channel, discordRig, guild, path, type Rig, says } from './fixtures/rig.ts';

describe.skipIf(specMissing !== null)('starting on Discord', () => {
  let rig: Rig;
  afterEach(async () => {
    await rig.stop();
  });

  it('registers the commands once, with what may follow them', async () => {
    rig = await discordRig();
    await rig.discord.start();
    const { commands } = rig.fake.world;
    expect(commands.map(({ name }) => name)).toEqual(['goal', 'holdings', 'help', 'keel', 'file']);
    const [goal, holdings, help] = commands.map(({ options }) => options);
    expect(goal[0].description).toBe('For example: 20k for a house');
    // Nothing is suggested there, so Discord need not say at each letter that no option matches.
    expect(goal[0].autocomplete ?? false).toBe(false);
    expect(holdings[0]).toMatchObject({ name: 'text', autocomplete: true });
    expect(help).toEqual([]);
    const puts = () => rig.fake.calls.filter(({ method }) => method === 'PUT').length;
    expect(puts()).toBe(1);
    const next = rig.make();
    await next.start();
    await next.stop();
    expect(puts()).toBe(1);
    expect(rig.fake.world.violations).toEqual([]);
  });

  it('says where the bot is added, and asks for nothing privileged', async () => {
    rig = await discordRig();
    expect(rig.discord.address()).toBeNull();
    await rig.discord.start();
    expect(rig.discord.address()).toMatch(
      /^https:\/\/discord\.com\/oauth2\/authorize\?client_id=\d+&scope=bot\+applications\.commands&permissions=\d+$/,
    );
    expect(rig.fake.gateway.sessions().map(({ intents }) => intents)).toEqual([
      (1 << 0) | (1 << 9) | (1 << 12),
    ]);
  });

  it('stops for a wrong token with a sentence that does not hold it', async () => {
    const token = 'WRONG-bot-token.for-tests.0123456789abcdef';
    rig = await discordRig({ adapter: { token } });
    await expect(rig.discord.start()).rejects.toThrow(sentences.token);
    expect(JSON.stringify(rig.logged)).not.toContain(token);
  });

  it('keeps trying when Discord is away, and says so', async () => {
    rig = await discordRig({ adapter: { startPauseMs: 20 } });
    rig.fake.inject(() => ({ kind: 'broken', status: 503 }));
    await rig.discord.start();
    expect(rig.discord.fault()).toBe(sentences.away);
    rig.fake.inject(() => null);
    await vi.waitFor(() => expect(rig.discord.fault()).toBeNull());
    await vi.waitFor(() => expect(rig.fake.gateway.sessions()).toHaveLength(1));
  });

  it('keeps trying when only the gateway is away', async () => {
    rig = await discordRig({ adapter: { startPauseMs: 20 } });
    let broken = true;
    rig.fake.inject(({ route }) =>
      broken && route === '/gateway/bot' ? { kind: 'broken', status: 503 } : null,
    );
    await rig.discord.start();
    expect(rig.discord.fault()).toBe(sentences.away);
    broken = false;
    await vi.waitFor(() => expect(rig.discord.fault()).toBeNull());
    await rig.fake.gateway.connected();
    rig.person.say('hello');
    expect((await rig.heard(1)).body).toEqual({ kind: 'text', text: 'hello' });
  });

  it('runs in as many shards as asked, and hears every server', async () => {
    rig = await discordRig({ adapter: { mode: { gateway: { shards: 2 } } } });
    rig.fake.world.channelIn('1457468924290662600', '77');
    await rig.discord.start();
    await rig.fake.gateway.connected(2);
    expect(rig.fake.gateway.sessions().map(({ shard }) => shard)).toEqual([
      [0, 2],
      [1, 2],
    ]);
    rig.person.mention(channel, 'hi');
    rig.person.say('hello');
    await rig.heard(2);
    expect(rig.events.map(({ body }) => body)).toContainEqual({ kind: 'text', text: 'hi' });
  }, 15_000);

  it('notes a server that adds it and one that removes it, each once', async () => {
    rig = await discordRig();
    await rig.discord.start();
    const other = rig.fake.world.guild('1457468924290669999');
    rig.fake.delivery.join(other);
    const joined = await rig.heard(1);
    expect(joined.body).toEqual({ kind: 'lifecycle', what: 'installed' });
    expect(joined.source).toMatchObject({ conversation: other.id, identity: '' });
    rig.fake.delivery.leave(other);
    expect((await rig.heard(2)).body).toEqual({ kind: 'lifecycle', what: 'uninstalled' });
    expect(joined.id).not.toBe(rig.events[1].id);
    expect(rig.events.some(({ source }) => source.conversation === guild)).toBe(false);
  });

  it('takes a message once that comes again with a resumed session', async () => {
    rig = await discordRig();
    await rig.discord.start();
    rig.person.say('one');
    await rig.heard(1);
    rig.fake.gateway.cut();
    rig.person.say('two');
    expect((await rig.heard(2)).body).toEqual({ kind: 'text', text: 'two' });
    expect(rig.fake.world.violations).toEqual([]);
  }, 15_000);

  it('says when interactions go to an address that is not this Keel', async () => {
    rig = await discordRig();
    rig.fake.world.endpoint = 'https://elsewhere.example.org/';
    await rig.discord.start();
    expect(rig.discord.fault()).toBe(sentences.endpoint);
  });

  it('by HTTP says what is missing until Discord has spoken', async () => {
    rig = await discordRig({ mode: 'http' });
    await rig.discord.start();
    expect(rig.discord.fault()).toBe(sentences.noEndpoint(path));
    await rig.fake.endpoint.set(`${rig.address}${path}`);
    expect(rig.discord.fault()).toBeNull();
    expect(rig.fake.gateway.sessions()).toEqual([]);
  });

  it('by HTTP stops for a key that is not the application’s', async () => {
    rig = await discordRig({ mode: 'http' });
    const server = { mount: () => undefined };
    const other = rig.make({ mode: { http: { publicKey: 'ab'.repeat(32), path, server } } });
    await expect(other.start()).rejects.toThrow(sentences.key);
  });

  it('refuses to deliver before it has started, so that the outbox tries again', async () => {
    rig = await discordRig();
    const to = { platform: 'discord', installation: '1', conversation: '2', identity: '2' };
    const early = { ...to, ticket: { value: 'sw//abc', until: rig.time.now + 60_000 } };
    await expect(rig.discord.deliver(early, says('x'), null)).rejects.toMatchObject({
      code: 'unreachable',
    });
  });
});
