import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSlackPerson, type SlackPerson } from './person.ts';
import { schemaMissing } from './schema.ts';
import { type FakeSlack, startSlack } from './server.ts';
import { call } from './testing.ts';
import { createLeapingTimers } from './timers.ts';
import type { Json } from './world.ts';

const section = (text: string): Json => ({ type: 'section', text: { type: 'mrkdwn', text } });
const table: Json = { type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] };

describe.skipIf(schemaMissing !== null)('the Web API of the fake', () => {
  const timers = createLeapingTimers();
  let fake: FakeSlack;
  let person: SlackPerson;
  let channel: string;
  beforeEach(async () => {
    fake = await startSlack({ timers, teams: [{ id: 'T0001' }, { id: 'T0002' }] });
    person = createSlackPerson(fake, 'T0001', 'U1');
    channel = person.dm;
  });
  afterEach(() => fake.stop());

  const post = (params: Json, method = 'chat.postMessage') =>
    call(fake, method, { channel, ...params });

  it('takes a message with words beside its blocks', async () => {
    const answer = await post({ text: 'Hello', blocks: [section('*Hello*')] });
    expect(answer).toMatchObject({ ok: true, channel, message: { bot_id: 'BBOT0001' } });
    expect(person.standing()[0]).toMatchObject({ words: 'Hello', bot: true });
    expect(fake.world.violations).toEqual([]);
  });

  it.each<[string, Json, string]>([
    ['nothing to say', { text: ' ' }, 'no_text'],
    ['an unknown argument', { text: 'a', colour: 'red' }, 'invalid_arguments'],
    ['an unknown block', { text: 'a', blocks: [{ type: 'poem' }] }, 'invalid_blocks'],
    ['an unknown key', { text: 'a', blocks: [{ type: 'divider', x: 1 }] }, 'invalid_blocks'],
    ['text beyond 40,000', { text: 'x'.repeat(40_001) }, 'msg_too_long'],
    ['blocks as text that is no JSON', { text: 'a', blocks: 'no json' }, 'invalid_json'],
    ['51 blocks', { text: 'a', blocks: Array(51).fill({ type: 'divider' }) }, 'invalid_blocks'],
    ['two tables', { text: 'a', blocks: [table, table] }, 'invalid_attachments'],
    [
      'a block id twice',
      { text: 'a', blocks: ['b', 'b'].map((block_id) => ({ type: 'divider', block_id })) },
      'invalid_blocks',
    ],
    [
      'an action id twice in one block',
      {
        text: 'a',
        blocks: [
          {
            type: 'actions',
            elements: ['x', 'y'].map((text) => ({
              type: 'button',
              action_id: 'same',
              text: { type: 'plain_text', text },
            })),
          },
        ],
      },
      'invalid_blocks',
    ],
    [
      'more than 13,200 characters',
      { text: 'a', blocks: Array(5).fill(section('x'.repeat(2_700))) },
      'msg_blocks_too_long',
    ],
    [
      'more than 12,000 characters of Markdown',
      {
        text: 'a',
        blocks: Array(2).fill({ type: 'markdown', text: 'x'.repeat(6_100) }),
      },
      'msg_blocks_too_long',
    ],
    [
      'an alert, which only modals show',
      { text: 'a', blocks: [{ type: 'alert', text: { type: 'plain_text', text: 'x' } }] },
      'invalid_blocks',
    ],
  ])('refuses %s, as a violation', async (_, params, error) => {
    expect(await post(params)).toMatchObject({ ok: false, error, status: 200 });
    expect(fake.world.violations).toHaveLength(1);
  });

  it('says what is wrong with which block', async () => {
    const blocks = [section('fine'), { type: 'header', text: { type: 'mrkdwn', text: 'x' } }];
    const answer = await post({ text: 'a', blocks });
    expect(answer.errors).toEqual([expect.stringContaining('/blocks/1')]);
    expect((await post({ text: 'a', blocks: [{ type: 'poem' }] })).errors).toEqual([
      expect.stringContaining('unsupported type: poem'),
    ]);
  });

  it('lets pass, but counts, what Slack only advises against', async () => {
    const blocks = Array(4).fill(section('x'.repeat(2_700)));
    expect(await post({ text: 'a', blocks })).toMatchObject({ ok: true });
    expect(await post({ blocks: [section('no text')] })).toMatchObject({ ok: true });
    expect(fake.world.violations).toEqual([
      expect.stringContaining('10800 characters of blocks'),
      expect.stringContaining('no text beside the blocks'),
    ]);
  });

  it('takes 50 blocks, one table and 10,000 characters', async () => {
    const blocks = [table, ...Array(49).fill({ type: 'divider' })];
    expect(await post({ text: 'a', blocks })).toMatchObject({ ok: true });
    const long = Array(4).fill(section('x'.repeat(2_500)));
    expect(await post({ text: 'a', blocks: long })).toMatchObject({ ok: true });
    expect(fake.world.violations).toEqual([]);
  });

  it('answers no to what is not there, without blaming the app', async () => {
    expect(await post({ channel: 'C404', text: 'a' })).toMatchObject({
      error: 'channel_not_found',
    });
    expect(await post({ text: 'a', ts: '1.0' }, 'chat.update')).toMatchObject({
      error: 'message_not_found',
    });
    fake.world.team('T0001').channel('C9').members.clear();
    expect(await post({ channel: 'C9', text: 'a' })).toMatchObject({ error: 'not_in_channel' });
    expect(await call(fake, 'conversations.open', { users: 'U404' })).toMatchObject({
      error: 'user_not_found',
    });
    expect(fake.world.violations).toEqual([]);
  });

  it('changes and deletes only what the bot wrote', async () => {
    const { ts } = await post({ text: 'old' });
    expect(await post({ ts, text: 'new' }, 'chat.update')).toMatchObject({ ok: true, text: 'new' });
    expect(person.standing()[0]).toMatchObject({ words: 'new', edits: 1 });
    const own = person.typed('mine').body.event as { readonly ts: string };
    expect(await post({ ts: own.ts, text: 'x' }, 'chat.update')).toMatchObject({
      error: 'cant_update_message',
    });
    expect(await post({ ts: own.ts }, 'chat.delete')).toMatchObject({
      error: 'cant_delete_message',
    });
    expect(await post({ ts }, 'chat.delete')).toMatchObject({ ok: true });
    expect(person.standing().map(({ words }) => words)).toEqual(['mine']);
  });

  it('shows an ephemeral message to one person, who cannot have it changed', async () => {
    const other = createSlackPerson(fake, 'T0001', 'U2');
    fake.world.team('T0001').channel('C1', { members: ['U1', 'U2'] });
    const answer = await post({ channel: 'C1', user: 'U1', text: 'psst' }, 'chat.postEphemeral');
    expect(person.standing('C1')).toMatchObject([{ words: 'psst', ephemeral: true }]);
    expect(other.standing('C1')).toEqual([]);
    person.reload();
    expect(person.standing('C1')).toEqual([]);
    expect(
      await post({ channel: 'C1', ts: answer.message_ts, text: 'x' }, 'chat.update'),
    ).toMatchObject({ error: 'message_not_found' });
    expect(
      await post({ channel: 'C1', user: 'U9', text: 'psst' }, 'chat.postEphemeral'),
    ).toMatchObject({ error: 'user_not_in_channel' });
  });

  it('knows its tokens: each for its own workspace, none when revoked', async () => {
    expect(await call(fake, 'auth.test', {}, null)).toMatchObject({ error: 'not_authed' });
    expect(await call(fake, 'auth.test', {}, 'xoxb-wrong')).toMatchObject({
      error: 'invalid_auth',
    });
    const second = fake.token('T0002');
    expect(await call(fake, 'auth.test', {}, second)).toMatchObject({ team_id: 'T0002' });
    expect(await call(fake, 'chat.postMessage', { channel, text: 'a' }, second)).toMatchObject({
      error: 'channel_not_found',
    });
    expect(await call(fake, 'apps.connections.open', {}, second)).toMatchObject({
      error: 'not_allowed_token_type',
    });
    expect(await call(fake, 'chat.sing', {})).toMatchObject({ error: 'unknown_method' });
  });

  it.each<[string, string, string, string]>([
    ['JSON', 'application/json', '{"channel":"C","text":"a"}', 'channel_not_found'],
    ['broken JSON', 'application/json', '{"channel":', 'invalid_json'],
    ['a form', 'application/x-www-form-urlencoded', 'channel=C&text=a', 'channel_not_found'],
    ['a field twice', 'application/x-www-form-urlencoded', 'text=a&text=b', 'invalid_form_data'],
    ['a flag that is none', 'application/x-www-form-urlencoded', 'mrkdwn=yes', 'invalid_arguments'],
    ['another kind of body', 'text/plain', 'channel=C&text=a', 'invalid_post_type'],
  ])('reads %s as Slack does', async (_, type, body, error) => {
    const response = await fetch(`${fake.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { 'content-type': type, authorization: `Bearer ${fake.token()}` },
      body,
    });
    expect(await response.json()).toMatchObject({ ok: false, error });
    expect(fake.world.violations).toHaveLength(error === 'channel_not_found' ? 0 : 1);
  });

  it('takes the exchange of a code as a form only', async () => {
    const response = await fetch(`${fake.apiUrl}oauth.v2.access`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(await response.json()).toMatchObject({ error: 'invalid_post_type' });
  });

  it("refuses a workspace's token in the name of another workspace", async () => {
    expect(await call(fake, 'auth.test', { team_id: 'T0001' })).toMatchObject({ ok: true });
    expect(await call(fake, 'auth.test', { team_id: 'T0002' })).toMatchObject({
      error: 'team_access_not_granted',
    });
  });

  it('refuses a method whose scope was not granted', async () => {
    const token = fake.world.install('T0001', ['chat:write']);
    expect(await call(fake, 'users.info', { user: 'U1' }, token)).toMatchObject({
      error: 'missing_scope',
      needed: 'users:read',
      provided: 'chat:write',
    });
    expect(await call(fake, 'chat.postMessage', { channel, text: 'a' }, token)).toMatchObject({
      ok: true,
    });
    expect(fake.world.violations).toHaveLength(1);
  });

  it('refuses a fifth message at once in a channel, and says when to come again', async () => {
    for (let index = 0; index < 4; index++) await post({ text: `m${index}` });
    expect(await post({ text: 'five' })).toMatchObject({
      status: 429,
      error: 'ratelimited',
      retryAfter: '1',
    });
    timers.leap(1_000);
    expect(await post({ text: 'five' })).toMatchObject({ ok: true });
    expect(fake.world.violations).toHaveLength(1);
  });

  it('refuses the 51st update of a minute, the tier of that method', async () => {
    const { ts } = await post({ text: 'a' });
    const answers = [];
    for (let index = 0; index < 51; index++) {
      answers.push(await post({ ts, text: `a${index}` }, 'chat.update'));
    }
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(1);
  });

  it('carries out scripted faults: floods, outages, refusals and lost answers', async () => {
    const faults = [
      { kind: 'flood', retryAfter: 7 },
      { kind: 'broken', status: 503 },
      { kind: 'refused', error: 'internal_error' },
      { kind: 'hidden' },
    ] as const;
    let next = 0;
    fake.inject(() => faults[next++] ?? null);
    expect(await post({ text: 'a' })).toMatchObject({ status: 429, retryAfter: '7' });
    expect(await post({ text: 'a' })).toMatchObject({ status: 503 });
    expect(await post({ text: 'a' })).toMatchObject({ status: 200, error: 'internal_error' });
    await expect(post({ text: 'stored' })).rejects.toThrow();
    expect(person.standing().map(({ words }) => words)).toEqual(['stored']);
    expect(fake.world.sent).toEqual([{ channel, text: 'stored', hidden: true }]);
    expect(fake.world.violations).toEqual([]);
  });

  it('carries a slow call out when it is let go', async () => {
    let go = () => {};
    const until = new Promise<void>((resolve) => {
      go = resolve;
    });
    fake.inject(() => ({ kind: 'slow', until }));
    const slow = post({ text: 'late' });
    expect(person.standing()).toEqual([]);
    go();
    expect(await slow).toMatchObject({ ok: true });
  });
});
