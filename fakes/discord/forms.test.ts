import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NotSent } from './command-options.ts';
import { NotSubmitted } from './modal-fill.ts';
import { createDiscordPerson, type DiscordPerson } from './person.ts';
import { createRaw, type Raw } from './raw.ts';
import { specMissing } from './schema.ts';
import { type FakeDiscord, startDiscord } from './server.ts';

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const option = (name: string, more = {}) => ({ type: 3, name, description: 'What', ...more });
const command = (more = {}) => ({ name: 'add', description: 'Add a holding', ...more });
const input = (name: string, more = {}) => ({ type: 4, custom_id: name, style: 1, ...more });
const label = (words: string, component: unknown) => ({ type: 18, label: words, component });
const radio = (count: number, more = {}) => ({
  type: 21,
  custom_id: 'r',
  options: many(count, (i) => ({ label: `Option ${i}`, value: `v${i}` })),
  ...more,
});
const modal = (...components: unknown[]) => ({ custom_id: 'm', title: 'A form', components });

const commandCases = [
  { rule: 'names are lower case', good: command(), bad: command({ name: 'Add' }) },
  {
    rule: 'names have no spaces',
    good: command({ name: 'add-it' }),
    bad: command({ name: 'add it' }),
  },
  { rule: 'a description is there', good: command(), bad: command({ description: '' }) },
  {
    rule: 'a description has at most 100 characters',
    good: command({ description: 'x'.repeat(100) }),
    bad: command({ description: 'x'.repeat(101) }),
  },
  {
    rule: 'option names are lower case',
    good: command({ options: [option('a')] }),
    bad: command({ options: [option('A')] }),
  },
  {
    rule: 'option names differ',
    good: command({ options: [option('a'), option('b')] }),
    bad: command({ options: [option('a'), option('a')] }),
  },
  {
    rule: 'required options come first',
    good: command({ options: [option('a', { required: true }), option('b')] }),
    bad: command({ options: [option('a'), option('b', { required: true })] }),
  },
  {
    rule: 'there are at most 25 options',
    good: command({ options: many(25, (i) => option(`o${i}`)) }),
    bad: command({ options: many(26, (i) => option(`o${i}`)) }),
  },
  {
    rule: 'choices and autocomplete exclude each other',
    good: command({ options: [option('a', { autocomplete: true })] }),
    bad: command({
      options: [option('a', { autocomplete: true, choices: [{ name: 'x', value: 'x' }] })],
    }),
  },
  {
    rule: 'a command has at most 8,000 characters',
    good: command({
      options: [
        option('a', {
          choices: many(25, (i) => ({ name: `${i}`.padEnd(100), value: `${i}`.padEnd(100) })),
        }),
      ],
    }),
    bad: command({
      options: many(2, (j) =>
        option(`o${j}`, {
          choices: many(25, (i) => ({
            name: `${i}`.padEnd(100, 'x'),
            value: `${i}`.padEnd(100, 'y'),
          })),
        }),
      ),
    }),
  },
  {
    rule: 'unknown fields are refused',
    good: command({ nsfw: false }),
    bad: command({ summary: 'x' }),
  },
];

const modalCases = [
  {
    rule: 'a modal has at most five components',
    good: modal(...many(5, (i) => label(`L${i}`, input(`i${i}`)))),
    bad: modal(...many(6, (i) => label(`L${i}`, input(`i${i}`)))),
  },
  {
    rule: 'a label has at most 45 characters',
    good: modal(label('x'.repeat(45), input('a'))),
    bad: modal(label('x'.repeat(46), input('a'))),
  },
  {
    rule: 'a title has at most 45 characters',
    good: { ...modal(label('L', input('a'))), title: 'x'.repeat(45) },
    bad: { ...modal(label('L', input('a'))), title: 'x'.repeat(46) },
  },
  {
    rule: 'a radio group has at least two options',
    good: modal(label('L', radio(2))),
    bad: modal(label('L', radio(1))),
  },
  {
    rule: 'a radio group has at most ten options',
    good: modal(label('L', radio(10))),
    bad: modal(label('L', radio(11))),
  },
  {
    rule: 'custom ids differ',
    good: modal(label('L', input('a')), label('M', input('b'))),
    bad: modal(label('L', input('a')), label('M', input('a'))),
  },
  {
    rule: 'the label around an input carries the words',
    good: modal(label('L', input('a'))),
    bad: modal(label('L', input('a', { label: 'inner' }))),
  },
  {
    rule: 'a value is not longer than the input takes',
    good: modal(label('L', input('a', { value: 'xx', max_length: 2 }))),
    bad: modal(label('L', input('a', { value: 'xxx', max_length: 2 }))),
  },
  {
    rule: 'at most one option of a radio group is chosen at first',
    good: modal(label('L', radio(2))),
    bad: modal(
      label(
        'L',
        radio(2, { options: many(2, (i) => ({ label: 'x', value: `${i}`, default: true })) }),
      ),
    ),
  },
  {
    rule: 'a button has no place in a modal',
    good: modal({ type: 10, content: 'Read this' }, label('L', input('a'))),
    bad: modal({ type: 1, components: [{ type: 2, style: 1, label: 'x', custom_id: 'y' }] }),
  },
];

describe.skipIf(specMissing !== null)(`commands and forms${specMissing ?? ''}`, () => {
  let fake: FakeDiscord;
  let ask: Raw;
  let ada: DiscordPerson;
  let path = '';
  beforeAll(async () => {
    fake = await startDiscord();
    ask = createRaw(fake);
    ada = createDiscordPerson(fake, '2001');
    path = `/applications/${fake.applicationId}/commands`;
  });
  afterAll(() => fake.stop());
  beforeEach(() => {
    fake.world.violations.length = 0;
  });

  async function open(what: unknown) {
    await ask('PUT', path, [command()]);
    const { interaction } = ada.run('add');
    const body = { type: 9, data: what };
    return ask('POST', `/interactions/${interaction.id}/${interaction.token}/callback`, body);
  }

  it.each(commandCases)('command: $rule', async ({ good, bad }) => {
    expect(await ask('PUT', path, [good])).toMatchObject({ status: 200 });
    expect(fake.world.violations).toEqual([]);
    expect(await ask('PUT', path, [bad])).toMatchObject({ status: 400, body: { code: 50035 } });
    expect(fake.world.violations).toHaveLength(1);
  });

  it('command: names differ, and there are at most 100', async () => {
    const named = many(100, (i) => command({ name: `c${i}` }));
    expect(await ask('PUT', path, named)).toMatchObject({ status: 200 });
    expect(await ask('PUT', path, [...named, command()])).toMatchObject({ status: 400 });
    expect(await ask('PUT', path, [command(), command()])).toMatchObject({ status: 400 });
  });

  it('command: a guild has its own, the same one keeps its id', async () => {
    fake.world.guild('900');
    fake.world.channelIn('900', '901');
    const guild = `/applications/${fake.applicationId}/guilds/900/commands`;
    await ask('PUT', path, [command()]);
    const id = fake.world.commands[0].id;
    await ask('PUT', guild, [command({ name: 'local' })]);
    await ask('PUT', path, [command()]);
    expect(fake.world.commands.map((one) => one.name).sort()).toEqual(['add', 'local']);
    expect(fake.world.commands.find((one) => one.name === 'add')?.id).toBe(id);
    expect(() => ada.commanded('local')).toThrow(NotSent);
    expect(ada.commanded('local', {}, '901').interaction.guild).toBe('900');
    await ask('PUT', guild, []);
  });

  it('command: options are checked as the client would, and files come resolved', async () => {
    await ask('PUT', path, [
      command({
        options: [
          option('ticker', { required: true, max_length: 5 }),
          option('side', { choices: [{ name: 'Buy', value: 'b' }] }),
          { type: 4, name: 'units', description: 'How many', min_value: 1 },
          { type: 11, name: 'list', description: 'A file' },
        ],
      }),
    ]);
    expect(() => ada.commanded('add')).toThrow('"ticker" is required');
    expect(() => ada.commanded('add', { ticker: 'TOOLONG' })).toThrow(NotSent);
    expect(() => ada.commanded('add', { ticker: 'SPY', side: 'Hold' })).toThrow(NotSent);
    expect(() => ada.commanded('add', { ticker: 'SPY', units: 0 })).toThrow(NotSent);
    expect(() => ada.commanded('add', { ticker: 'SPY', colour: 'red' })).toThrow(NotSent);
    const list = { name: 'h.csv', bytes: Buffer.from('a') };
    const { interaction } = ada.commanded('add', { ticker: 'SPY', side: 'Buy', units: 3, list });
    const data = interaction.payload.data as {
      options: { name: string; value: string | number }[];
      resolved: { attachments: Record<string, { filename: string; url: string }> };
    };
    expect(data.options.slice(0, 3).map(({ value }) => value)).toEqual(['SPY', 'b', 3]);
    const file = data.resolved.attachments[String(data.options[3].value)];
    expect(file.filename).toBe('h.csv');
    expect(await (await fetch(file.url)).text()).toBe('a');
  });

  it.each(modalCases)('modal: $rule', async ({ good, bad }) => {
    expect(await open(good)).toMatchObject({ status: 204 });
    ada.cancel();
    expect(fake.world.violations).toEqual([]);
    expect(await open(bad)).toMatchObject({ status: 400, body: { code: 50035 } });
    expect(fake.world.violations).toHaveLength(1);
    expect(() => ada.modal()).toThrow('There is no form open');
  });

  it('modal: is filled in by its labels, checked as the client would, and submitted', async () => {
    await open(
      modal(
        label('How much?', input('amount', { max_length: 5 })),
        label('Where?', radio(3)),
        label('List', { type: 19, custom_id: 'file', required: false }),
        label('Sure', { type: 23, custom_id: 'sure' }),
        label('More', {
          type: 22,
          custom_id: 'more',
          required: false,
          min_values: 0,
          options: radio(2).options,
        }),
      ),
    );
    const whole = { 'How much?': '12', 'Where?': 'Option 1' };
    expect(() => ada.submitted({ 'Where?': 'Option 1' })).toThrow('"How much?": This is required.');
    expect(() => ada.submitted({ 'How much?': '12' })).toThrow('"Where?": This is required.');
    expect(() => ada.submitted({ ...whole, 'How much?': '123456' })).toThrow('longer than 5');
    expect(() => ada.submitted({ ...whole, 'Where?': 'Option 7' })).toThrow(NotSubmitted);
    expect(() => ada.submitted({ ...whole, Colour: 'red' })).toThrow('The form has no "Colour"');
    const file = { name: 'h.csv', bytes: Buffer.from('a') };
    const { interaction } = ada.submit({ ...whole, List: [file], Sure: true });
    const data = interaction.payload.data as {
      components: { component: Record<string, unknown> }[];
      resolved: { attachments: Record<string, { filename: string }> };
    };
    expect(data.components.map(({ component }) => component.value ?? component.values)).toEqual([
      '12',
      'v1',
      [expect.any(String)],
      true,
      [],
    ]);
    expect(Object.values(data.resolved.attachments)[0].filename).toBe('h.csv');
    expect(() => ada.submit(whole)).toThrow('There is no form open');
  });
});
