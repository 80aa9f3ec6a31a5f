import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shown, talk } from '../../fakes/talk.ts';
import { goal } from '../commands/goal.ts';
import type { Goal } from '../goal.ts';
import { goalActs, goalDialogue, goalFormHandler } from './goal.ts';
import { goalForm, goalFormErrors, goalFormValues, goalOfForm } from './goal-form.ts';

const NOW = Date.UTC(2026, 4, 4, 12);
const HOUSE = '$20,000.00 towards a house by 30 June 2032, adding $500.00 a month.';

function newTalk() {
  return talk(
    {
      commands: [goal],
      acts: goalActs,
      forms: { goal: goalFormHandler },
      dialogues: { goal: goalDialogue },
    },
    { now: NOW },
  );
}

describe('/goal', () => {
  test('understands what is shown where there are no forms', async () => {
    const chat = newTalk();
    await chat.command('goal');
    await chat.says(goalForm.spoken);
    expect(chat.heard()).toContain(HOUSE);
  });

  test('offers four goals, words of one’s own, and a form', async () => {
    const chat = newTalk();
    await chat.command('goal');
    expect(chat.heard()).toBe(
      [
        'What is this money for?',
        'Choose one, or tell me in your own words, for example "20k towards a house by June 2032, adding 500 a month".',
        '[Most return for my risk level] [A return that I name] [Keep what I have] [An amount by a date] [Fill in a form]',
      ].join('\n'),
    );
    await chat.presses('Keep what I have');
    expect(chat.heard()).toBe(
      'I understood:\n**Keep what you have, with the smallest swings in value.**\nIs that right?\n[Yes] [Edit]',
    );
    expect(chat.record.goal).toBeNull();
    await chat.presses('Yes');
    expect(chat.record.goal?.goal).toEqual({ kind: 'preserve' });
    expect(chat.record.dialogue).toBeNull();
    expect(chat.record.audit).toMatchObject([{ kind: 'goal-set' }]);
    expect(chat.heard()).toContain('[Tell what I hold]');
  });

  test('leaves limits, views and ways to choose to the rest of the bot', async () => {
    for (const text of [
      'increase gold to 30 %',
      'I want 40% bonds',
      'gold will outperform bonds by 3 percent, maybe',
      'use risk parity',
    ]) {
      const chat = newTalk();
      await chat.command('goal');
      await chat.presses('Keep what I have');
      expect(await chat.says(text)).toBeNull();
    }
  });

  test('reads words typed freely, echoes them, and stores them on yes', async () => {
    const chat = newTalk();
    await chat.command('goal');
    await chat.says('20k towards a house by June 2032, adding 500 a month');
    expect(chat.heard()).toContain(`**${HOUSE}**`);
    await chat.says('yes');
    expect(chat.heard()).toContain(`Your goal is set:\n**${HOUSE}**`);
    expect(chat.record.goal?.goal).toMatchObject({ kind: 'by-date', amountMinor: 2_000_000 });
  });

  test('reads words that came with the command', async () => {
    const chat = newTalk();
    await chat.command('goal', '20k towards a house by June 2032, adding 500 a month');
    expect(chat.heard()).toContain(`**${HOUSE}**`);
  });

  test('puts together what is said in two messages', async () => {
    const chat = newTalk();
    await chat.command('goal');
    await chat.says('20k towards a house');
    expect(chat.record.dialogue).toMatchObject({ phase: 'ask' });
    await chat.says('June 2032');
    expect(chat.heard()).toContain('$20,000.00 towards a house by 30 June 2032.');
  });

  test('asks for a return and takes a bare percentage or number as one', async () => {
    for (const said of ['6 %', '6']) {
      const chat = newTalk();
      await chat.command('goal');
      await chat.presses('A return that I name');
      expect(chat.heard()).toContain('What return would you like, per year?');
      await chat.says(said);
      expect(chat.heard(), said).toContain('**A return of 6.0 % a year.**');
    }
  });

  test('takes a correction in place of the echo, and an edit as a new question', async () => {
    const chat = newTalk();
    await chat.command('goal', '20k by June 2032');
    await chat.says('30k by June 2033');
    expect(chat.heard()).toContain('$30,000.00 by 30 June 2033.');
    await chat.presses('Edit');
    expect(chat.heard()).toContain('What is this money for?');
    expect(chat.record.goal).toBeNull();
  });

  test('asks with buttons when words have two readings', async () => {
    const chat = newTalk();
    await chat.command('goal', '20k by 5/6/2032');
    expect(chat.record.dialogue).toMatchObject({ phase: 'clarify' });
    const labels = chat.said.at(-1)!.actions.map(({ label }) => label);
    expect(labels.length).toBe(3);
    await chat.presses(labels[0]);
    expect(chat.heard()).toContain('I understood:\n**$20,000.00 by ');
    expect(chat.record.dialogue).toMatchObject({ phase: 'echo' });
  });

  test('refuses what cannot be and says why', async () => {
    const chat = newTalk();
    await chat.command('goal', '20k by June 2012');
    expect(chat.record.dialogue).toMatchObject({ phase: 'ask' });
    expect(chat.heard()).toMatch(/past|over|passed/);
  });

  test('an old Yes sets the goal that its own message showed', async () => {
    const chat = newTalk();
    await chat.command('goal', '20k by June 2032');
    const old = chat.said.at(-1)!;
    await chat.says('30k by June 2033');
    const act = old.actions[0];
    expect(act.kind === 'choice' && JSON.parse(String(act.do.args.goal))).toMatchObject({
      amountMinor: 2_000_000,
    });
  });

  test('leaves other words to the rest of the bot while an echo waits', async () => {
    const chat = newTalk();
    await chat.command('goal', '20k by June 2032');
    expect(await chat.says('show my portfolio')).toBeNull();
    expect(await chat.says('/help')).toBeNull();
    expect(chat.record.dialogue).toMatchObject({ phase: 'echo' });
    await chat.says('cancel');
    expect(chat.record.dialogue).toBeNull();
  });

  test('shows the present goal when there is one', async () => {
    const chat = newTalk();
    await chat.command('goal', 'keep what I have');
    await chat.presses('Yes');
    await chat.presses('Change the goal');
    expect(chat.heard()).toContain('Your goal today: Keep what you have');
  });
});

describe('the goal form', () => {
  const at = { now: NOW, locale: 'en-US' };
  const house = {
    kind: 'by-date',
    amount: '20k for a house',
    by: 'June 2032',
    contribution: '500 a month',
    rate: '',
  };

  test('means the same as the same words typed', async () => {
    const chat = newTalk();
    await chat.submits('goal', house);
    expect(chat.heard()).toContain(`**${HOUSE}**`);
    await chat.presses('Yes');
    expect(chat.record.goal?.goal).toMatchObject({ contribution: { minor: 50_000 } });
  });

  test.each([
    [{ ...house, amount: '', by: '' }, ['amount', 'by']],
    [{ kind: 'target-return' }, ['rate']],
    [{ kind: 'nonsense' }, ['kind']],
    [{ ...house, amount: 'x'.repeat(200) }, ['amount']],
  ])('names the field that is missing or wrong in %j', (values, fields) => {
    const checked = goalForm.schema.safeParse(values);
    expect(checked.error?.issues.map(({ path }) => path[0])).toEqual(fields);
  });

  test.each([
    [{ ...house, by: 'June 2012' }, 'by'],
    [{ ...house, by: 'purple' }, 'by'],
    [{ ...house, amount: 'a lot' }, 'amount'],
    [{ kind: 'target-return', rate: 'much' }, 'rate'],
    [{ kind: 'target-return', rate: '900 %' }, 'rate'],
  ])('reads every field by the grammar: %j', (values, field) => {
    expect(Object.keys(goalFormErrors(values, at))).toEqual([field]);
  });

  const good: Record<string, string>[] = [
    house,
    { kind: 'target-return', rate: '6' },
    { kind: 'preserve' },
  ];
  test.each(good)('finds nothing wrong with %j', (values) => {
    expect(goalFormErrors(values, at)).toEqual({});
  });
});

test('no reply about goals has double spaces, unfilled values or public numbers', async () => {
  const chat = newTalk();
  await chat.command('goal');
  await chat.presses('An amount by a date');
  await chat.says('20k by 5/6/2032');
  await chat.says('20k by June 2032');
  await chat.says('yes');
  for (const draft of chat.said) {
    expect(shown(draft)).not.toMatch(/ {2}|undefined|NaN|null/);
    expect(draft.visibility).toBe('private');
  }
});

describe('the goal form, prefilled', () => {
  const moment = { now: Date.UTC(2026, 4, 4), locale: 'en-US' };

  test('shows a stored goal so that submitting it unchanged comes to the same', () => {
    const stored = fc.oneof(
      fc.constantFrom<Goal>({ kind: 'max-return' }, { kind: 'preserve' }),
      fc
        .integer({ min: 1, max: 300 })
        .map((bp): Goal => ({ kind: 'target-return', annualReturn: bp / 1_000 })),
      fc.record({
        kind: fc.constant('by-date' as const),
        amountMinor: fc.integer({ min: 100, max: 1_000_000 }).map((dollars) => 100 * dollars),
        currency: fc.constant('USD' as const),
        byDay: fc.integer({ min: 20_700, max: 26_000 }),
        contribution: fc.constantFrom(null, { minor: 50_000, every: 'month' as const }),
        purpose: fc.constantFrom(null, 'house', 'boat'),
      }),
    );
    fc.assert(
      fc.property(stored, (one) => {
        const reading = goalOfForm(goalFormValues(one), moment);
        expect(reading).toMatchObject({ kind: 'understood', goal: one });
      }),
      { numRuns: 300 },
    );
  });

  test('asks about a date beside the amount that was typed', () => {
    const values = { kind: 'by-date', amount: '20k for a house', by: 'someday', contribution: '' };
    const { by, amount } = goalFormErrors(values, moment);
    expect(amount).toBeUndefined();
    expect(by).not.toContain('$10,000');
  });
});
