import { afterEach, describe, expect, it } from 'vitest';
import { createSlackPerson } from '../../fakes/slack/person.ts';
import { schemaMissing } from '../../fakes/slack/schema.ts';
import * as samples from '../web/fixtures/replies.ts';
import { asks, back, type Scripted, scriptedSlack } from './scripted.fixture.ts';

describe.skipIf(schemaMissing !== null).each(['http', 'socket'] as const)(
  'slack in channels by %s',
  (mode) => {
    let running: Scripted;
    afterEach(async () => {
      const { fake, lines } = running;
      await fake.delivery.settled();
      expect(fake.world.violations).toEqual([]);
      const said = lines.join('\n');
      for (const secret of [
        ...fake.world.tokens.keys(),
        fake.app.signingSecret,
        fake.app.appToken,
      ]) {
        expect(said).not.toContain(secret);
      }
      await running.stop();
    });
    const start = async (options: Parameters<typeof scriptedSlack>[0] = {}) => {
      running = await scriptedSlack({ mode, ...options });
      await running.slack.start();
      return { person: createSlackPerson(running.fake, 'T0001', 'U0001'), ...running };
    };

    it('answers a command in a channel for one person alone, and again in place of its buttons', async () => {
      const { person, events, slack, fake } = await start();
      const other = createSlackPerson(fake, 'T0001', 'U0002');
      fake.world.team('T0001').channel('C0001', { members: ['U0001', 'U0002'] });
      await person.command('/keel', 'recommend', 'C0001');
      expect(events[0]).toMatchObject({
        surface: 'group',
        source: { conversation: 'C0001:U0001', identity: 'U0001' },
        body: { kind: 'command', name: 'recommend', args: '' },
      });
      const ids = await slack.deliver(back(events[0]), asks, null);
      expect(person.standing('C0001')).toMatchObject([{ ephemeral: true }]);
      expect(other.standing('C0001')).toEqual([]);
      await person.press('Yes', 'C0001');
      expect(events[1].source.conversation).toBe('C0001:U0001');
      const outcome = samples.says('done', 'You hold $15,000.00.');
      await slack.deliver(back(events[1]), { ...outcome, replaces: 'ask' }, ids);
      expect(person.standing('C0001').map(({ words }) => words)).toEqual(['You hold $15,000.00.']);
      expect(other.standing('C0001')).toEqual([]);
      expect(other.standing()).toEqual([]);
    });

    it('answers by the address of the command where the bot was not invited, then in the direct chat', async () => {
      const { person, events, slack, fake } = await start();
      fake.world
        .team('T0001')
        .channel('C0009', { members: ['U0001'] })
        .members.delete('UBOT0001');
      await person.command('/keel', 'recommend', 'C0009');
      for (let round = 0; round < 5; round++) {
        await slack.deliver(back(events[0]), samples.says(`k${round}`, `Answer ${round}.`), null);
      }
      expect(person.standing('C0009').map(({ words }) => words)).toHaveLength(5);
      expect(person.standing()).toEqual([]);
      await slack.deliver(back(events[0]), samples.says('k6', 'Answer 6.'), null);
      expect(person.standing().map(({ words }) => words)).toEqual(['Answer 6.']);
    });

    it('shows progress in a channel once, since it cannot be changed there, and the answer after it', async () => {
      const { person, events, slack, fake } = await start();
      fake.world.team('T0001').channel('C0001', { members: ['U0001'] });
      await person.command('/keel', 'recommend', 'C0001');
      let ids = await slack.deliver(back(events[0]), samples.progress(10), null);
      ids = await slack.deliver(back(events[0]), samples.progress(60), ids);
      await slack.deliver(back(events[0]), { ...samples.backtest, replaces: 'work' }, ids);
      expect(person.standing('C0001').map(({ ephemeral }) => ephemeral)).toEqual([true, true]);
      expect(person.standing()).toEqual([]);
    });

    it('shows what a press brings below what was pressed, where the bot was not invited', async () => {
      const { person, events, slack, fake } = await start();
      fake.world
        .team('T0001')
        .channel('C0009', { members: ['U0001'] })
        .members.delete('UBOT0001');
      await person.command('/keel', 'why', 'C0009');
      const asked = await slack.deliver(back(events[0]), asks, null);
      await person.press('Yes', 'C0009');
      const ids = await slack.deliver(back(events[1]), samples.progress(10), null);
      await slack.deliver(
        back(events[1]),
        { ...samples.says('done', 'Tested.'), replaces: 'work' },
        ids,
      );
      const shown = () => person.standing('C0009').map(({ words }) => words);
      expect(shown()).toEqual([expect.stringContaining('Shall I?'), expect.any(String), 'Tested.']);
      await slack.deliver(
        back(events[1]),
        { ...samples.says('kept', 'Kept.'), replaces: 'ask' },
        asked,
      );
      expect(shown()).toEqual(['Kept.', expect.any(String), 'Tested.']);
    });

    it('hands a file out in the direct chat, with a word in the channel for that person', async () => {
      const { person, events, slack, fake } = await start();
      const other = createSlackPerson(fake, 'T0001', 'U0002');
      fake.world.team('T0001').channel('C0001', { members: ['U0001', 'U0002'] });
      await person.mention('C0001', 'export');
      await slack.deliver(back(events[0]), samples.exported, null);
      expect(person.standing().flatMap(({ files }) => files)).toHaveLength(1);
      expect(person.standing('C0001').at(-1)).toMatchObject({ ephemeral: true });
      expect(other.standing('C0001').filter(({ bot }) => bot)).toEqual([]);
    });
  },
);
