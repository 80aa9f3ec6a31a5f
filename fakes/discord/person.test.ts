import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDiscordPerson, type DiscordPerson } from './person.ts';
import { createRaw, type Raw } from './raw.ts';
import { specMissing } from './schema.ts';
import { type FakeDiscord, startDiscord } from './server.ts';

const row = (...components: unknown[]) => ({ type: 1, components });
const button = (label: string, more = {}) => ({
  type: 2,
  style: 1,
  label,
  custom_id: label,
  ...more,
});

describe.skipIf(specMissing !== null)(`a person on Discord${specMissing ?? ''}`, () => {
  let fake: FakeDiscord;
  let ask: Raw;
  let number = 3_000;
  beforeAll(async () => {
    fake = await startDiscord();
    ask = createRaw(fake);
  });
  afterAll(() => fake.stop());

  function somebody(): { person: DiscordPerson; path: string } {
    number += 1;
    const person = createDiscordPerson(fake, String(number), { locale: 'de' });
    return { person, path: `/channels/${person.direct()}/messages` };
  }

  it('reads words in order, wherever they stand, and sees pictures and files', async () => {
    const { person, path } = somebody();
    const body = {
      flags: 32_768,
      components: [
        { type: 10, content: 'One' },
        {
          type: 17,
          components: [
            { type: 9, components: [{ type: 10, content: 'Two' }], accessory: button('Why') },
            { type: 12, items: [{ media: { url: 'attachment://c.png' } }] },
            { type: 10, content: 'Three' },
            { type: 13, file: { url: 'attachment://h.csv' } },
          ],
        },
      ],
    };
    const files = { 'c.png': Buffer.from('png'), 'h.csv': Buffer.from('a,b') };
    await ask('POST', path, body, { files });
    const [message] = person.standing();
    expect(message).toMatchObject({ words: 'One\nTwo\nThree', labels: ['Why'], bot: true });
    expect(message.images.map(({ name }) => name)).toEqual(['c.png']);
    expect(message.files.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(['a,b']);
  });

  it('reads embeds too', async () => {
    const { person, path } = somebody();
    const fields = [{ name: 'SPY', value: '40.0 %' }];
    await ask('POST', path, { content: 'Here', embeds: [{ title: 'Plan', fields }] });
    expect(person.standing()[0].words).toBe('Here\nPlan\nSPY: 40.0 %');
  });

  it('presses the newest button with the words, also when they were cut, and none that is off', async () => {
    const { person, path } = somebody();
    await ask('POST', path, { content: 'old', components: [row(button('Yes'))] });
    const { body } = await ask('POST', path, {
      content: 'new',
      components: [row(button('Yes'), button('A long la…'), button('Off', { disabled: true }))],
    });
    expect(person.pressed('Yes').interaction.source).toBe(body.id);
    const cut = person.pressed('A long label').interaction.payload;
    expect(cut.data).toMatchObject({ custom_id: 'A long la…' });
    expect(() => person.pressed('Off')).toThrow(
      'There is no "Off"; there are: Yes, A long la…, Yes',
    );
  });

  it('chooses options by their words, as many as the select takes', async () => {
    const { person, path } = somebody();
    const options = ['Low', 'Middle', 'High'].map((label) => ({ label, value: label[0] }));
    const select = { type: 3, custom_id: 's', max_values: 2, options };
    await ask('POST', path, { content: 'x', components: [row(select)] });
    const { payload } = person.chose(['Low', 'High']).interaction;
    expect(payload).toMatchObject({
      type: 3,
      locale: 'de',
      data: { component_type: 3, custom_id: 's', values: ['L', 'H'] },
    });
    expect(() => person.chose(['Low', 'Middle', 'High'])).toThrow('takes 1 to 2');
    expect(() => person.chose('None')).toThrow('There is no "None"');
  });

  it('dismisses what only they can see, and then it is gone', async () => {
    const { person, path } = somebody();
    await ask('POST', path, { content: 'x', components: [row(button('Go'))] });
    const { interaction } = person.press('Go');
    const callback = `/interactions/${interaction.id}/${interaction.token}/callback`;
    await ask('POST', callback, { type: 4, data: { content: 'y', flags: 64 } }, { token: null });
    person.dismiss(interaction.original!);
    const edited = await ask(
      'PATCH',
      `/webhooks/${fake.applicationId}/${interaction.token}/messages/@original`,
      { content: 'z' },
      { token: null },
    );
    expect(edited).toMatchObject({ status: 404, body: { code: 10008 } });
    expect(() => person.dismiss(person.messages()[0].id)).toThrow('Only an ephemeral message');
  });

  it('in a guild is a member there, and alone in a direct chat', async () => {
    fake.world.channelIn('900', '901');
    const { person, path } = somebody();
    const body = { content: 'x', components: [row(button('Go'))] };
    await ask('POST', path, body);
    await ask('POST', '/channels/901/messages', body);
    const direct = person.pressed('Go').interaction.payload;
    expect(direct).toMatchObject({ context: 1, user: { id: person.id } });
    expect(direct.member).toBeUndefined();
    const guild = person.pressed('Go', '901').interaction.payload;
    expect(guild).toMatchObject({
      context: 0,
      guild_id: '900',
      member: { user: { id: person.id } },
      authorizing_integration_owners: { 0: '900' },
    });
    expect(guild.user).toBeUndefined();
  });

  it('waits for nothing that was never sent, and knows what was not answered', async () => {
    const { person, path } = somebody();
    await ask('POST', path, { content: 'x', components: [row(button('Go'))] });
    const before = fake.interactions.unanswered().length;
    const made = person.pressed('Go');
    expect(fake.interactions.unanswered()).toHaveLength(before);
    fake.delivery.push(made);
    await fake.delivery.heard();
    expect(fake.interactions.unanswered()).toContain(made.interaction);
    const told = fake.interactions.answered(made.interaction);
    const callback = `/interactions/${made.interaction.id}/${made.interaction.token}/callback`;
    await ask('POST', callback, { type: 6 }, { token: null });
    await told;
    expect(fake.interactions.unanswered()).toHaveLength(before);
  });
});
