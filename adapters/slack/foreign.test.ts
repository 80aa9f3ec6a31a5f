import { afterEach, describe, expect, it } from 'vitest';
import type { Delivery } from '../../fakes/slack/delivery.ts';
import { createSlackPerson, type SlackPerson } from '../../fakes/slack/person.ts';
import { schemaMissing } from '../../fakes/slack/schema.ts';
import type { Json } from '../../fakes/slack/world.ts';
import { asks, formToken, type Scripted, scriptedSlack } from './scripted.fixture.ts';

/** Everything that people can do, as Slack delivers it. */
const kinds: Readonly<Record<string, (person: SlackPerson) => Promise<Delivery>>> = {
  words: async (person) => person.typed('hello'),
  'a command': async (person) => person.commanded('/keel', 'hello', 'C1'),
  'a press': async (person) => person.pressed('Yes'),
  'a shortcut': async (person) => person.shortcutTaken('do_help'),
  'a form': async (person) => {
    await person.press('Write it down');
    await person.modal.fill({ 'How much': '90k', 'What for': 'A house' });
    return person.modal.submission();
  },
};

/** Whom it may claim to be for. */
const claims: Readonly<Record<string, (body: Json) => Json>> = {
  'a workspace without Keel': ({ team, ...body }) => ({
    ...body,
    team_id: 'T0666',
    ...(team === undefined ? { authorizations: [] } : { team: { id: 'T0666', domain: 'other' } }),
  }),
  'another app': (body) => ({ ...body, api_app_id: 'A0OTHER' }),
};

describe.skipIf(schemaMissing !== null).each(['http', 'socket'] as const)(
  'what Slack delivers by %s for somebody else',
  (mode) => {
    let running: Scripted;
    afterEach(() => running.stop());

    const cases = Object.keys(kinds).flatMap((kind) =>
      Object.keys(claims).map((claim) => [kind, claim] as const),
    );
    it.each(cases)('refuses %s for %s, stores nothing and logs no secret', async (kind, claim) => {
      running = await scriptedSlack({ mode });
      const { fake, slack, events, lines } = running;
      await slack.start();
      const person = createSlackPerson(fake, 'T0001', 'U0001');
      // The first delivery shows which app the secret is of.
      await person.say('hello');
      const to = { platform: 'slack', installation: 'T0001', identity: 'U0001' };
      await slack.deliver({ ...to, conversation: person.dm }, asks, null);
      const genuine = await kinds[kind](person);
      const before = events.length;
      const changed = { ...genuine, body: claims[claim](genuine.body) };
      const { status } = await fake.delivery.push(changed);
      expect(status).toBe(mode === 'http' ? 403 : 200);
      expect(events).toHaveLength(before);
      expect(lines.join('\n')).toContain('a delivery was refused');
      const secrets = [fake.token(), fake.app.signingSecret, fake.app.appToken, formToken];
      for (const secret of [...secrets, 'hooks', '90k', 'trigger_id']) {
        expect(lines.join('\n')).not.toContain(secret);
      }
      // The same, for whom it truly is, is taken.
      await fake.delivery.push({ ...genuine, id: `${genuine.id}x` });
      expect(events.length).toBeGreaterThan(before);
    });

    it('leaves aside words and presses of people of another company in a shared channel', async () => {
      running = await scriptedSlack({ mode });
      const { fake, slack, events, lines } = running;
      await slack.start();
      const person = createSlackPerson(fake, 'T0001', 'U0001');
      const to = { platform: 'slack', installation: 'T0001', identity: 'U0001' };
      await slack.deliver({ ...to, conversation: person.dm }, asks, null);
      const words = person.mentioned('C1', 'my portfolio');
      const event = { ...(words.body.event as Json), user_team: 'T0777' };
      const shared = { ...words.body, event, is_ext_shared_channel: true };
      const press = person.pressed('Yes');
      const user = { ...(press.body.user as Json), team_id: 'T0777' };
      for (const theirs of [
        { ...words, body: shared },
        { ...press, body: { ...press.body, user } },
      ]) {
        expect((await fake.delivery.push(theirs)).acknowledged).toBe(true);
      }
      expect(events).toEqual([]);
      expect(lines.filter((line) => line.includes('Somebody of another workspace'))).toHaveLength(
        2,
      );
    });
  },
);
