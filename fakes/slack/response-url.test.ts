import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSlackPerson, type SlackPerson } from './person.ts';
import { schemaMissing } from './schema.ts';
import { type FakeSlack, startSlack } from './server.ts';
import { call, listenTo } from './testing.ts';
import { createLeapingTimers } from './timers.ts';
import type { Json } from './world.ts';

describe.skipIf(schemaMissing !== null)('response addresses of the fake', () => {
  const timers = createLeapingTimers();
  let fake: FakeSlack;
  let person: SlackPerson;
  let app: Awaited<ReturnType<typeof listenTo>>;
  let url: string;
  beforeEach(async () => {
    fake = await startSlack({ timers });
    person = createSlackPerson(fake, 'T0001', 'U1');
    app = await listenTo(fake);
    const button = { type: 'button', text: { type: 'plain_text', text: 'Go' }, action_id: 'go' };
    const blocks = [{ type: 'actions', elements: [button] }];
    await call(fake, 'chat.postMessage', { channel: person.dm, text: 'Go?', blocks });
    await person.press('Go');
    url = String(app.heard[0].body.response_url);
  });
  afterEach(async () => {
    await app.stop();
    await fake.stop();
  });

  async function respond(body: Json): Promise<{ status: number; said: Json }> {
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
    return { status: response.status, said: (await response.json()) as Json };
  }

  it('answers privately, publicly or in place of the message', async () => {
    await respond({ text: 'Only you.' });
    await respond({ text: 'Everybody.', response_type: 'in_channel' });
    await respond({ text: 'Done.', replace_original: true });
    expect(person.standing().map(({ words, ephemeral }) => [words, ephemeral])).toEqual([
      ['Done.', false],
      ['Only you.', true],
      ['Everybody.', false],
    ]);
    await respond({ delete_original: true });
    expect(person.standing()).toHaveLength(2);
    expect(fake.world.violations).toEqual([]);
  });

  it('is good for five answers', async () => {
    for (let index = 0; index < 5; index++) {
      expect(await respond({ text: `${index}` })).toMatchObject({ status: 200 });
    }
    expect(await respond({ text: '5' })).toEqual({
      status: 404,
      said: { ok: false, error: 'used_url' },
    });
  });

  it('is good for half an hour', async () => {
    timers.leap(30 * 60_000);
    expect(await respond({ text: 'just so' })).toMatchObject({ status: 200 });
    timers.leap(1);
    expect(await respond({ text: 'late' })).toMatchObject({ said: { error: 'expired_url' } });
  });

  it('can be made to expire', async () => {
    fake.expireResponseUrls();
    expect(await respond({ text: 'late' })).toMatchObject({ said: { error: 'expired_url' } });
  });

  it.each<[string, Json]>([
    ['an unknown key', { text: 'x', colour: 'red' }],
    ['an unknown type', { text: 'x', response_type: 'loud' }],
    ['a flag that is no flag', { text: 'x', replace_original: 'true' }],
    ['an invalid block', { text: 'x', blocks: [{ type: 'poem' }] }],
    ['nothing', {}],
  ])('refuses %s', async (_, body) => {
    expect((await respond(body)).said).toMatchObject({ ok: false });
    expect(fake.world.violations).toHaveLength(1);
  });
});
