import { DiscordAPIError } from 'discord.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PortError } from '../../bot/errors.ts';
import type { Reply } from '../../bot/reply.ts';
import type { Call, Fault } from '../../fakes/discord/faults.ts';
import { specMissing } from '../../fakes/discord/schema.ts';
import { restOptions } from './api.ts';
import { faultOf, sentences } from './faults.ts';
import { backTo, channel, discordRig, go, type Rig, says } from './fixtures/rig.ts';

const posts = (call: Call) => call.method === 'POST' && call.route.endsWith('/messages');

describe('what a refusal means', () => {
  const limited = restOptions({}).rejectOnRateLimit;

  it('is never asked again at once when it names no time', () => {
    expect(limited({ retryAfter: 0, timeToReset: 50 })).toBe(true);
    expect(limited({ retryAfter: 500, timeToReset: 500 })).toBe(false);
    expect(limited({ retryAfter: 3_000, timeToReset: 3_000 })).toBe(true);
    const many = restOptions({}, () => true).rejectOnRateLimit;
    expect(many({ retryAfter: 500, timeToReset: 500 })).toBe(true);
  });

  it.each([
    [40_003, 400, 'rate-limited'],
    [130_000, 503, 'rate-limited'],
    [50_007, 403, 'gone'],
    [50_278, 403, 'gone'],
    [50_013, 403, 'refused'],
    [50_035, 400, 'refused'],
    [0, 401, 'unreachable'],
    // The token of an answer has run out; that of the bot has not.
    [50_027, 401, 'refused'],
    [0, 500, 'unreachable'],
  ])(
    'with the number %i and the status %i is "%s", in words without what was sent',
    (code, status, meant) => {
      const url = 'https://discord.com/api/webhooks/1/secret-token';
      const body = { files: undefined, body: { content: 'private words' } };
      const raw = { code, message: 'private words' };
      const fault = faultOf(new DiscordAPIError(raw, code, status, 'POST', url, body));
      expect(fault.code).toBe(meant);
      expect(`${fault.message}${fault.stack}`).not.toMatch(/secret-token|private words/);
    },
  );
});

describe.skipIf(specMissing !== null)('when Discord does not do what it is asked', () => {
  let rig: Rig;
  afterEach(async () => {
    expect(rig.fake.world.violations).toEqual([]);
    await rig.stop();
  });
  const open = async (options: Parameters<typeof discordRig>[0] = {}) => {
    rig = await discordRig(options);
    await rig.start();
    return rig;
  };
  const to = () => ({
    platform: 'discord',
    installation: rig.fake.applicationId,
    conversation: rig.person.id,
    identity: rig.person.id,
  });
  const deliver = (reply: Reply = says('Hello')) => rig.discord.deliver(to(), reply, null);
  const once = (fault: Fault, which: (call: Call) => boolean = posts) => {
    let done = false;
    rig.fake.inject((call) => {
      if (done || !which(call)) return null;
      done = true;
      return fault;
    });
  };

  it('hands a long rate limit to the outbox with the time that was told', async () => {
    await open();
    once({ kind: 'limited', retryAfter: 30 });
    const error = await deliver().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'rate-limited', retryAfterMs: expect.any(Number) });
    expect((error as PortError).retryAfterMs).toBeGreaterThanOrEqual(30_000);
  });

  it('waits for a short rate limit', async () => {
    await open();
    once({ kind: 'limited', retryAfter: 0.02 });
    await deliver();
    expect(rig.person.standing()).toHaveLength(1);
  });

  it('tells an error of Discord from an answer that never came', async () => {
    await open({ adapter: { timeoutMs: 200 } });
    once({ kind: 'broken', status: 503 });
    await expect(deliver()).rejects.toMatchObject({ code: 'unreachable' });
    const { promise, resolve } = Promise.withResolvers<void>();
    once({ kind: 'held', until: promise });
    await expect(deliver(says('Held'))).rejects.toMatchObject({ code: 'timeout' });
    resolve();
  });

  it('says a message once although its answer got lost', async () => {
    await open();
    once({ kind: 'hidden' });
    await expect(deliver()).rejects.toMatchObject({ code: 'unreachable' });
    await deliver();
    expect(rig.person.standing().map(({ words }) => words)).toEqual(['Hello']);
  });

  it('says a message once when the process that sent it has gone', async () => {
    await open();
    once({ kind: 'hidden' });
    await expect(deliver()).rejects.toMatchObject({ code: 'unreachable' });
    const next = rig.make();
    await next.start();
    await next.deliver(to(), says('Hello'), null);
    await next.stop();
    expect(rig.person.standing()).toHaveLength(1);
  });

  it('goes on where a reply of several messages broke off', async () => {
    await open();
    const many = { kind: 'text', text: `${'word '.repeat(700)}` } as const;
    const reply = says('', { blocks: [many, many] });
    let count = 0;
    rig.fake.inject((call) => {
      if (posts(call)) count += 1;
      return posts(call) && count === 2 ? { kind: 'lost' } : null;
    });
    await expect(deliver(reply)).rejects.toMatchObject({ code: 'unreachable' });
    expect(await deliver(reply)).toHaveLength(2);
    expect(rig.person.standing()).toHaveLength(2);
  });

  it('notes once a day that somebody takes no direct messages', async () => {
    const { person, events } = await open();
    person.block();
    await expect(deliver()).rejects.toMatchObject({ code: 'gone' });
    await expect(deliver(says('More'))).rejects.toMatchObject({ code: 'gone' });
    expect(events.map(({ body }) => body)).toEqual([{ kind: 'lifecycle', what: 'blocked' }]);
    expect(events[0].source.conversation).toBe(person.id);
  });

  it('points to slash commands where somebody asked whose direct messages are closed', async () => {
    const { person, heard, discord } = await open();
    person.block();
    person.mention(channel, 'what do I hold?');
    const event = await heard(1);
    expect(event.body).toEqual({ kind: 'text', text: 'what do I hold?' });
    const secret = says('You hold $15,000.00.');
    await expect(discord.deliver(event.source, secret, null)).rejects.toMatchObject({
      code: 'gone',
    });
    const words = person.standing(channel).map((each) => each.words);
    expect(words.join()).not.toContain('15,000');
    expect(words.at(-1)).toMatch(/direct messages are closed to me.*slash command/);
  });

  it('points to nothing in a server once somebody was answered in the direct chat', async () => {
    const { person, heard, discord } = await open();
    person.mention(channel, 'portfolio');
    const to = backTo(await heard(1));
    await discord.deliver(to, says('Your $20,000.00'), null);
    person.block();
    const later = says('Filled', { key: 'later' });
    await expect(discord.deliver(to, later, null)).rejects.toMatchObject({ code: 'gone' });
    expect(person.standing(channel).filter(({ bot }) => bot)).toEqual([]);
  });

  it('still answers a slash command of somebody whose direct messages are closed', async () => {
    const { person, heard, discord } = await open();
    person.block();
    person.run('help', {}, channel);
    await discord.deliver(backTo(await heard(1)), says('Here'), null);
    expect(person.standing(channel).at(-1)).toMatchObject({ words: 'Here', ephemeral: true });
  });

  it('sends anew what was deleted, and in order', async () => {
    const { fake, person, discord } = await open();
    const ids = await deliver(says('First', { actions: [go] }));
    fake.world.remove(person.messages()[0]);
    const again = await discord.deliver(to(), says('Renewed', { replaces: 'key' }), ids);
    expect(again).not.toEqual(ids);
    expect(person.standing().map(({ words }) => words)).toEqual(['Renewed']);
  });

  it('says a chart in words when it cannot be drawn', async () => {
    const png = async () => {
      throw new Error('no font');
    };
    await open({ images: { png } });
    const chart = { kind: 'doughnut', title: 'Mix' } as never;
    await deliver(says('', { blocks: [{ kind: 'image', chart, alt: 'Half and half' }] }));
    expect(rig.person.standing()[0].words).toContain('Half and half');
  });

  it('says a chart that could not be drawn in words where the message is full, too', async () => {
    const png = async () => {
      throw new Error('no font');
    };
    await open({ images: { png } });
    const chart = { kind: 'doughnut', title: 'Mix' } as never;
    const full = { kind: 'text', text: 'Word '.repeat(780) } as const;
    const alt = 'Half (50.0 %) in stocks and half in bonds. '.repeat(8);
    await deliver(says('', { blocks: [full, { kind: 'image', chart, alt }] }));
    const said = rig.person.standing().map(({ words }) => words);
    expect(said.join('\n')).toContain('half in bonds');
  });

  it('hands out a file in parts when Discord takes none so large', async () => {
    await open();
    const content = Array.from({ length: 900_000 }, (_, at) => `${at} — ½`).join('\n');
    const file = {
      kind: 'file',
      name: 'all.json',
      mediaType: 'application/json',
      content,
    } as const;
    await deliver(says('', { blocks: [file, { ...file, name: 'again.json' }] }));
    const files = rig.person.standing().flatMap((message) => message.files);
    const joined = (name: string) =>
      Buffer.concat(files.filter((one) => one.name.includes(name)).map(({ bytes }) => bytes));
    for (const name of ['all', 'again']) expect(joined(name).toString()).toBe(content);
    expect(
      rig.person
        .standing()
        .map(({ words }) => words)
        .join(),
    ).toMatch(/in 2 parts/);
  });

  it('says in one sentence that the token was reset, and loses nothing', async () => {
    const { fake, discord } = await open();
    fake.world.revoked = true;
    await expect(deliver()).rejects.toMatchObject({ code: 'unreachable' });
    await expect(deliver()).rejects.toMatchObject({ code: 'unreachable' });
    expect(discord.fault()).toBe(sentences.revoked);
    expect(JSON.stringify(rig.logged)).not.toContain(fake.token);
  });

  it('stops sending long before Discord would ban the address', async () => {
    const { fake, discord, person } = await open({ adapter: { mostInvalid: 20 } });
    person.block();
    for (let at = 0; at < 20; at += 1) {
      await expect(deliver(says(`${at}`))).rejects.toMatchObject({ code: 'gone' });
    }
    await expect(deliver()).rejects.toMatchObject({ code: 'rate-limited' });
    expect(discord.fault()).toBe(sentences.invalid);
    expect(fake.world.refusals).toHaveLength(20);
    // People who press something are still answered.
    const { interaction } = person.run('help', {}, channel);
    await vi.waitFor(() => expect(interaction.answer).toBe(5));
  });

  it('shows that it types in the direct chat, not more often than it lasts', async () => {
    const { fake, person, heard, discord } = await open();
    discord.typing(to());
    person.say('hello');
    const event = await heard(1);
    discord.typing(event.source);
    discord.typing(event.source);
    await vi.waitFor(() => expect(fake.world.typing).toEqual([person.direct()]));
    person.run('help', {}, channel);
    discord.typing((await heard(2)).source);
    await discord.deliver(event.source, says('x'), null);
    expect(fake.world.typing).toHaveLength(1);
  });
});
