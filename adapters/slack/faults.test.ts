import { afterEach, describe, expect, it } from 'vitest';
import type { Reply } from '../../bot/reply.ts';
import { createSlackPerson } from '../../fakes/slack/person.ts';
import { schemaMissing } from '../../fakes/slack/schema.ts';
import type { WebFault } from '../../fakes/slack/web-api.ts';
import * as samples from '../web/fixtures/replies.ts';
import { sentences } from './faults.ts';
import { createSlack } from './index.ts';
import { type Scripted, scriptedSlack } from './scripted.fixture.ts';

describe.skipIf(schemaMissing !== null)('faults of Slack', () => {
  let running: Scripted;
  afterEach(async () => {
    expect(running.fake.world.violations).toEqual([]);
    expect(running.lines.join()).not.toContain('xoxb-');
    await running.stop();
  });
  async function start(options: Parameters<typeof scriptedSlack>[0] = {}) {
    running = await scriptedSlack(options);
    await running.slack.start();
    const person = createSlackPerson(running.fake, 'T0001', 'U0001');
    const to = {
      platform: 'slack',
      installation: 'T0001',
      conversation: person.dm,
      identity: 'U0001',
    };
    return { person, to, ...running };
  }
  const hello = samples.says('hi', 'Hello.');
  const failOnce = (method: string, fault: WebFault) => {
    let left = 1;
    running.fake.inject((called) => (called === method && left-- > 0 ? fault : null));
  };

  it.each([
    ['a flood', { kind: 'flood', retryAfter: 7 }, { code: 'rate-limited', retryAfterMs: 7_000 }],
    ['a broken answer', { kind: 'broken', status: 503 }, { code: 'unreachable' }],
    ['a fault of theirs', { kind: 'refused', error: 'internal_error' }, { code: 'unreachable' }],
    ['an answer that never comes', { kind: 'hidden' }, { code: 'unreachable' }],
    ['a person who is gone', { kind: 'refused', error: 'user_disabled' }, { code: 'gone' }],
    ['a channel that is gone', { kind: 'refused', error: 'channel_not_found' }, { code: 'gone' }],
    ['a plain no', { kind: 'refused', error: 'invalid_blocks' }, { code: 'refused' }],
    ['a missing scope', { kind: 'refused', error: 'missing_scope' }, { code: 'unreachable' }],
    ['a flood said in a 200', { kind: 'refused', error: 'ratelimited' }, { code: 'rate-limited' }],
  ] as const)('tell %s apart', async (_, fault, expected) => {
    const { slack, to } = await start();
    failOnce('chat.postMessage', fault);
    await expect(slack.deliver(to, hello, null)).rejects.toMatchObject(expected);
  });

  it('a flood holds its method, and what is refused meanwhile says how long', async () => {
    const { slack, to, person } = await start();
    failOnce('chat.postMessage', { kind: 'flood', retryAfter: 30 });
    await slack.deliver(to, hello, null).catch(() => undefined);
    const again = slack.deliver(to, hello, null);
    await expect(again).rejects.toMatchObject({ code: 'rate-limited' });
    expect(person.standing()).toEqual([]);
  });

  it('a reply that broke off goes on where it was', async () => {
    const { slack, to, person } = await start();
    const long: Reply = {
      ...hello,
      blocks: [{ kind: 'text', text: 'Numbers and words. '.repeat(1_500) }],
    };
    let posts = 0;
    running.fake.inject((method) =>
      method === 'chat.postMessage' && ++posts === 2 ? { kind: 'broken', status: 500 } : null,
    );
    await slack.deliver(to, long, null).catch(() => undefined);
    expect(person.standing()).toHaveLength(1);
    const ids = await slack.deliver(to, long, null);
    expect(person.standing()).toHaveLength(ids.length);
  });

  it('a file of nothing is handed out all the same', async () => {
    const { slack, to, person } = await start();
    const file = { kind: 'file', name: 'a.csv', mediaType: 'text/csv', content: '' } as const;
    await slack.deliver(to, { ...hello, blocks: [file] }, null);
    expect(person.standing().flatMap(({ files }) => files)).toHaveLength(1);
  });

  it('one that is still on its way is not sent a second time', async () => {
    const { slack, to, person } = await start();
    const both = [slack.deliver(to, hello, null), slack.deliver(to, hello, null)];
    const [first, second] = await Promise.all(both);
    expect(first).toEqual(second);
    expect(person.standing()).toHaveLength(1);
  });

  it('a message that was deleted is said anew', async () => {
    const { slack, to, person, fake } = await start();
    const ids = await slack.deliver(to, hello, null);
    const team = fake.world.team('T0001');
    fake.world.remove('T0001', [...team.dm('U0001').messages.values()][0]);
    await slack.deliver(to, samples.says('hi', 'Again.'), ids);
    expect(person.standing().map(({ words }) => words)).toEqual(['Again.']);
  });

  it('a picture waits until Slack has looked at it, and is uploaded once', async () => {
    const { slack, to, person, fake } = await start({ fake: { filePolls: 5 } });
    const ids = await slack.deliver(to, samples.recommendation, null);
    await slack.deliver(to, samples.recommendation, ids);
    const count = (method: string) => fake.calls.filter((one) => one.method === method).length;
    expect(count('files.getUploadURLExternal')).toBe(1);
    expect(count('files.info')).toBeGreaterThanOrEqual(5);
    expect(person.standing().flatMap(({ pictures }) => pictures)).toHaveLength(1);
  });

  it('a picture that Slack never looks at is given up for now, and asked for later', async () => {
    const { slack, to, person, fake } = await start({ fake: { filePolls: 20 } });
    const late = slack.deliver(to, samples.recommendation, null);
    await expect(late).rejects.toMatchObject({ code: 'timeout' });
    await slack.deliver(to, samples.recommendation, null);
    const uploads = fake.calls.filter(({ method }) => method === 'files.getUploadURLExternal');
    expect(uploads).toHaveLength(1);
    expect(person.standing().flatMap(({ pictures }) => pictures)).toHaveLength(1);
  });

  it.each([
    ['the direct chat', 'chat.postMessage', null],
    ['a channel', 'chat.postEphemeral', 'C0001'],
  ] as const)(
    'a picture that blocks cannot show yet in %s loses no reply',
    async (_, method, channel) => {
      const { slack, to, person, fake } = await start();
      if (channel !== null) fake.world.team('T0001').channel(channel, { members: ['U0001'] });
      const where = channel === null ? to : { ...to, conversation: `${channel}:U0001` };
      let left = 2;
      fake.inject((called) => {
        if (called === method && left-- > 0) {
          // Slack has looked at it, says files.info, and refuses it all the same.
          for (const file of fake.world.files.values()) file.pollsLeft = 1;
        }
        return null;
      });
      while (left > 0) {
        const early = slack.deliver(where, samples.recommendation, null);
        await expect(early).rejects.toMatchObject({ code: 'unreachable' });
      }
      await slack.deliver(where, samples.recommendation, null);
      const standing = person.standing(channel ?? undefined);
      expect(standing.flatMap(({ pictures }) => pictures)).toHaveLength(1);
    },
  );

  it('a picture that Slack has thrown away is uploaded again', async () => {
    const { slack, to, person, fake } = await start();
    await slack.deliver(to, samples.recommendation, null);
    fake.world.files.clear();
    await slack.deliver(to, { ...samples.recommendation, key: 'second' }, null);
    expect(person.standing()).toHaveLength(2);
  });

  it('a chart that cannot be drawn is said in words', async () => {
    const { slack, to, person } = await start({
      slack: { images: { png: () => Promise.reject(new Error('no canvas')) } },
    });
    await slack.deliver(to, samples.recommendation, null);
    const [alt] = samples.recommendation.blocks.flatMap((one) =>
      one.kind === 'image' ? [one.alt] : [],
    );
    const words = person.standing()[0].words.replaceAll('\u00a0', ' ');
    expect(words).toContain(alt);
  });

  it('a revoked token is told to who runs Keel, once, and messages wait', async () => {
    const { slack, to, lines, fake } = await start();
    for (const token of fake.world.tokens.values()) token.dead = 'token_revoked';
    for (let round = 0; round < 2; round++) {
      await expect(slack.deliver(to, hello, null)).rejects.toMatchObject({ code: 'unreachable' });
    }
    expect(slack.fault()).toBe(sentences.revoked);
    expect(lines.filter((line) => line.includes(sentences.revoked))).toHaveLength(1);
  });

  const wrongly = (token: string, appToken: string | null) =>
    createSlack({
      workspaces: { token },
      mode: appToken === null ? { signingSecret: 'x' } : { appToken },
      http: { mount: () => undefined },
      apiRoot: `${running.fake.url}/api`,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      images: { png: async () => new Uint8Array() },
      pauseMs: 5,
    });

  it('a wrong token stops the start with what to do', async () => {
    await start();
    await expect(wrongly('xoxb-wrong', null).start()).rejects.toThrow(sentences.token);
    const socket = wrongly(running.fake.token(), 'xapp-1-wrong');
    await expect(socket.start()).rejects.toThrow(sentences.appToken);
    await socket.stop();
  });

  it('a network that is away does not stop the start; Keel goes on when it is back', async () => {
    await start();
    running.fake.inject((method) =>
      method === 'auth.test' ? { kind: 'broken', status: 502 } : null,
    );
    const late = wrongly(running.fake.token(), null);
    await late.start();
    expect(late.fault()).toBe(sentences.away);
    running.fake.inject(() => null);
    await expect.poll(() => late.address()).toContain('http');
    expect(late.fault()).toBeNull();
    await late.stop();
  });

  it('a connection that is cut or refreshed is made again', async () => {
    const { person, events, fake, slack } = await start({ mode: 'socket' });
    await person.say('one');
    fake.sockets.refresh('refresh_requested');
    const opened = () => fake.calls.filter(({ method }) => method.startsWith('apps.')).length;
    await expect.poll(opened).toBe(2);
    await fake.sockets.ready();
    await expect.poll(async () => (await person.say('two')).acknowledged).toBe(true);
    fake.inject((method) => (method.startsWith('apps.') ? { kind: 'broken', status: 500 } : null));
    fake.sockets.cut();
    await expect.poll(() => slack.fault()).toBe(sentences.away);
    fake.inject(() => null);
    await fake.sockets.ready();
    await expect.poll(() => slack.fault()).toBeNull();
    await expect.poll(async () => (await person.say('three')).acknowledged).toBe(true);
    expect(events.length).toBeGreaterThanOrEqual(3);
  });
});
