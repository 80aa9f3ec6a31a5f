import { describe, expect, it } from 'vitest';
import { forms } from '../../bot/dialogue/form-table.ts';
import { readLimits } from '../../fakes/slack/limits.ts';
import { createRules } from '../../fakes/slack/message-rules.ts';
import { schemaCheck, schemaMissing } from '../../fakes/slack/schema.ts';
import type { Json } from '../../fakes/slack/world.ts';
import { errorsAt, readSubmission, viewOf } from './modal.ts';
import { deliverySchema } from './payload.ts';
import { sampleForm } from './scripted.fixture.ts';

const meta = { user: 'U0001', conversation: 'D0001', surface: 'direct' } as const;
const token = 'v1.AAAAAAAAAAAAAAAA.BBBBBBBBBBBBBBBB';

function submitted(change: object = {}) {
  const view = viewOf(sampleForm, {}, token, meta);
  return deliverySchema.parse({
    type: 'view_submission',
    api_app_id: 'A1',
    team: { id: 'T0001' },
    user: { id: 'U0001' },
    trigger_id: '1.2.3',
    view: {
      ...view,
      // Slack names what has no name.
      blocks: view.blocks.map((block, at) => ({ block_id: `b${at}`, ...block })),
      id: 'V1',
      state: {
        values: {
          amount: { value: { type: 'plain_text_input', value: '90k' } },
          what: { value: { type: 'radio_buttons', selected_option: { value: 'house' } } },
          table: { value: { type: 'file_input', files: [{ id: 'F1', name: 'a.csv', size: 3 }] } },
        },
      },
      ...change,
    },
  });
}

function read(change: object = {}) {
  const delivery = submitted(change);
  if (!('type' in delivery) || delivery.type !== 'view_submission') throw new Error('not read');
  return readSubmission(delivery);
}

describe('forms as modals', () => {
  it.skipIf(schemaMissing !== null)('are within the limits of Slack, every one of the bot', () => {
    const rules = createRules(readLimits(), schemaCheck());
    for (const form of [sampleForm, ...Object.values(forms)]) {
      const view: unknown = viewOf(form, { amount: 'x'.repeat(5_000) }, token, meta);
      expect(() => rules.view(view as Json)).not.toThrow();
    }
  });

  it('come back with the values of each kind of field', () => {
    expect(read()).toMatchObject({
      meta,
      token,
      values: { amount: '90k', what: 'house', table: 'a.csv' },
      files: { table: { id: 'F1' } },
      fields: ['amount', 'what', 'table'],
    });
  });

  it('say what was there before', () => {
    const view = JSON.stringify(viewOf(sampleForm, { amount: '10k', what: 'house' }, token, meta));
    expect(view).toContain('"initial_value":"10k"');
    expect(view).toContain('"initial_option":{"text":{"type":"plain_text","text":"A house"');
  });

  it.each([
    ['of another person', { private_metadata: JSON.stringify({ ...meta, user: 'U2', token }) }],
    [
      "in another person's conversation",
      { private_metadata: JSON.stringify({ ...meta, conversation: 'C1:U2', token }) },
    ],
    [
      "on another person's Home tab",
      { private_metadata: JSON.stringify({ ...meta, conversation: 'home:U2', token }) },
    ],
    ['with a damaged memory', { private_metadata: '{' }],
    ['without a memory', { private_metadata: '' }],
    ['of another app', { callback_id: 'other' }],
  ])('are none of ours when they are %s', (_, change) => {
    expect(read(change)).toBeNull();
  });

  it('show an error at its field, and one of no field at the first', () => {
    const placed = errorsAt(['amount', 'what'], { what: 'Choose.', other: 'Hm.', more: 'Oh.' });
    expect(placed).toEqual({ what: 'Choose.', amount: 'Hm. Oh.' });
  });
});
