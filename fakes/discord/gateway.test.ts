import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { intents, op } from './frames.ts';
import { createDiscordPerson } from './person.ts';
import { createRaw } from './raw.ts';
import { specMissing } from './schema.ts';
import { type FakeDiscord, startDiscord } from './server.ts';

interface Got {
  readonly op: number;
  readonly t: string | null;
  readonly s: number | null;
  readonly d: Record<string, unknown>;
}

/** A bot that speaks the gateway's own words. */
function speak(fake: FakeDiscord, query = 'v=10&encoding=json') {
  const socket = new WebSocket(`${fake.gateway.url}?${query}`);
  const frames: Got[] = [];
  let looks: (() => void)[] = [];
  let code: number | null = null;
  const look = () => {
    for (const one of looks) one();
  };
  socket.addEventListener('message', ({ data }) => {
    const frame = JSON.parse(String(data)) as Got;
    frames.push(frame);
    // An honest bot answers a request for a heartbeat with the last number it saw.
    if (frame.op === op.heartbeat) send({ op: op.heartbeat, d: last() });
    look();
  });
  socket.addEventListener('close', (event) => {
    code = event.code;
    look();
  });
  const send = (frame: unknown) => socket.send(JSON.stringify(frame));
  const last = () => frames.findLast(({ s }) => s !== null)?.s ?? null;
  function until<T>(found: () => T | undefined | null): Promise<T> {
    return new Promise((resolve) => {
      const one = () => {
        const value = found();
        if (value === undefined || value === null) return;
        looks = looks.filter((other) => other !== one);
        resolve(value);
      };
      looks.push(one);
      one();
    });
  }
  return {
    frames,
    send,
    last,
    until,
    heard: (t: string) => until(() => frames.find((frame) => frame.t === t)),
    hello: () => until(() => frames.find((frame) => frame.op === op.hello)),
    closed: () => until(() => code),
    names: () => frames.flatMap(({ t }) => (t === null ? [] : [t])),
    async identify(more: Record<string, unknown> = {}) {
      await this.hello();
      send({
        op: op.identify,
        d: {
          token: fake.token,
          intents: intents.guilds | intents.guildMessages | intents.directMessages,
          properties: { os: 'linux', browser: 'x', device: 'x' },
          ...more,
        },
      });
    },
  };
}

describe.skipIf(specMissing !== null)(`the gateway${specMissing ?? ''}`, () => {
  let fake: FakeDiscord;
  beforeEach(async () => {
    fake = await startDiscord();
  });
  afterEach(() => fake.stop());

  it('greets, acknowledges heartbeats, and is ready with the guilds', async () => {
    fake.world.channelIn('900', '901');
    const bot = speak(fake);
    expect((await bot.hello()).d).toEqual({ heartbeat_interval: 41_250 });
    bot.send({ op: op.heartbeat, d: null });
    await bot.until(() => bot.frames.find((frame) => frame.op === op.ack));
    await bot.identify();
    const ready = await bot.heard('READY');
    expect(ready).toMatchObject({
      s: 1,
      d: { v: 10, guilds: [{ id: '900', unavailable: true }], shard: [0, 1] },
    });
    const guild = await bot.heard('GUILD_CREATE');
    expect(guild.d).toMatchObject({ id: '900', channels: [{ id: '901' }] });
    expect(fake.world.violations).toEqual([]);
  });

  const refusals: readonly [string, number, Record<string, unknown>][] = [
    ['a wrong token', 4004, { token: 'guess' }],
    ['the message-content intent', 4014, { intents: intents.content | intents.guilds }],
    ['the members intent', 4014, { intents: intents.members }],
    ['the presences intent', 4014, { intents: intents.presences }],
    ['intents that do not exist', 4013, { intents: 2 ** 30 }],
    ['a shard beyond the count', 4010, { shard: [2, 2] }],
  ];
  it.each(refusals)('closes on %s with %i', async (_, code, more) => {
    const bot = speak(fake);
    await bot.identify(more);
    expect(await bot.closed()).toBe(code);
    expect(fake.world.violations).toHaveLength(1);
  });

  it('does not hold against a bot what it was asked for', async () => {
    const bot = speak(fake);
    await bot.identify();
    await bot.heard('READY');
    const person = createDiscordPerson(fake, '1033044521375764530');
    for (let i = 0; i < 130; i++) {
      person.say('again');
      await fake.gateway.heard();
    }
    expect(fake.world.violations).toEqual([]);
    expect(fake.gateway.closes).toEqual([]);
  });

  it('closes on words out of turn', async () => {
    const early = speak(fake);
    await early.hello();
    early.send({ op: op.presence, d: {} });
    expect(await early.closed()).toBe(4003);
    const twice = speak(fake);
    await twice.identify();
    await twice.heard('READY');
    await twice.identify();
    expect(await twice.closed()).toBe(4005);
    const unknown = speak(fake);
    await unknown.identify();
    await unknown.heard('READY');
    unknown.send({ op: 99 });
    expect(await unknown.closed()).toBe(4001);
    const noise = speak(fake);
    await noise.hello();
    noise.send('noise');
    expect(await noise.closed()).toBe(4002);
    expect(await speak(fake, 'v=9&encoding=json').closed()).toBe(4012);
    const hasty = speak(fake);
    await hasty.hello();
    for (let i = 0; i <= 120; i++) hasty.send({ op: op.heartbeat, d: null });
    expect(await hasty.closed()).toBe(4008);
    expect(fake.world.violations).toHaveLength(6);
  });

  it('replays what a resumed session missed, and refuses a session it does not know', async () => {
    const ada = createDiscordPerson(fake, '2001');
    const first = speak(fake);
    await first.identify();
    const { d } = await first.heard('READY');
    ada.say('one');
    await fake.gateway.heard();
    const seq = first.last();
    fake.gateway.cut();
    ada.say('two');
    const second = speak(fake);
    await second.hello();
    second.send({ op: op.resume, d: { token: fake.token, session_id: d.session_id, seq } });
    await second.heard('RESUMED');
    expect(second.names()).toEqual(['MESSAGE_CREATE', 'RESUMED']);
    expect(second.frames[1].d.content).toBe('two');
    const lost = speak(fake);
    await lost.hello();
    lost.send({ op: op.resume, d: { token: fake.token, session_id: 'x', seq } });
    const told = await lost.until(() => lost.frames.find((frame) => frame.op === op.invalid));
    expect(told.d).toBe(false);
    const ahead = speak(fake);
    await ahead.hello();
    ahead.send({ op: op.resume, d: { token: fake.token, session_id: d.session_id, seq: 99 } });
    expect(await ahead.closed()).toBe(4007);
  });

  it('can ask to reconnect, and end a session', async () => {
    const bot = speak(fake);
    await bot.identify();
    await bot.heard('READY');
    fake.gateway.askToReconnect();
    await bot.until(() => bot.frames.find((frame) => frame.op === op.reconnect));
    fake.gateway.invalidate(false);
    await bot.until(() => bot.frames.find((frame) => frame.op === op.invalid));
    expect(fake.gateway.sessions()).toEqual([]);
  });

  it('sends a guild to its shard and direct messages to the first', async () => {
    const guild = String(3n << 22n);
    fake.world.channelIn(guild, '901');
    const shards = [0, 1].map((index) => ({ index, bot: speak(fake) }));
    for (const { index, bot } of shards) {
      await bot.identify({ shard: [index, 2] });
      await bot.heard('READY');
    }
    const ada = createDiscordPerson(fake, '2001');
    ada.say('direct');
    ada.mention('901', 'in the guild');
    ada.used(ada.messages('901')[0], { type: 2, custom_id: 'x' }, {}, '901');
    await fake.gateway.heard();
    const [first, second] = shards.map(({ bot }) => bot.names());
    expect(first).toEqual(['READY', 'MESSAGE_CREATE']);
    expect(second).toEqual(['READY', 'GUILD_CREATE', 'MESSAGE_CREATE']);
  });

  it('shows words in direct chats and where the bot is named, and nowhere else', async () => {
    fake.world.channelIn('900', '901');
    const bot = speak(fake);
    await bot.identify();
    await bot.heard('READY');
    const ada = createDiscordPerson(fake, '2001');
    ada.say('secret', '901');
    ada.mention('901', 'hello');
    ada.say('direct');
    await fake.gateway.heard();
    const told = bot.frames.filter(({ t }) => t === 'MESSAGE_CREATE').map(({ d }) => d.content);
    expect(told).toEqual(['', `<@${fake.applicationId}> hello`, 'direct']);
  });

  it('tells only of what the intents ask for', async () => {
    fake.world.channelIn('900', '901');
    const bot = speak(fake);
    await bot.identify({ intents: intents.directMessages });
    await bot.heard('READY');
    const ada = createDiscordPerson(fake, '2001');
    ada.mention('901', 'hello');
    ada.say('direct');
    fake.delivery.leave(fake.world.guild('900'));
    await fake.gateway.heard();
    expect(bot.names()).toEqual(['READY', 'MESSAGE_CREATE']);
  });

  it('delivers twice, late and over a broken connection when told to', async () => {
    const bot = speak(fake);
    await bot.identify();
    const { d } = await bot.heard('READY');
    const ada = createDiscordPerson(fake, '2001');
    const plan = ['later', null, 'twice', 'cut'] as const;
    let index = 0;
    fake.delivery.inject(() => plan[index++] ?? null);
    for (const words of ['a', 'b', 'c']) ada.say(words);
    await fake.gateway.heard();
    const told = bot.frames.filter(({ t }) => t === 'MESSAGE_CREATE').map((one) => one.d.content);
    expect(told).toEqual(['b', 'a', 'c', 'c']);
    ada.say('d');
    await bot.closed();
    const again = speak(fake);
    await again.hello();
    again.send({ op: op.resume, d: { token: fake.token, session_id: d.session_id, seq: 5 } });
    await again.heard('RESUMED');
    expect(again.frames[1].d.content).toBe('d');
  });

  it("tells of the bot's own messages, their changes and their end, but not of ephemeral ones", async () => {
    const bot = speak(fake);
    await bot.identify();
    await bot.heard('READY');
    const ask = createRaw(fake);
    const ada = createDiscordPerson(fake, '2001');
    const path = `/channels/${ada.direct()}/messages`;
    const { body } = await ask('POST', path, { content: 'x' });
    await ask('PATCH', `${path}/${body.id}`, { content: 'y' });
    await ask('DELETE', `${path}/${body.id}`);
    await fake.gateway.heard();
    expect(bot.names()).toEqual(['READY', 'MESSAGE_CREATE', 'MESSAGE_UPDATE', 'MESSAGE_DELETE']);
  });
});
