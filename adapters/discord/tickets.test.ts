import { afterEach, describe, expect, it, vi } from 'vitest';
import { specMissing } from '../../fakes/discord/schema.ts';
import { createLeapingTimer } from '../../fakes/telegram/timer.ts';
import { backTo, channel, discordRig, go, type Rig, says } from './fixtures/rig.ts';
import { choices } from './limits.ts';
import { lateText } from './place.ts';
import { createTickets } from './tickets.ts';

const minutes = 60_000;

describe.skipIf(specMissing !== null)('the permission to answer', () => {
  let rig: Rig;
  afterEach(async () => {
    expect(rig.fake.world.violations).toEqual([]);
    await rig.stop();
  });
  const open = async (options: Parameters<typeof discordRig>[0] = {}) => {
    rig = await discordRig(options);
    await rig.start();
    return rig;
  };
  const here = () => rig.person.standing(channel).map(({ words }) => words);
  const directly = () => rig.person.standing().map(({ words }) => words);

  it('turns to the direct chat when its time is up, with a word about it', async () => {
    const { person, heard, discord, time } = await open();
    const { interaction } = person.run('help', {}, channel);
    const event = await heard(1);
    await vi.waitFor(() => expect(interaction.answer).toBe(5));
    time.now += 16 * minutes;
    await discord.deliver(backTo(event), says('Your $5'), null);
    expect(here()).toEqual(['']);
    expect(directly()).toEqual([`-# ${lateText}\nYour $5`]);
  });

  it('runs out by real time, also while the clock of advice stands still', async () => {
    const { person, heard, discord, time, fake } = await open({
      adapter: { clock: { now: () => 1_700_000_000_000 } },
    });
    person.run('help', {}, channel);
    const event = await heard(1);
    const ids = await discord.deliver(backTo(event), says('Here'), null);
    time.now += 16 * minutes;
    const later = says('Later', { key: 'later', replaces: 'key' });
    await discord.deliver(backTo(event), later, ids);
    expect(directly()).toEqual([`-# ${lateText}\nLater`]);
    // Every refused request counts towards a ban of the address.
    expect(fake.world.refusals).toEqual([]);
  });

  it('turns to the direct chat when Discord takes it away early', async () => {
    const { person, heard, discord } = await open();
    const { interaction } = person.run('help', {}, channel);
    const event = await heard(1);
    interaction.expired = true;
    await discord.deliver(backTo(event), says('Your $5'), null);
    expect(directly()).toEqual([`-# ${lateText}\nYour $5`]);
  });

  it('edits an old hidden message by the press on it', async () => {
    const { person, heard, discord, time } = await open();
    person.run('help', {}, channel);
    const ids = await discord.deliver(backTo(await heard(1)), says('Old', { actions: [go] }), null);
    time.now += 60 * minutes;
    person.press('Go on', channel);
    const next = says('New', { replaces: 'key' });
    await discord.deliver(backTo(await heard(2)), next, ids);
    expect(here()).toEqual(['New']);
  });

  it('says anew what replaces a hidden message that nobody can edit any more', async () => {
    const { person, heard, discord, time } = await open();
    person.run('help', {}, channel);
    const ids = await discord.deliver(backTo(await heard(1)), says('Old', { actions: [go] }), null);
    time.now += 60 * minutes;
    person.run('help', {}, channel);
    await discord.deliver(backTo(await heard(2)), says('New', { replaces: 'key' }), ids);
    expect(here()).toEqual(['Old', 'New']);
  });

  it('moves a message from the direct chat to the server where it is asked for', async () => {
    const { person, heard, discord } = await open();
    person.run('help');
    const ids = await discord.deliver(backTo(await heard(1)), says('Direct'), null);
    person.run('help', {}, channel);
    await discord.deliver(backTo(await heard(2)), says('Here', { replaces: 'key' }), ids);
    expect(directly()).toEqual([]);
    expect(here()).toEqual(['Here']);
  });

  it('answers once although what it leaves over can be reached no more', async () => {
    const { person, heard, discord } = await open();
    const long = { kind: 'text', text: 'word '.repeat(700) } as const;
    const first = person.run('help', {}, channel);
    const old = says('', { blocks: [long, long] });
    const ids = await discord.deliver(backTo(await heard(1)), old, null);
    expect(ids).toHaveLength(2);
    first.interaction.expired = true;
    person.run('help', {}, channel);
    await discord.deliver(backTo(await heard(2)), says('New', { replaces: 'key' }), ids);
    expect(here().filter((words) => words === 'New')).toHaveLength(1);
    expect(directly()).toEqual([]);
    expect(discord.fault()).toBeNull();
  });

  it('leaves nothing waiting when the answer is an edit', async () => {
    const { person, heard, discord } = await open();
    person.run('help', {}, channel);
    const ids = await discord.deliver(backTo(await heard(1)), says('Before'), null);
    person.run('help', {}, channel);
    await discord.deliver(backTo(await heard(2)), says('After', { replaces: 'key' }), ids);
    expect(person.standing(channel).map(({ words, loading }) => [words, loading])).toEqual([
      ['After', false],
    ]);
  });

  it('is still used by a process that did not acknowledge it', async () => {
    const { person, heard, make } = await open();
    person.run('help', {}, channel);
    const event = await heard(1);
    const next = make();
    await next.start();
    const first = await next.deliver(backTo(event), says('One'), null);
    await next.deliver(backTo(event), says('Two', { key: 'two' }), null);
    await next.stop();
    const third = make();
    await third.start();
    // What was said is not written over, and what was said can be edited.
    await third.deliver(backTo(event), says('Three', { key: 'three' }), null);
    await third.deliver(backTo(event), says('One more', { replaces: 'key' }), first);
    await third.stop();
    expect(here()).toEqual(['One more', 'Two', 'Three']);
  });

  it('waits for the acknowledgement that another process is giving', async () => {
    const { person, fake, heard, make, discord } = await open();
    const server = { mount: () => undefined };
    const next = make({ mode: { http: { publicKey: fake.publicKey, path: '/x', server } } });
    await next.start();
    const gate = Promise.withResolvers<void>();
    fake.inject(({ route }) =>
      route.endsWith('/callback') ? { kind: 'held', until: gate.promise } : null,
    );
    person.run('help', {}, channel);
    const event = await heard(1);
    const delivered = next.deliver(backTo(event), says('Here'), null);
    await vi.waitFor(() => expect(fake.world.refusals.length).toBeGreaterThan(0));
    gate.resolve();
    await delivered;
    expect(here()).toEqual(['Here']);
    expect(discord.fault()).toBeNull();
    await next.stop();
    // The other process cannot know better: asking too early is all that was wrong.
    for (const early of fake.world.violations.splice(0)) expect(early).toContain('Unknown Webhook');
  });

  it('never makes a personal reply public, whatever it replaces', async () => {
    const { person, discord, fake } = await open();
    const group = {
      platform: 'discord',
      installation: fake.applicationId,
      conversation: channel,
      identity: person.id,
    };
    const shown = says('For all', { visibility: 'public' });
    const ids = await discord.deliver(group, shown, null);
    expect(here()).toEqual(['For all']);
    await discord.deliver(group, says('Your $5', { replaces: 'key' }), ids);
    expect(here()).toEqual([]);
    expect(directly()).toEqual(['Your $5']);
    const nobody = { ...group, identity: '' };
    await expect(discord.deliver(nobody, says('Your $5'), null)).rejects.toThrow(/its person/);
  });
});

it('remembers only so many permissions, also of interactions that other processes took', async () => {
  const tickets = createTickets(createLeapingTimer());
  for (let at = 0; at <= choices.remembered; at += 1) tickets.set(`token${at}`, 'done');
  expect(await tickets.state('token0')).toBeNull();
  expect(await tickets.state(`token${choices.remembered}`)).toBe('done');
});
