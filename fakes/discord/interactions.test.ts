import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscordPerson, type DiscordPerson } from './person.ts';
import { createRaw, type Raw } from './raw.ts';
import { answerFlaws, specMissing } from './schema.ts';
import { type FakeDiscord, startDiscord } from './server.ts';
import type { FakeInteraction } from './world.ts';

const v2 = 32_768;
const ephemeral = 64;
const yes = { type: 2, style: 1, label: 'Yes', custom_id: 'yes' };

describe.skipIf(specMissing !== null)(`interactions${specMissing ?? ''}`, () => {
  let fake: FakeDiscord;
  let ask: Raw;
  let ada: DiscordPerson;
  let at = 1_780_000_000_000;

  beforeEach(async () => {
    fake = await startDiscord({ now: () => at });
    ask = createRaw(fake);
    ada = createDiscordPerson(fake, '2001');
    await ask('PUT', `/applications/${fake.applicationId}/commands`, [
      { name: 'help', description: 'Everything I can do' },
      {
        name: 'add',
        description: 'Add a holding',
        options: [{ type: 3, name: 'ticker', description: 'What', autocomplete: true }],
      },
    ]);
  });
  afterEach(() => fake.stop());

  const callback = (of: FakeInteraction, body: unknown, query = '') =>
    ask('POST', `/interactions/${of.id}/${of.token}/callback${query}`, body, { token: null });
  const hook = (of: FakeInteraction, rest = '') =>
    `/webhooks/${fake.applicationId}/${of.token}${rest}`;
  const hooked = (method: string, of: FakeInteraction, rest: string, body?: unknown) =>
    ask(method, hook(of, rest), body, { token: null });

  it('are answered once: the second answer hears 40060', async () => {
    const { interaction } = ada.run('help');
    const first = await callback(interaction, { type: 4, data: { content: 'a' } });
    expect(first.status).toBe(204);
    expect(first.headers.get('content-type')).toBeNull();
    expect(fake.world.violations).toEqual([]);
    const second = await callback(interaction, { type: 4, data: { content: 'b' } });
    expect(second).toMatchObject({ status: 400, body: { code: 40060 } });
    expect(fake.world.violations).toHaveLength(1);
    expect(ada.standing().map(({ words }) => words)).toEqual(['a']);
  });

  it('that were delivered twice may be answered twice, and the second is only refused', async () => {
    const made = ada.commanded('help');
    fake.delivery.push(made);
    fake.delivery.repeat(made);
    await callback(made.interaction, { type: 4, data: { content: 'a' } });
    const second = await callback(made.interaction, { type: 4, data: { content: 'b' } });
    expect(second.body.code).toBe(40060);
    expect(fake.world.violations).toEqual([]);
  });

  it('are answered within three seconds: later they are unknown', async () => {
    const soon = ada.run('help').interaction;
    at += 3_000;
    expect(await callback(soon, { type: 5 })).toMatchObject({ status: 204 });
    const late = ada.run('help').interaction;
    at += 3_001;
    expect(await callback(late, { type: 5 })).toMatchObject({ status: 404, body: { code: 10062 } });
    expect(fake.world.violations).toHaveLength(1);
    expect(fake.interactions.unanswered()).toEqual([late]);
  });

  it('may be late or answered again when a fault was in the way', async () => {
    fake.inject(() => ({ kind: 'hidden' }));
    const first = ada.run('help').interaction;
    await expect(callback(first, { type: 5 })).rejects.toThrow('fetch failed');
    fake.inject(() => null);
    expect(await callback(first, { type: 5 })).toMatchObject({ body: { code: 40060 } });
    const second = ada.run('help').interaction;
    let release: (value: unknown) => void = () => undefined;
    const until = new Promise((resolve) => {
      release = resolve;
    });
    fake.inject(() => ({ kind: 'held', until }));
    const held = callback(second, { type: 5 });
    at += 3_001;
    release(null);
    expect(await held).toMatchObject({ body: { code: 10062 } });
    expect(fake.world.violations).toEqual([]);
  });

  it('have tokens that live a quarter of an hour', async () => {
    const { interaction } = ada.run('help');
    await callback(interaction, { type: 4, data: { content: 'a' } });
    at += 15 * 60_000;
    const edited = await hooked('PATCH', interaction, '/messages/@original', { content: 'b' });
    expect(edited.status).toBe(200);
    at += 1;
    const late = await hooked('PATCH', interaction, '/messages/@original', { content: 'c' });
    expect(late).toMatchObject({ status: 401, body: { code: 50027 } });
    expect(await hooked('POST', interaction, '', { content: 'd' })).toMatchObject({ status: 401 });
    expect(ada.standing().map(({ words }) => words)).toEqual(['b']);
    expect(fake.world.violations).toEqual([]);
  });

  it('can lose their token before its time', async () => {
    const { interaction } = ada.run('help');
    await callback(interaction, { type: 5 });
    interaction.expired = true;
    const late = await hooked('PATCH', interaction, '/messages/@original', { content: 'b' });
    expect(late.body.code).toBe(50027);
  });

  it('decide at the defer whether only one person sees the answer', async () => {
    const { interaction } = ada.run('help');
    await callback(interaction, { type: 5, data: { flags: ephemeral } });
    const shown = await hooked('PATCH', interaction, '/messages/@original', { content: 'a' });
    expect(shown.body.flags).toBe(ephemeral);
    const open = ada.run('help').interaction;
    await callback(open, { type: 5 });
    expect(fake.world.violations).toEqual([]);
    const hidden = await hooked('PATCH', open, '/messages/@original', {
      flags: ephemeral,
      content: 'a',
    });
    expect(hidden.status).toBe(400);
    expect(fake.world.violations).toHaveLength(1);
  });

  it('take no V2 flag and no words in a defer', async () => {
    const { interaction } = ada.run('help');
    expect(await callback(interaction, { type: 5, data: { flags: v2 } })).toMatchObject({
      status: 400,
    });
    expect(await callback(interaction, { type: 5, data: { content: 'x' } })).toMatchObject({
      status: 400,
    });
    expect(fake.world.violations).toHaveLength(2);
    expect(await callback(interaction, { type: 5, data: { flags: ephemeral } })).toMatchObject({
      status: 204,
    });
    const edited = await hooked('PATCH', interaction, '/messages/@original', {
      flags: v2,
      components: [{ type: 10, content: 'x' }],
    });
    expect(edited.body.flags).toBe(v2 | ephemeral);
  });

  it('fill a deferred answer with the first follow-up, whose visibility stays', async () => {
    const { interaction } = ada.run('help');
    await callback(interaction, { type: 5, data: { flags: ephemeral } });
    const first = await hooked('POST', interaction, '', { content: 'a' });
    expect(first.body).toMatchObject({ content: 'a', flags: ephemeral });
    const second = await hooked('POST', interaction, '', { content: 'b' });
    expect(second.body).toMatchObject({ content: 'b', flags: 0 });
    expect(ada.standing()).toHaveLength(2);
    expect(fake.world.violations).toEqual([]);
  });

  it('are followed up only after the first answer', async () => {
    const { interaction } = ada.run('help');
    const early = await hooked('POST', interaction, '', { content: 'a' });
    expect(early).toMatchObject({ status: 404, body: { code: 10015 } });
    expect(fake.world.violations).toHaveLength(1);
  });

  it('let their follow-ups be changed and taken back, and nothing else', async () => {
    const { interaction } = ada.run('help');
    await callback(interaction, { type: 4, data: { content: 'a', flags: ephemeral } });
    const more = await hooked('POST', interaction, '', { content: 'b', flags: ephemeral });
    await hooked('PATCH', interaction, `/messages/${more.body.id}`, { content: 'c' });
    expect(ada.standing().map(({ words }) => words)).toEqual(['a', 'c']);
    expect(await hooked('DELETE', interaction, `/messages/${more.body.id}`)).toMatchObject({
      status: 204,
    });
    const gone = await hooked('PATCH', interaction, `/messages/${more.body.id}`, { content: 'd' });
    expect(gone).toMatchObject({ status: 404, body: { code: 10008 } });
    const other = ada.run('help').interaction;
    await callback(other, { type: 4, data: { content: 'x' } });
    expect(
      await hooked('PATCH', interaction, `/messages/${other.original}`, { content: 'y' }),
    ).toMatchObject({ status: 404 });
    expect(fake.world.violations).toEqual([]);
  });

  it('show ephemeral answers to one person only, and not to the channel', async () => {
    const channel = fake.world.channelIn('900', '901').id;
    const bob = createDiscordPerson(fake, '2002');
    const { interaction } = ada.run('help', {}, channel);
    await callback(interaction, { type: 4, data: { content: 'mine', flags: ephemeral } });
    expect(ada.standing(channel).map(({ words }) => words)).toEqual(['mine']);
    expect(bob.standing(channel)).toEqual([]);
    expect((await ask('GET', `/channels/${channel}/messages`)).body).toEqual([]);
    const direct = await ask('PATCH', `/channels/${channel}/messages/${interaction.original}`, {
      content: 'x',
    });
    expect(direct).toMatchObject({ status: 404, body: { code: 10008 } });
  });

  it('of a button update its message, or defer and update it later', async () => {
    await ask('POST', `/channels/${ada.direct()}/messages`, {
      content: 'Sure?',
      components: [{ type: 1, components: [yes] }],
    });
    const { interaction } = ada.press('Yes');
    expect(interaction.payload).toMatchObject({
      type: 3,
      data: { custom_id: 'yes', component_type: 2 },
      message: { content: 'Sure?' },
      user: { id: '2001' },
    });
    await callback(interaction, { type: 7, data: { content: 'Done', components: [] } });
    expect(ada.standing()).toEqual([expect.objectContaining({ words: 'Done', labels: [] })]);
    expect(() => ada.press('Yes')).toThrow('There is no "Yes"');
    expect(fake.world.violations).toEqual([]);
  });

  it('refuse answers that do not fit their kind', async () => {
    const command = ada.run('help').interaction;
    expect(await callback(command, { type: 7, data: { content: 'x' } })).toMatchObject({
      status: 400,
    });
    expect(await callback(command, { type: 8, data: { choices: [] } })).toMatchObject({
      status: 400,
    });
    const typing = ada.complete('add', 'ticker', 'S').interaction;
    expect(await callback(typing, { type: 4, data: { content: 'x' } })).toMatchObject({
      status: 400,
    });
    expect(fake.world.violations).toHaveLength(3);
  });

  it('complete what is typed with at most 25 choices', async () => {
    const choices = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ name: `T${i}`, value: `T${i}` }));
    const { interaction } = ada.complete('add', 'ticker', 'T');
    expect(interaction.payload).toMatchObject({
      type: 4,
      data: { options: [{ name: 'ticker', value: 'T', focused: true }] },
    });
    const over = await callback(interaction, { type: 8, data: { choices: choices(26) } });
    expect(over.status).toBe(400);
    const fit = await callback(interaction, { type: 8, data: { choices: choices(25) } });
    expect(fit.status).toBe(204);
    expect(interaction.choices).toHaveLength(25);
    expect(fake.world.violations).toHaveLength(1);
  });

  it('answer with the message when asked, in the official shape', async () => {
    const { interaction } = ada.run('help');
    const answer = await callback(
      interaction,
      { type: 4, data: { flags: v2, components: [{ type: 10, content: 'x' }] } },
      '?with_response=true',
    );
    expect(answer.body).toMatchObject({ resource: { type: 4, message: { flags: v2 } } });
    const path = '/interactions/{interaction_id}/{interaction_token}/callback';
    expect(answerFlaws('POST', path, 200, answer.body)).toEqual([]);
  });

  it('know neither a wrong token nor a wrong application', async () => {
    const { interaction } = ada.run('help');
    const wrong = { ...interaction, token: 'forged' };
    expect(await callback(wrong, { type: 5 })).toMatchObject({ body: { code: 10062 } });
    await callback(interaction, { type: 5 });
    expect(
      await ask('PATCH', `/webhooks/77/${interaction.token}/messages/@original`, { content: 'x' }),
    ).toMatchObject({ status: 404, body: { code: 10015 } });
  });
});
