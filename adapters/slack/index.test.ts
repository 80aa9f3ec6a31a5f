import { afterEach, describe, expect, it } from 'vitest';
import type { Reply } from '../../bot/reply.ts';
import { createSlackPerson } from '../../fakes/slack/person.ts';
import { schemaMissing } from '../../fakes/slack/schema.ts';
import { createLeapingTimers } from '../../fakes/slack/timers.ts';
import * as samples from '../web/fixtures/replies.ts';
import {
  asks,
  back,
  formToken,
  pressToken,
  type Scripted,
  scriptedSlack,
} from './scripted.fixture.ts';

describe.skipIf(schemaMissing !== null).each(['http', 'socket'] as const)('slack by %s', (mode) => {
  let running: Scripted;
  afterEach(async () => {
    const { fake, lines } = running;
    await fake.delivery.settled();
    expect(fake.world.violations).toEqual([]);
    const said = lines.join('\n');
    for (const secret of [...fake.world.tokens.keys(), fake.app.signingSecret, fake.app.appToken]) {
      expect(said).not.toContain(secret);
    }
    await running.stop();
  });
  const start = async (options: Parameters<typeof scriptedSlack>[0] = {}) => {
    running = await scriptedSlack({ mode, ...options });
    await running.slack.start();
    return { person: createSlackPerson(running.fake, 'T0001', 'U0001'), ...running };
  };

  it('hears words in the direct chat and answers there', async () => {
    const { person, events, slack } = await start();
    expect((await person.say('what if <markets> & all crash')).acknowledged).toBe(true);
    expect(events).toMatchObject([
      {
        surface: 'direct',
        source: {
          platform: 'slack',
          installation: 'T0001',
          conversation: person.dm,
          identity: 'U0001',
        },
        body: { kind: 'text', text: 'what if <markets> & all crash' },
      },
    ]);
    await slack.deliver(back(events[0]), samples.recommendation, null);
    expect(person.standing().at(-1)?.pictures).toHaveLength(1);
  });

  it('takes presses, choices and links, and replaces the message by its outcome', async () => {
    const { person, events, slack } = await start();
    await person.say('hello');
    const ids = await slack.deliver(back(events[0]), asks, null);
    await person.press('Yes');
    await person.press('Ten years');
    expect(events.slice(1).map(({ body }) => body)).toEqual([
      { kind: 'button', token: pressToken },
      { kind: 'select', token: pressToken, value: 'y10' },
    ]);
    const outcome = samples.says('done', 'It is done.');
    await slack.deliver(back(events[1]), { ...outcome, replaces: 'ask' }, ids);
    const standing = person.standing().filter(({ bot }) => bot);
    expect(standing).toHaveLength(1);
    expect(standing[0]).toMatchObject({ words: 'It is done.', labels: [], edits: 1 });
  });

  it('opens a form, shows the errors of its fields, and stores it when they are gone', async () => {
    const { person, events, slack } = await start();
    await person.say('hello');
    await slack.deliver(back(events[0]), asks, null);
    await person.press('Write it down');
    expect(person.modal.shown()?.title).toBe('What you hold, as it is…');
    await person.modal.fill({ 'How much': 'a lot', 'What for': 'A house' });
    expect(await person.modal.submit()).toEqual({
      kind: 'errors',
      errors: { amount: 'Write an amount, for example 90k.' },
    });
    expect(events).toHaveLength(1);
    await person.modal.fill({ 'How much': '90k' });
    expect(await person.modal.submit()).toEqual({ kind: 'cleared' });
    expect(events[1]).toMatchObject({
      surface: 'direct',
      source: { conversation: person.dm, identity: 'U0001' },
      body: { kind: 'form', token: formToken, values: { amount: '90k', what: 'house' } },
    });
  });

  it('starts a command from a shortcut in the direct chat', async () => {
    const { person, events, fake } = await start();
    const body = {
      type: 'shortcut',
      callback_id: 'do_recommend',
      trigger_id: '9.9.9',
      user: { id: 'U0001', team_id: 'T0001' },
      team: { id: 'T0001', domain: 'x' },
      enterprise: null,
      is_enterprise_install: false,
      api_app_id: fake.app.id,
      token: 't',
      action_ts: '1.1',
    };
    await fake.delivery.push({ id: 'I9', kind: 'interactive', team: 'T0001', body });
    expect(events).toMatchObject([
      {
        source: { conversation: person.dm, identity: 'U0001' },
        body: { kind: 'command', name: 'recommend' },
      },
    ]);
  });

  it('treats a command in the direct chat as part of that conversation', async () => {
    const { person, events } = await start();
    await person.command('/keel', 'what if markets crash');
    expect(events[0]).toMatchObject({
      surface: 'direct',
      source: { conversation: person.dm },
      body: { kind: 'text', text: 'what if markets crash' },
    });
    expect(events[0].ticket).toBeUndefined();
  });

  it('knows a direct chat in which somebody spoke, also while Slack answers nothing', async () => {
    const { person, events, fake } = await start();
    await person.say('hello');
    fake.inject((method) =>
      method === 'conversations.open' ? { kind: 'broken', status: 503 } : null,
    );
    await person.command('/keel', 'goal 20k');
    expect(events[1]).toMatchObject({ surface: 'direct', source: { conversation: person.dm } });
  });

  it('knows one in which somebody spoke to an earlier process', async () => {
    const { person, events, fake, door } = await start();
    door.heard = async ({ conversation, identity }) =>
      conversation === person.dm && identity === 'U0001';
    fake.inject((method) =>
      method === 'conversations.open' ? { kind: 'broken', status: 503 } : null,
    );
    await person.command('/keel', 'goal 20k');
    expect(events[0]).toMatchObject({ surface: 'direct', source: { conversation: person.dm } });
  });

  it('keeps the Home tab as the dashboard, and answers its buttons in the direct chat', async () => {
    const { person, events, slack } = await start();
    await person.openHome();
    expect(events[0]).toMatchObject({
      surface: 'direct',
      source: { conversation: 'home:U0001' },
      body: { kind: 'lifecycle', what: 'home-opened' },
    });
    const home: Reply = { ...asks, key: 'home', blocks: samples.recommendation.blocks };
    const ids = await slack.deliver(back(events[0]), home, null);
    expect(person.home()?.labels).toContain('Yes');
    await person.pressAtHome('Yes');
    expect(events[1].source.conversation).toBe(person.dm);
    await person.pressAtHome('Write it down');
    await person.modal.fill({ 'How much': '90k', 'What for': 'A house' });
    await person.modal.submit();
    expect(events[2]).toMatchObject({
      body: { kind: 'form' },
      source: { conversation: person.dm },
    });
    await slack.deliver(back(events[1]), samples.says('said', 'As you wish.'), null);
    expect(person.standing().map(({ words }) => words)).toEqual(['As you wish.']);
    await slack.deliver(
      back(events[0]),
      { ...home, blocks: [{ kind: 'text', text: 'Renewed' }] },
      ids,
    );
    expect(person.home()?.words).toContain('Renewed');
  });

  it('reads a file that somebody sends, with its words', async () => {
    const { person, events } = await start();
    await person.upload('holdings.csv', Buffer.from('SPY,12\n'), 'here it is');
    expect(events).toMatchObject([
      {
        body: {
          kind: 'file',
          caption: 'here it is',
          file: {
            name: 'holdings.csv',
            bytes: 7,
            content: Buffer.from('SPY,12\n').toString('base64'),
          },
        },
      },
    ]);
  });

  it('stores a delivery once, however often Slack sends it', async () => {
    const { person, events, fake } = await start();
    const said = person.typed('once');
    await fake.delivery.push(said);
    await fake.delivery.repeat(said, 1);
    const asked = person.commanded('/keel', 'goal');
    await fake.delivery.push(asked);
    await fake.delivery.repeat(asked, 1);
    expect(events).toHaveLength(2);
  });

  it('does not acknowledge what was not stored, and takes it when it comes again', async () => {
    const timers = createLeapingTimers();
    const { person, events, fake, door, lines } = await start({
      slack: { ackMs: 40 },
      fake: { timers },
    });
    const receive = door.receive;
    door.receive = () => new Promise(() => undefined);
    const said = person.typed('patience');
    const first = fake.delivery.repeat(said, 0);
    await expect.poll(() => lines.join()).toContain('was not stored');
    if (mode === 'socket') timers.leap(3_001);
    expect((await first).acknowledged).toBe(false);
    door.receive = receive;
    expect((await fake.delivery.repeat(said, 1)).acknowledged).toBe(true);
    expect(events).toHaveLength(1);
  });

  it('acknowledges what is being stored before it stops', async () => {
    const { person, events, slack, door } = await start();
    const receive = door.receive;
    let store = () => {};
    const stored = new Promise<void>((resolve) => {
      store = resolve;
    });
    let begun = false;
    door.receive = async (event) => {
      begun = true;
      await stored;
      return receive(event);
    };
    const said = person.say('the last words');
    await expect.poll(() => begun).toBe(true);
    const stopped = slack.stop();
    store();
    expect((await said).acknowledged).toBe(true);
    await stopped;
    expect(events).toHaveLength(1);
  });

  it('says in words what it could not take from a form, a command, a press and a shortcut', async () => {
    const { person, events, slack, door } = await start();
    await person.say('hello');
    await slack.deliver(back(events[0]), asks, null);
    const home = { ...back(events[0]), conversation: 'home:U0001' };
    await slack.deliver(home, { ...asks, key: 'home' }, null);
    await person.press('Write it down');
    await person.modal.fill({ 'How much': '90k', 'What for': 'A house' });
    door.receive = async () => {
      throw new Error('the database is away');
    };
    expect(await person.modal.submit()).toMatchObject({ kind: 'errors' });
    expect((await person.command('/keel', 'goal')).acknowledged).toBe(true);
    const regrets = () =>
      person.standing().filter(({ words }) => words.includes('could not take that in')).length;
    expect(regrets()).toBe(1);
    await person.press('Yes');
    await expect.poll(regrets).toBe(2);
    // Neither a press on the Home tab nor a shortcut has an address for answers.
    await person.pressAtHome('Yes');
    await expect.poll(regrets).toBe(3);
    await person.shortcut('do_recommend');
    await expect.poll(regrets).toBe(4);
    expect(events).toHaveLength(1);
  });

  it('refuses a form of somebody else in words for who pressed', async () => {
    const { person, events, slack, door } = await start();
    await person.say('hello');
    await slack.deliver(back(events[0]), asks, null);
    door.openForm = async () => ({ refused: 'That button belongs to someone else.' });
    await person.press('Write it down');
    await running.fake.delivery.settled();
    await expect
      .poll(() => person.standing().at(-1)?.words)
      .toBe('That button belongs to someone else.');
  });
});
