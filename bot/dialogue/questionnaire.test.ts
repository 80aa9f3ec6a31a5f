import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answering, newTalk, typical } from '../../fakes/questionnaire-talk.ts';
import { shown } from '../../fakes/talk.ts';
import { questionnaire } from '../suitability/questionnaire.ts';
import { begin, type QuestionnaireInput, step } from './questionnaire.ts';

const { questions, version } = questionnaire;

describe('the questionnaire', () => {
  test('asks one question at a time in one message and ends with the profile', async () => {
    const chat = newTalk();
    await chat.command('profile');
    expect(chat.heard()).toBe(
      [
        'Question 1 of 10',
        'When will you need most of this money back?',
        'The longer it can stay, the more time it has to recover from a fall.',
        '[Within a year] [In 1 or 2 years] [In 3 to 5 years] [In 6 to 10 years] [In more than 10 years] [Answer these 5 at once]',
      ].join('\n'),
    );
    const first = chat.said[0].key;
    for (const label of typical.slice(0, 9)) {
      const [reply, ...others] = await chat.presses(label);
      expect(others).toEqual([]);
      expect(reply).toMatchObject({ key: first, replaces: first, visibility: 'private' });
    }
    expect(chat.heard()).toContain('Question 10 of 10');
    expect(chat.heard()).toContain('Noted. Prize: A 50 % chance of $5,000');

    const [reply] = await chat.presses(typical[9]);
    expect(reply.replaces).toBe(first);
    expect(shown(reply)).toBe(
      [
        'Your risk profile: Balanced',
        'Your willingness to bear loss scores 54 of 100 and your ability to bear loss 85; the lower one decides. By your ability to bear loss alone it would be Aggressive. What lowered it most: you have invested a little, and you would wait after a 20 % fall.',
        'Ability to bear loss: 85 of 100',
        'Willingness to bear loss: 54 of 100',
        'Swings (volatility) a year: at most 8.5 %',
        'Stocks: at most 65.0 %',
        'Any one stock fund: at most 35.0 %',
        'Gold, commodities and real estate: at most 25.0 %',
        'Crypto: at most 5.0 %',
        'Cash: at least 3.0 %',
        'Every recommendation keeps within these limits. You can change your answers at any time.',
        '[Set a goal] [My answers]',
      ].join('\n'),
    );
    expect(chat.record.dialogue).toBeNull();
    expect(chat.record.answers).toMatchObject({
      questionnaire: version,
      answers: { horizon: '6-10', fall: 'hold', 'gamble-income': 'fifth' },
    });
    expect(chat.record.audit).toMatchObject([
      { kind: 'profile-set', payload: { profile: 'balanced', keptContradictions: [] } },
    ]);
  });

  test('takes a page of answers, then asks on below and keeps a summary above', async () => {
    const chat = newTalk();
    await chat.command('profile');
    const first = chat.said[0];
    const page = { horizon: '6-10', debts: 'none', emergency: '6-plus', income: 'steady' };
    const [before, after] = await chat.submits('capacity', { ...page, share: 'tenth' });
    expect(before).toMatchObject({ key: first.key, replaces: first.key, actions: [] });
    expect(shown(before)).toContain('So far: Time: In 6 to 10 years');
    expect(shown(after)).toContain('Question 6 of 10');
    expect(after.actions.at(-1)).toMatchObject({
      kind: 'form',
      form: 'willingness',
      shortcut: true,
    });
    await chat.presses('Back');
    const again = chat.said.at(-1)!.actions.at(-1);
    expect(again).toMatchObject({ form: 'capacity', initial: { ...page, share: 'tenth' } });
  });

  test('ends when the last page is filled in, whether or not it was open', async () => {
    const chat = await answering(typical.slice(0, 5));
    const page = { knowledge: 'some', fall: 'hold', 'gamble-income': 'fifth' };
    const names = questions.slice(5).map(({ name, options }) => [name, options[1].value]);
    await chat.submits('willingness', { ...Object.fromEntries(names), ...page });
    expect(chat.heard()).toContain('Your risk profile');
    await chat.submits('capacity', { debts: 'heavy' });
    expect(chat.heard()).toContain('does not suit you right now');
  });

  test('goes back, shows the former answer, and then asks on from the first open question', async () => {
    const chat = await answering(typical.slice(0, 3));
    await chat.presses('Back');
    await chat.presses('Back');
    expect(chat.heard()).toContain('Question 2 of 10');
    expect(chat.heard()).toContain('Your answer now: No debt');
    expect(chat.said.at(-1)!.actions.find(({ style }) => style === 'primary')?.label).toBe(
      'No debt',
    );
    await chat.presses('Only cheap debt, such as a mortgage or student loan');
    expect(chat.heard()).toContain('Question 4 of 10');
    expect(chat.record.dialogue).toMatchObject({ answers: { debts: 'cheap' } });
  });

  test('takes typed answers by number, words or part of them, below what was typed', async () => {
    const chat = newTalk();
    await chat.command('profile');
    const asked = chat.said[0].key;
    const replies = await chat.says('option 4');
    expect(replies![0]).toMatchObject({ key: asked, replaces: asked, actions: [] });
    expect(shown(replies![0])).toBe('So far: Time: In 6 to 10 years');
    expect(replies![1].replaces).toBeUndefined();
    expect(replies![1].key).not.toBe(asked);
    await chat.says('no debt.');
    await chat.says('6 MONTHS');
    await chat.says('3');
    expect(chat.record.dialogue).toMatchObject({
      question: 'share',
      answers: { horizon: '6-10', debts: 'none', emergency: '6-plus', income: 'steady' },
    });
    await chat.says('back');
    expect(chat.heard()).toContain('Question 4 of 10');
  });

  test('asks which one is meant rather than guessing', async () => {
    const chat = newTalk();
    await chat.command('profile');
    await chat.says('5');
    expect(chat.heard()).toContain(
      'That could be "In 3 to 5 years" or "In more than 10 years". Which one do you mean?',
    );
    await chat.says('purple');
    expect(chat.heard()).toContain('I did not recognise that as one of the answers.');
    expect(chat.record.dialogue).toMatchObject({ question: 'horizon', answers: {} });
  });

  test('leaves slash commands and questions to the rest of the bot', async () => {
    const chat = newTalk();
    await chat.command('profile');
    expect(await chat.says('/help')).toBeNull();
    expect(await chat.says('what is a bond?')).toBeNull();
    expect(chat.record.dialogue).not.toBeNull();
  });

  test('pauses when asked to, and goes on from there', async () => {
    const chat = await answering(typical.slice(0, 5));
    await chat.says('later');
    expect(chat.heard()).toContain('Your answers so far are kept');
    await chat.presses('Go on');
    expect(chat.heard()).toContain('Question 6 of 10');
  });

  test('changes an earlier answer by its old button, and says so', async () => {
    const chat = await answering(typical.slice(0, 2));
    await chat.presses('In more than 10 years');
    expect(chat.heard()).toContain('I changed your answer to "Time": In more than 10 years.');
    expect(chat.heard()).toContain('Question 3 of 10');
  });

  test('ignores an answer that no longer exists', () => {
    const { state } = begin('m', {});
    const next = step(state, { kind: 'answer', question: 'horizon', value: 'gone' });
    expect(next).toMatchObject({ kind: 'ask', said: 'That answer is no longer offered.' });
    expect(next.state.answers).toEqual({});
  });

  test('keeps what still fits when the questions have changed during a pause', () => {
    const { state } = begin('m', { horizon: '6-10', debts: 'none' });
    const old = { ...state, questionnaire: '1999-01', answers: { horizon: '6-10', debts: 'lots' } };
    const next = step(old, { kind: 'back' });
    expect(next).toMatchObject({ kind: 'ask', state: { question: 'debts' } });
    expect(next.kind === 'ask' && next.said).toMatch(/^My questions have changed/);
  });

  test('comes to an end from any state, whatever is pressed or typed', () => {
    const input: fc.Arbitrary<QuestionnaireInput> = fc.oneof(
      fc.constant({ kind: 'back' } as const),
      fc.string().map((text) => ({ kind: 'text', text }) as const),
      fc
        .constantFrom(...questions)
        .chain((question) =>
          fc
            .constantFrom(...question.options)
            .map(({ value }) => ({ kind: 'answer', question: question.name, value }) as const),
        ),
      fc
        .constantFrom(...questions)
        .map(({ name }) => ({ kind: 'change', question: name }) as const),
      fc
        .dictionary(fc.constantFrom(...questions.map(({ name }) => name), 'x'), fc.string())
        .map((answers) => ({ kind: 'page', answers }) as const),
      fc.string().map((contradiction) => ({ kind: 'keep', contradiction }) as const),
    );
    fc.assert(
      fc.property(fc.array(input, { maxLength: 30 }), (inputs) => {
        let now = begin('m');
        for (const each of inputs) now = step(now.state, each);
        for (let i = 0; i < 40 && (now.kind === 'ask' || now.kind === 'contradiction'); i++) {
          const at = now.state.question;
          const open = questions.find(({ name }) => name === at);
          now = step(
            now.state,
            now.kind === 'contradiction'
              ? { kind: 'keep', contradiction: now.contradiction.name }
              : { kind: 'answer', question: at, value: open!.options[1].value },
          );
        }
        expect(['done', 'unsuitable']).toContain(now.kind);
      }),
    );
  });
});

describe('contradictions', () => {
  const bold = [...typical.slice(0, 6), 'Buy more', 'Up to 30 %: $3,000 of $10,000'];

  test('are asked about and can both stand', async () => {
    const chat = await answering([...bold, '$1,000 for sure', 'None: I keep what I have']);
    expect(chat.heard()).toBe(
      [
        'Two of your answers pull apart',
        'You would buy more after a 20 % fall, yet take the sure $1,000 over any chance of more.',
        'After a fall: Buy more',
        'Prize: $1,000 for sure',
        'Would you like to change one? Both can stand; then the lower score decides.',
        '[Change "After a fall"] [Change "Prize"] [Keep both]',
      ].join('\n'),
    );
    expect(chat.record.answers).toBeNull();
    await chat.presses('Keep both');
    expect(chat.heard()).toContain('Your risk profile: Balanced');
    expect(chat.record.audit[0].payload).toMatchObject({
      keptContradictions: ['buys-but-plays-safe'],
    });
  });

  test('end when one of the answers is changed', async () => {
    const chat = await answering([...bold, '$1,000 for sure', 'None: I keep what I have']);
    await chat.says('change after a fall');
    expect(chat.heard()).toContain('Question 7 of 10');
    await chat.presses('Wait and change nothing');
    expect(chat.heard()).toContain('Your risk profile');
    expect(chat.record.audit[0].payload).toMatchObject({ keptContradictions: [] });
  });

  test('that were kept are asked about again after one of their answers changed', async () => {
    const kept = begin('m', {
      ...Object.fromEntries(questions.map(({ name, options }) => [name, options.at(-1)!.value])),
      fall: 'buy-more',
      'gamble-prize': 'sure',
      'gamble-income': 'none',
    });
    if (kept.kind !== 'contradiction') throw new Error(kept.kind);
    const done = step(kept.state, { kind: 'keep', contradiction: kept.contradiction.name });
    expect(done.kind).toBe('done');
    const changed = step(done.state, { kind: 'answer', question: 'fall', value: 'hold' });
    expect(changed.kind).toBe('done');
    const again = step(changed.state, { kind: 'answer', question: 'fall', value: 'buy-more' });
    expect(again.kind).toBe('contradiction');
  });
});

describe('someone for whom investing is unsuitable', () => {
  test('is told so kindly, at once, with what would change it', async () => {
    const chat = await answering(['Within a year']);
    expect(chat.heard()).toBe(
      [
        'Investing does not suit you right now',
        'You need this money within a year. Even a careful portfolio can be down then, with no time to recover.',
        '**What would change this:** Keep it in a savings account. Come back with money that can stay for at least a year, better three.',
        'So I stop here and recommend nothing. That is no judgement of you; come back when this has changed.',
        '[Change "Time"] [My answers]',
      ].join('\n'),
    );
    expect(chat.record.dialogue).toBeNull();
    expect(chat.record.audit).toMatchObject([
      { kind: 'unsuitable', payload: { reasons: ['needed-soon'] } },
    ]);
    await chat.presses('My answers');
    expect(chat.heard()).toContain('Investing does not suit you right now');
  });

  test('can correct a slip and go on', async () => {
    const chat = await answering(['Within a year', 'Change "Time"', 'In 6 to 10 years']);
    expect(chat.heard()).toContain('Question 2 of 10');
  });
});
