import { afterEach, describe, expect, it } from 'vitest';
import { createSlackPerson } from '../../fakes/slack/person.ts';
import { schemaMissing } from '../../fakes/slack/schema.ts';
import * as samples from '../web/fixtures/replies.ts';
import { type Scripted, scriptedSlack } from './scripted.fixture.ts';

describe.skipIf(schemaMissing !== null)('requests of Slack before Keel has started', () => {
  let running: Scripted;
  afterEach(async () => {
    await running.fake.delivery.settled();
    expect(running.fake.world.violations).toEqual([]);
    await running.stop();
  });

  it('lets what arrives while it starts wait, and loses none of it', async () => {
    running = await scriptedSlack({ mode: 'http', slack: { ackMs: 60 } });
    const person = createSlackPerson(running.fake, 'T0001', 'U0001');
    const early = person.typed('early');
    expect((await running.fake.delivery.repeat(early, 0)).status).toBe(503);
    const waits = running.fake.delivery.repeat(early, 1);
    const reply = samples.says('hi', 'Hello.');
    const to = {
      platform: 'slack',
      installation: 'T0001',
      conversation: person.dm,
      identity: 'U0001',
    };
    await expect(running.slack.deliver(to, reply, null)).rejects.toMatchObject({
      code: 'unreachable',
    });
    await running.slack.start();
    await waits;
    expect((await running.fake.delivery.repeat(early, 2)).acknowledged).toBe(true);
    expect(running.events).toHaveLength(1);
  });
});
