import { WebClient } from '@slack/web-api';
import { createEmulator } from 'emulate';
import { describe, expect, it } from 'vitest';
import { createSlackPerson } from './person.ts';
import { schemaMissing } from './schema.ts';
import { startSlack } from './server.ts';
import type { Json } from './world.ts';

const divider = { type: 'divider' };
const home = { type: 'home', blocks: [divider] };
const modal = { type: 'modal', title: { type: 'plain_text', text: 'A title' }, blocks: [divider] };

interface Side {
  readonly client: WebClient;
  readonly user: string;
  trigger(view?: string): Promise<string>;
}

/** The same calls on either server; each answer, or the word of its refusal. */
async function play({ client, user, trigger }: Side): Promise<Record<string, Json>> {
  const answers: Record<string, Json> = {};
  const ask = async (name: string, method: string, params: Json): Promise<Json> => {
    let answer: Json;
    try {
      answer = (await client.apiCall(method, { ...params })) as unknown as Json;
    } catch (error) {
      answer = { error: (error as { data: { error: string } }).data.error };
    }
    answers[name] = answer;
    return answer;
  };
  const { channel: opened } = await ask('a direct chat', 'conversations.open', { users: user });
  const channel = (opened as Json).id as string;
  const { ts } = await ask('a post', 'chat.postMessage', {
    channel,
    text: 'Hello',
    blocks: [{ ...divider, block_id: 'b' }],
  });
  await ask('a post to a person', 'chat.postMessage', { channel: user, text: 'Hello' });
  await ask('a post into nowhere', 'chat.postMessage', { channel: 'C404', text: 'Hello' });
  await ask('a post of nothing', 'chat.postMessage', { channel, text: '' });
  await ask('a private post', 'chat.postEphemeral', { channel, user, text: 'psst' });
  await ask('an edit', 'chat.update', { channel, ts, text: 'New', blocks: [] });
  await ask('an edit of nothing', 'chat.update', { channel, ts: '1.000000', text: 'New' });
  await ask('a deletion', 'chat.delete', { channel, ts });
  await ask('a second deletion', 'chat.delete', { channel, ts });
  await ask('a channel', 'conversations.info', { channel });
  await ask('a direct chat with nobody', 'conversations.open', { users: 'U404' });
  await ask('a person', 'users.info', { user });
  await ask('nobody', 'users.info', { user: 'U404' });
  const { upload_url: url, file_id: file } = await ask('an upload', 'files.getUploadURLExternal', {
    filename: 'a.png',
    length: 3,
  });
  await fetch(String(url), { method: 'POST', body: 'abc' });
  await ask('its end', 'files.completeUploadExternal', { files: [{ id: file, title: 'A chart' }] });
  await ask('a file', 'files.info', { file });
  await ask('no file', 'files.info', { file: 'F404' });
  await ask('a home', 'views.publish', { user_id: user, view: home });
  await ask('a home over a newer one', 'views.publish', { user_id: user, view: home, hash: 'x' });
  await ask('a home of nobody', 'views.publish', { user_id: 'U404', view: home });
  const first = await trigger();
  const { view } = (await ask('a modal', 'views.open', { trigger_id: first, view: modal })) as {
    view: { id: string; hash: string };
  };
  await ask('a trigger twice', 'views.open', { trigger_id: first, view: modal });
  await ask('a made-up trigger', 'views.open', { trigger_id: 'made.up', view: modal });
  const next = { view_id: view.id, hash: view.hash, view: modal };
  await ask('a modal changed', 'views.update', next);
  await ask('a modal changed late', 'views.update', next);
  await ask('no modal changed', 'views.update', { view_id: 'V404', view: modal });
  await ask('a modal over it', 'views.push', { trigger_id: await trigger(view.id), view: modal });
  return answers;
}

/** Told by each server in its own way: ids, times, addresses, and what a file is before it is read. */
const own = new Set(
  'ts message_ts id hash user team team_id app_id bot_id name upload_url file_id created timestamp permalink url_private url_private_download root_view_id previous_view_id response_metadata mimetype filetype pretty_type headers block_id edited no_op already_open shares user_team file_access real_name profile'.split(
    ' ',
  ),
);

/** What both say, without what is each one's own. */
function common(one: unknown, other: unknown): unknown {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.map((each, index) => common(each, other[index]));
  }
  if (one === null || typeof one !== 'object' || other === null || typeof other !== 'object') {
    return /^[A-Z][A-Z0-9]{4,}$/.test(String(one)) ? 'an id' : one;
  }
  return Object.fromEntries(
    Object.entries(one)
      .filter(([name]) => Object.hasOwn(other, name) && !own.has(name))
      .map(([name, inside]) => [name, common(inside, (other as Json)[name])]),
  );
}

describe.skipIf(schemaMissing !== null)('the fake beside the emulator of emulate', () => {
  it('answers and refuses the same calls in the same words', async () => {
    const port = 20_000 + (process.pid % 20_000);
    const token = 'xoxb-second-opinion';
    const emulator = await createEmulator({
      service: 'slack',
      port,
      seed: {
        tokens: { [token]: { login: 'keel', scopes: [] } },
        slack: {
          team: { name: 'Second', domain: 'second' },
          users: [{ name: 'developer', real_name: 'Developer', email: 'dev@example.com' }],
          bots: [{ name: 'keel' }],
        },
      },
    });
    const fake = await startSlack();
    createSlackPerson(fake, 'T0001', 'U1');
    const options = { retryConfig: { retries: 0 }, logger: quiet };
    const theirs = new WebClient(token, { slackApiUrl: `${emulator.url}/api/`, ...options });
    const ours = new WebClient(fake.token(), { slackApiUrl: fake.apiUrl, ...options });
    const { members = [] } = await theirs.users.list({});
    const developer = members.find(({ name }) => name === 'developer')!.id!;
    const second = await play({
      client: theirs,
      user: developer,
      async trigger(view_id) {
        const asked = { user_id: developer, ...(view_id ? { view_id } : {}) };
        const answer = (await theirs.apiCall('views.generateTriggerId', asked)) as unknown as Json;
        return String(answer.trigger_id);
      },
    });
    const first = await play({
      client: ours,
      user: 'U1',
      trigger: async () => fake.world.trigger('T0001', 'U1'),
    });
    await Promise.all([emulator.close(), fake.stop()]);
    expect(Object.keys(first)).toEqual(Object.keys(second));
    for (const [name, answer] of Object.entries(first)) {
      expect([name, common(answer, second[name])]).toEqual([name, common(second[name], answer)]);
    }
    expect(Object.values(first).filter(({ error }) => error !== undefined)).toHaveLength(13);
    // Only a post of nothing is the caller's mistake; the rest are states of the world.
    expect(fake.world.violations).toEqual(['chat.postMessage: no_text']);
  });
});

const quiet = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  setName() {},
  getLevel: () => 'error' as never,
};
