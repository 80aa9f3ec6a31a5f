import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSlackPerson, type SlackPerson } from './person.ts';
import { schemaMissing } from './schema.ts';
import { type FakeSlack, startSlack } from './server.ts';
import { type Answering, call, listenTo } from './testing.ts';
import { createLeapingTimers } from './timers.ts';
import type { Json } from './world.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const option = (text: string) => ({ text: plain(text), value: text.toLowerCase() });
const field = (block_id: string, label: string, element: Json, more: Json = {}) => ({
  type: 'input',
  block_id,
  label: plain(label),
  element: { action_id: block_id, ...element },
  ...more,
});
const modal = (blocks: readonly Json[], more: Json = {}): Json => ({
  type: 'modal',
  callback_id: 'form',
  title: plain('A form'),
  submit: plain('Save'),
  blocks,
  ...more,
});

describe.skipIf(schemaMissing !== null)('modals, App Home and choices in the fake', () => {
  const timers = createLeapingTimers();
  let fake: FakeSlack;
  let person: SlackPerson;
  let app: Awaited<ReturnType<typeof listenTo>>;
  let answer: Answering;
  beforeEach(async () => {
    fake = await startSlack({ timers });
    person = createSlackPerson(fake, 'T0001', 'U1');
    answer = () => ({});
    app = await listenTo(fake, (heard) => answer(heard));
  });
  afterEach(async () => {
    await app.stop();
    await fake.stop();
  });

  async function trigger(): Promise<unknown> {
    await person.command('/keel');
    return app.heard.at(-1)!.body.trigger_id;
  }
  const open = async (view: Json) =>
    call(fake, 'views.open', { trigger_id: await trigger(), view });

  it('opens a modal once, within three seconds of the trigger', async () => {
    const view = modal([{ type: 'divider' }]);
    const trigger_id = await trigger();
    expect(await call(fake, 'views.open', { trigger_id, view })).toMatchObject({ ok: true });
    expect(await call(fake, 'views.open', { trigger_id, view })).toMatchObject({
      error: 'exchanged_trigger_id',
    });
    const late = await trigger();
    timers.leap(3_001);
    expect(await call(fake, 'views.open', { trigger_id: late, view })).toMatchObject({
      error: 'expired_trigger_id',
    });
    expect(await call(fake, 'views.open', { trigger_id: 'made.up', view })).toMatchObject({
      error: 'invalid_trigger_id',
    });
    const expired = await trigger();
    fake.expireTriggers();
    expect(await call(fake, 'views.open', { trigger_id: expired, view })).toMatchObject({
      error: 'expired_trigger_id',
    });
  });

  it.each<[string, Json]>([
    ['a title of 25 characters', modal([{ type: 'divider' }], { title: plain('x'.repeat(25)) })],
    [
      'private metadata of 3,001',
      modal([{ type: 'divider' }], { private_metadata: 'x'.repeat(3_001) }),
    ],
    ['101 blocks', modal(Array(101).fill({ type: 'divider' }))],
    [
      'inputs without a submit button',
      modal([field('a', 'A', { type: 'plain_text_input' })], { submit: undefined }),
    ],
    [
      'a table, which only messages show',
      modal([{ type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] }]),
    ],
    ['an unknown key', modal([{ type: 'divider' }], { colour: 'red' })],
  ])('refuses a modal with %s', async (_, view) => {
    expect(await open(view)).toMatchObject({
      ok: false,
      error: expect.stringMatching(/^invalid_/),
    });
    expect(fake.world.violations).toHaveLength(1);
    expect(person.modal.shown()).toBeNull();
  });

  const everything = modal([
    field('name', 'Name', { type: 'plain_text_input', min_length: 2, max_length: 5 }),
    field('amount', 'Amount', { type: 'number_input', is_decimal_allowed: false, min_value: '1' }),
    field('risk', 'Risk', { type: 'radio_buttons', options: [option('Low'), option('High')] }),
    field('kinds', 'Kinds', { type: 'checkboxes', options: [option('Bonds'), option('Stocks')] }),
    field('by', 'By', { type: 'datepicker' }, { optional: true }),
    field('ticker', 'Ticker', { type: 'external_select', min_query_length: 1 }),
  ]);

  it('lets a person fill in a form, and says itself what is missing or too long', async () => {
    answer = ({ body }) =>
      body.type === 'block_suggestion' ? { body: { options: [option(String(body.value))] } } : {};
    await open(everything);
    expect(person.modal.shown()).toMatchObject({ title: 'A form', submit: 'Save' });
    const first = await person.modal.submit();
    expect(first.kind).toBe('errors');
    expect(Object.keys(person.modal.shown()!.errors).sort()).toEqual([
      'amount',
      'kinds',
      'name',
      'risk',
      'ticker',
    ]);
    await person.modal.fill({
      Name: 'Abcdef',
      Amount: '0',
      Risk: 'Low',
      Kinds: ['Bonds'],
      Ticker: 'SPY',
    });
    expect(await person.modal.submit()).toMatchObject({
      errors: {
        name: 'Please shorten this to 5 characters or fewer.',
        amount: 'Please enter a larger number.',
      },
    });
    await person.modal.fill({ Name: 'Abcde', Amount: '10', By: '2032-06-30' });
    expect(await person.modal.submit()).toEqual({ kind: 'closed' });
    const { body } = app.heard.at(-1)!;
    expect(body).toMatchObject({
      type: 'view_submission',
      view: {
        callback_id: 'form',
        state: {
          values: {
            name: { name: { type: 'plain_text_input', value: 'Abcde' } },
            amount: { amount: { value: '10' } },
            risk: { risk: { selected_option: { value: 'low' } } },
            kinds: { kinds: { selected_options: [{ value: 'bonds' }] } },
            by: { by: { selected_date: '2032-06-30' } },
            ticker: { ticker: { selected_option: { value: 'spy' } } },
          },
        },
      },
    });
    expect(person.modal.shown()).toBeNull();
    expect(fake.world.violations).toEqual([]);
  });

  it('takes a file into a form, of the kinds that it wants', async () => {
    const picked = { type: 'file_input', filetypes: ['csv'], max_files: 1 };
    await open(modal([field('table', 'A table', picked)]));
    await person.modal.fill({ 'A table': { name: 'a.exe', bytes: Buffer.from('x') } });
    expect(await person.modal.submit()).toMatchObject({
      errors: { table: 'Please upload a valid file type.' },
    });
    await person.modal.fill({ 'A table': { name: 'a.csv', bytes: Buffer.from('SPY,12') } });
    expect(await person.modal.submit()).toEqual({ kind: 'closed' });
    const { view } = app.heard.at(-1)!.body as {
      view: { state: { values: { table: { table: { files: Json[] } } } } };
    };
    const [file] = view.state.values.table.table.files;
    expect(file).toMatchObject({ name: 'a.csv', mimetype: 'text/csv', user: 'U1' });
    const headers = { authorization: `Bearer ${fake.token()}` };
    expect(await (await fetch(String(file.url_private), { headers })).text()).toBe('SPY,12');
  });

  const small = modal([field('name', 'Name', { type: 'plain_text_input' })], {
    notify_on_close: true,
  });
  const submitWith = async (body: unknown) => {
    await open(small);
    await person.modal.fill({ Name: 'x' });
    answer = ({ body: heard }) => (heard.type === 'view_submission' ? { body } : {});
    return person.modal.submit();
  };

  it('shows errors, updates, pushes and clears as the acknowledgement says', async () => {
    const errors = { name: 'That name is taken.' };
    expect(await submitWith({ response_action: 'errors', errors })).toMatchObject({ errors });
    expect(person.modal.shown()?.errors).toEqual(errors);
    expect(person.modal.shown()?.values.name.name.value).toBe('x');
    const view = modal([{ type: 'divider' }], { title: plain('Next') });
    expect(await submitWith({ response_action: 'update', view })).toEqual({ kind: 'updated' });
    expect(person.modal.shown()?.title).toBe('Next');
    expect(await submitWith({ response_action: 'push', view })).toEqual({ kind: 'pushed' });
    expect(fake.views.stack('T0001', 'U1')).toHaveLength(2);
    expect(await submitWith({ response_action: 'clear' })).toEqual({ kind: 'cleared' });
    expect(person.modal.shown()).toBeNull();
    expect(fake.world.violations).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['an error for no input', { response_action: 'errors', errors: { other: 'x' } }],
    ['an empty error', { response_action: 'errors', errors: { name: '' } }],
    ['errors without one', { response_action: 'errors', errors: {} }],
    ['an unknown action', { response_action: 'dance' }],
    ['an unknown key', { response_action: 'clear', colour: 'red' }],
    ['words', 'thank you'],
    ['an invalid view', { response_action: 'update', view: { type: 'modal', blocks: [] } }],
  ])('keeps the modal and counts an acknowledgement with %s', async (_, body) => {
    expect(await submitWith(body)).toMatchObject({ kind: 'failed' });
    expect(fake.world.violations.length).toBeGreaterThan(0);
    expect(person.modal.shown()).not.toBeNull();
  });

  it('tells of a closed modal when the app asked to hear of it', async () => {
    await open(small);
    await person.modal.close();
    expect(app.heard.at(-1)!.body).toMatchObject({ type: 'view_closed', is_cleared: false });
    await open(modal([{ type: 'divider' }]));
    expect(await person.modal.close()).toBeNull();
  });

  it('updates a modal by its id, but not over a newer one', async () => {
    const { view } = (await open(small)) as unknown as { view: { id: string; hash: string } };
    const next = { view_id: view.id, view: modal([{ type: 'divider' }]) };
    expect(await call(fake, 'views.update', { ...next, hash: view.hash })).toMatchObject({
      ok: true,
    });
    expect(await call(fake, 'views.update', { ...next, hash: view.hash })).toMatchObject({
      error: 'hash_conflict',
    });
    expect(await call(fake, 'views.update', { ...next, view_id: 'V404' })).toMatchObject({
      error: 'not_found',
    });
  });

  it('publishes an App Home of one person and takes choices on it', async () => {
    const blocks = [
      { type: 'section', text: { type: 'mrkdwn', text: 'You hold *60 %* stocks.' } },
      {
        type: 'actions',
        block_id: 'acts',
        elements: [
          { type: 'button', action_id: 'why', text: plain('Why?'), value: 'token' },
          { type: 'static_select', action_id: 'pick', options: [option('One'), option('Two')] },
          { type: 'overflow', action_id: 'more', options: [option('Forget'), option('Export')] },
        ],
      },
    ];
    await person.openHome();
    expect(app.heard.at(-1)!.body).toMatchObject({
      event: { type: 'app_home_opened', tab: 'home' },
    });
    await call(fake, 'views.publish', { user_id: 'U1', view: { type: 'home', blocks } });
    expect(person.home()).toMatchObject({
      words: 'You hold 60 % stocks.',
      labels: ['Why?', 'One', 'Two', 'Forget', 'Export'],
    });
    expect(createSlackPerson(fake, 'T0001', 'U2').home()).toBeNull();
    await person.pressAtHome('Why?');
    expect(app.heard.at(-1)!.body).toMatchObject({
      type: 'block_actions',
      container: { type: 'view' },
      actions: [{ action_id: 'why', block_id: 'acts', value: 'token', type: 'button' }],
    });
    expect(app.heard.at(-1)!.body.response_url).toBeUndefined();
    await person.pressAtHome('Two');
    await person.pressAtHome('Export');
    expect(app.heard.at(-1)!.body).toMatchObject({
      actions: [{ action_id: 'more', type: 'overflow', selected_option: { value: 'export' } }],
      view: { state: { values: { acts: { pick: { selected_option: { value: 'two' } } } } } },
    });
    expect(() => person.pressedAtHome('Sell')).toThrow('There is no button "Sell" on the App Home');
    expect(
      await call(fake, 'views.publish', { user_id: 'U9', view: { type: 'home', blocks } }),
    ).toMatchObject({ error: 'user_not_found' });
    expect(fake.world.violations).toEqual([]);
  });
});
