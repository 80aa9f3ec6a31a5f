import { ComponentType } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { forms } from '../../bot/dialogue/form-table.ts';
import type { Form, FormName } from '../../bot/dialogue/forms.ts';
import { modalFlaws } from '../../fakes/discord/modal-rules.ts';
import { requestFlaws, specMissing } from '../../fakes/discord/schema.ts';
import type { FakeModal } from '../../fakes/discord/world.ts';
import { readCustomId } from './custom-id.ts';
import { modalOf } from './modal.ts';
import { createTyped } from './typed.ts';

const press = (form: FormName = 'goal') => ({ form, token: `v1.${'a'.repeat(33)}`, again: false });
const callback = '/interactions/{interaction_id}/{interaction_token}/callback';
const flawsOf = (data: ReturnType<typeof modalOf>) => [
  ...requestFlaws('POST', callback, { type: 9, data }),
  ...modalFlaws(data as unknown as FakeModal),
];

describe.skipIf(specMissing !== null)('a form on Discord', () => {
  it.each(Object.keys(forms) as FormName[])('shows the form "%s" within the limits', (name) => {
    const data = modalOf(forms[name], press(name), {});
    expect(flawsOf(data)).toEqual([]);
    expect(data.components).toHaveLength(forms[name].fields.length);
    expect(readCustomId(data.custom_id)).toEqual({ kind: 'form', ...press(name) });
  });

  it('shows few options as radio buttons, and one or many as a menu', () => {
    const of = (count: number): Form => ({
      ...forms.goal,
      fields: [
        {
          kind: 'choice',
          name: 'pick',
          label: 'Pick',
          options: Array.from({ length: count }, (_, at) => ({ label: `${at}`, value: `${at}` })),
        },
      ],
    });
    const kinds = [1, 2, 10, 11, 25].map((count) => {
      const data = modalOf(of(count), press(), { pick: '0' });
      expect(flawsOf(data)).toEqual([]);
      const [label] = data.components;
      return label.type === ComponentType.Label ? label.component.type : null;
    });
    const { RadioGroup, StringSelect } = ComponentType;
    expect(kinds).toEqual([StringSelect, RadioGroup, RadioGroup, StringSelect, StringSelect]);
  });

  it('comes filled with what is known, cut to what fits', () => {
    const values = { kind: 'by-date', amount: 'x'.repeat(5_000), by: 'June 2032' };
    const data = modalOf(forms.goal, { ...press(), again: true }, values);
    expect(flawsOf(data)).toEqual([]);
    expect(JSON.stringify(data)).toContain('"value":"June 2032"');
    expect(JSON.stringify(data)).toContain('"value":"by-date","default":true');
    expect(data.custom_id).toMatch(/^r:goal:/);
  });

  it('never has more fields than Discord shows', () => {
    const fields = [...forms.goal.fields, ...forms.goal.fields];
    expect(() => modalOf({ ...forms.goal, fields }, press(), {})).toThrow(/at most 5 fields/);
  });
});

describe('what was typed', () => {
  const timer = { at: 0, now: () => timer.at, wait: async () => undefined };

  it('is kept for an hour, for one person and one form', () => {
    const typed = createTyped(timer);
    typed.keep('anna', 't', { by: 'soon' });
    expect(typed.of('anna', 't')).toEqual({ by: 'soon' });
    expect(typed.of('bert', 't')).toEqual({});
    expect(typed.of('anna', 'u')).toEqual({});
    timer.at += 3_600_001;
    expect(typed.of('anna', 't')).toEqual({});
    typed.keep('bert', 't', {});
    expect(typed.size()).toBe(1);
  });

  it('is kept of so many people only, the oldest goes', () => {
    const typed = createTyped(timer);
    for (let at = 0; at < 1_500; at += 1) typed.keep(`${at}`, 't', { by: `${at}` });
    expect(typed.size()).toBe(1_000);
    expect(typed.of('1499', 't')).toEqual({ by: '1499' });
    expect(typed.of('1', 't')).toEqual({});
    typed.forget('1499', 't');
    expect(typed.of('1499', 't')).toEqual({});
  });
});
