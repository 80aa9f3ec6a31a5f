import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Event } from '../../bot/event.ts';
import { specMissing } from '../../fakes/discord/schema.ts';
import { createLeapingTimer } from '../../fakes/telegram/timer.ts';
import { backTo, channel, discordRig, fill, go, guild, type Rig, says } from './fixtures/rig.ts';

describe.skipIf(specMissing !== null).each(['gateway', 'http'] as const)(
  'talking by %s',
  (mode) => {
    let rig: Rig;
    afterEach(async () => {
      expect(rig.fake.world.violations).toEqual([]);
      await rig.stop();
    });
    const open = async (options: Parameters<typeof discordRig>[0] = {}) => {
      rig = await discordRig({ mode, ...options });
      await rig.start();
      return rig;
    };

    it('answers a slash command in a server to the person alone', async () => {
      const { person, heard, discord } = await open();
      person.run('goal', { text: '20k for a house' }, channel);
      const event = await heard(1);
      expect(event.body).toEqual({ kind: 'command', name: 'goal', args: '20k for a house' });
      expect(event.source.conversation).toBe(person.id);
      expect(event.surface).toBe('direct');
      expect(event.locale).toBe('en-GB');
      await discord.deliver(backTo(event), says('Your $20,000.00'), null);
      const [seen] = person.standing(channel);
      expect(seen).toMatchObject({ words: 'Your $20,000.00', ephemeral: true, loading: false });
      expect(person.standing()).toEqual([]);
    });

    it('says more than one message, all to the person alone', async () => {
      const { person, heard, discord } = await open();
      person.run('help', {}, channel);
      const to = backTo(await heard(1));
      const first = await discord.deliver(to, says('One'), null);
      await discord.deliver(to, says('Two', { key: 'two' }), null);
      await discord.deliver(to, says('One, edited', { replaces: 'key' }), first);
      expect(person.standing(channel).map(({ words, ephemeral }) => [words, ephemeral])).toEqual([
        ['One, edited', true],
        ['Two', true],
      ]);
    });

    it('edits the message whose button was pressed, in a server and directly', async () => {
      const { person, heard, discord } = await open();
      for (const [at, where] of [channel, undefined].entries()) {
        person.run('help', {}, where);
        const shown = says('Before', { actions: [go] });
        const ids = await discord.deliver(backTo(await heard(2 * at + 1)), shown, null);
        person.press('Go on', where);
        const pressed = await heard(2 * at + 2);
        expect(pressed.body).toEqual({ kind: 'button', token: go.do });
        const next = says('After', { actions: [go], replaces: 'key' });
        expect(await discord.deliver(backTo(pressed), next, ids)).toHaveLength(1);
        const seen = person.standing(where).filter(({ bot }) => bot);
        expect(seen.map(({ words }) => words)).toEqual(['After']);
        expect(seen[0].labels).toEqual(['Go on']);
      }
    });

    it('reads a choice from a menu, also when two options have one value', async () => {
      const { person, heard, discord } = await open();
      person.run('help');
      const options = ['Red', 'Blue', 'Green'].map((label) => ({ label, value: 'colour' }));
      const select = { kind: 'select', label: 'Colour', do: go.do, options } as const;
      await discord.deliver(backTo(await heard(1)), says('Choose', { actions: [select] }), null);
      person.choose('Green');
      expect((await heard(2)).body).toEqual({ kind: 'select', token: go.do, value: 'colour' });
    });

    it('offers what may follow while somebody types', async () => {
      const { person, fake, events } = await open();
      const { interaction } = person.complete('holdings', 'text', 'spy');
      await vi.waitFor(() => expect(interaction.choices).not.toBeNull());
      expect(interaction.choices).toEqual([{ name: 'spy: an asset', value: 'SPY' }]);
      expect(events).toEqual([]);
      expect(fake.world.sent).toEqual([]);
    });

    it('takes a file by its own command', async () => {
      const { person, heard } = await open();
      const bytes = Buffer.from('SPY,12\n');
      person.run('file', { file: { name: 'mine.csv', bytes }, words: 'My holdings' }, channel);
      const { body } = await heard(1);
      const content = bytes.toString('base64');
      expect(body).toMatchObject({ kind: 'file', caption: 'My holdings' });
      expect(body).toMatchObject({ file: { name: 'mine.csv', bytes: 7, content } });
    });

    it('acknowledges a file only when it is stored, unless it takes long to read', async () => {
      const answered: (number | null)[] = [];
      const events: Event[] = [];
      const { person, fake } = await open({
        door: {
          async receive(event) {
            answered.push([...fake.world.interactions.values()].at(-1)!.answer);
            return events.push(event) > 0;
          },
        },
      });
      const bytes = Buffer.from('SPY,12\n');
      const { interaction } = person.run('file', { file: { name: 'mine.csv', bytes } }, channel);
      await vi.waitFor(() => expect(interaction.answer).toBe(5));
      expect(events).toHaveLength(1);
      expect(answered).toEqual([null]);
    });

    it('refuses a file that is too large before reading it', async () => {
      const { person, events } = await open();
      const bytes = Buffer.alloc(1024 * 1024 + 1, 65);
      person.run('file', { file: { name: 'big.csv', bytes } }, channel);
      await vi.waitFor(() =>
        expect(person.standing(channel)[0]?.words).toMatch(/too large: at most 1 MB/),
      );
      expect(events).toEqual([]);
    });

    it('says that nothing was done when it cannot be stored', async () => {
      const receive = async () => {
        throw new Error('secret words of the store');
      };
      const { person, logged } = await open({ door: { receive } });
      person.run('help', {}, channel);
      await vi.waitFor(() =>
        expect(person.standing(channel)[0]?.words).toMatch(/nothing was done/),
      );
      expect(person.standing(channel)[0].ephemeral).toBe(true);
      expect(JSON.stringify(logged)).not.toContain('secret words');
    });

    it('acknowledges in time when the store is slow, and the answer follows', async () => {
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const adapter = { patience: createLeapingTimer() };
      const { person } = await open({ door: { receive: () => promise }, adapter });
      const { interaction } = person.run('help', {}, channel);
      await vi.waitFor(() => expect(interaction.answer).toBe(5));
      resolve(true);
    });

    it('takes back what it acknowledged when a slow store fails', async () => {
      const { promise, reject } = Promise.withResolvers<boolean>();
      const adapter = { patience: createLeapingTimer() };
      const { person } = await open({ door: { receive: () => promise }, adapter });
      const { interaction } = person.run('help', {}, channel);
      await vi.waitFor(() => expect(interaction.answer).toBe(5));
      reject(new Error('gone'));
      await vi.waitFor(() => expect(person.standing(channel)[0].words).toMatch(/nothing was done/));
      expect(person.standing(channel)[0]).toMatchObject({ ephemeral: true, loading: false });
    });

    it('takes a delivery that comes twice as one', async () => {
      const { person, fake, heard, discord, events } = await open();
      const act = person.run('help', {}, channel);
      const event = await heard(1);
      await discord.deliver(backTo(event), says('Once'), null);
      fake.delivery.repeat(act);
      person.run('help');
      await heard(2);
      expect(events.map(({ id }) => id)).toEqual([event.id, events[1].id]);
      expect(person.standing(channel).map(({ words }) => words)).toEqual(['Once']);
    });

    it('keeps what was typed into a form with mistakes', async () => {
      const { person, heard, discord, events } = await open();
      person.run('help', {}, channel);
      await discord.deliver(backTo(await heard(1)), says('Goal?', { actions: [fill()] }), null);
      const pressed = person.press('Fill in', channel);
      await vi.waitFor(() => expect(pressed.interaction.modal).not.toBeNull());
      person.submit({
        Goal: 'An amount by a date',
        'By when': 'gestern',
        'Amount, and what for': '',
      });
      await vi.waitFor(() =>
        expect(person.standing(channel).at(-1)?.labels).toEqual(['Correct it']),
      );
      const said = person.standing(channel).at(-1);
      expect(said?.ephemeral).toBe(true);
      expect(said?.words).toMatch(/Amount, and what for.*How much should it be/);
      expect(events).toHaveLength(1);
      const again = person.press('Correct it', channel);
      await vi.waitFor(() => expect(again.interaction.modal).not.toBeNull());
      // What is not given stays as the form was filled in.
      person.submit({ 'By when': 'June 2040', 'Amount, and what for': '20k for a house' });
      const { body } = await heard(2);
      expect(body).toEqual({
        kind: 'form',
        token: fill().do,
        values: {
          kind: 'by-date',
          amount: '20k for a house',
          by: 'June 2040',
          contribution: '500',
          rate: '',
        },
      });
      await vi.waitFor(() =>
        expect(person.standing(channel).at(-1)).toMatchObject({ labels: [], edited: true }),
      );
    });

    it('keeps what was typed into a form when it cannot be stored', async () => {
      let broken = false;
      const events: Event[] = [];
      const receive = async (event: Event) => {
        if (broken) throw new Error('no store');
        return events.push(event) > 0;
      };
      const { person, discord } = await open({ door: { receive } });
      person.run('help');
      await vi.waitFor(() => expect(events).toHaveLength(1));
      await discord.deliver(backTo(events[0]), says('Goal?', { actions: [fill()] }), null);
      const pressed = person.press('Fill in');
      await vi.waitFor(() => expect(pressed.interaction.modal).not.toBeNull());
      broken = true;
      const rate = { Goal: 'A return that I name', 'Return per year': '6 %' };
      person.submit(rate);
      await vi.waitFor(() => expect(person.standing().at(-1)?.words).toMatch(/nothing was done/));
      broken = false;
      const again = person.press('Fill in');
      await vi.waitFor(() => expect(again.interaction.modal).not.toBeNull());
      person.submit({});
      await vi.waitFor(() => expect(events).toHaveLength(2));
      expect(events[1].body).toMatchObject({ values: { kind: 'target-return', rate: '6 %' } });
    });

    it('takes a file in a form', async () => {
      const { person, heard, discord } = await open();
      person.run('help');
      const form = says('Holdings?', { actions: [fill('holdings')] });
      await discord.deliver(backTo(await heard(1)), form, null);
      const pressed = person.press('Fill in');
      await vi.waitFor(() => expect(pressed.interaction.modal).not.toBeNull());
      const bytes = Buffer.from('SPY,12\n');
      person.submit({ 'Or a CSV file': [{ name: 'mine.csv', bytes }] });
      const { body } = await heard(2);
      expect(body).toMatchObject({ kind: 'form', values: { file: 'mine.csv' } });
      expect(body).toMatchObject({ files: { file: { bytes: 7 } } });
    });

    it('names the field of a file that is no table', async () => {
      const { person, heard, discord, events } = await open();
      person.run('help');
      const form = says('Holdings?', { actions: [fill('holdings')] });
      await discord.deliver(backTo(await heard(1)), form, null);
      const pressed = person.press('Fill in');
      await vi.waitFor(() => expect(pressed.interaction.modal).not.toBeNull());
      person.submit({ 'Or a CSV file': [{ name: 'mine.exe', bytes: Buffer.from('x') }] });
      await vi.waitFor(() =>
        expect(person.standing().at(-1)?.words).toMatch(/Or a CSV file.*end with .csv or .txt/),
      );
      expect(person.standing().at(-1)?.words).toMatch(/choose the file again/);
      expect(events).toHaveLength(1);
    });

    it('refuses a form that belongs to somebody else', async () => {
      const openForm = async () => ({ refused: 'That button belongs to someone else.' });
      const { person, heard, discord } = await open({ door: { openForm } });
      person.run('help', {}, channel);
      await discord.deliver(backTo(await heard(1)), says('Goal?', { actions: [fill()] }), null);
      person.press('Fill in', channel);
      await vi.waitFor(() =>
        expect(person.standing(channel).at(-1)?.words).toBe('That button belongs to someone else.'),
      );
      expect(person.standing(channel).at(-1)?.ephemeral).toBe(true);
      expect(rig.fake.world.guild(guild).members.has(person.id)).toBe(true);
    });
  },
);

describe.skipIf(specMissing !== null)('what Discord signed for somebody else', () => {
  it('is refused when it is for another application, and stored nowhere', async () => {
    const rig = await discordRig({ mode: 'http' });
    await rig.start();
    const payload = {
      ...rig.person.commanded('help', {}, channel).interaction.payload,
      application_id: '1400000000000000002',
    };
    const answer = await rig.fake.endpoint.forge(payload, (headers) => headers);
    expect(answer.status).toBe(200);
    expect(JSON.stringify(await answer.json())).toContain('I do not know what to do with that');
    expect(rig.events).toEqual([]);
    expect(rig.logged.at(-1)?.fields.why).toBe('It is for another application.');
    await rig.stop();
  });
});
