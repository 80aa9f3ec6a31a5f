import { describe, expect, test } from 'vitest';
import { newTalk } from '../../fakes/holdings-talk.ts';
import { talk } from '../../fakes/talk.ts';
import { goal } from '../commands/goal.ts';
import { goalActs, goalDialogue, goalFormHandler } from './goal.ts';
import { carriedOver, type DialogueState, questionnaireIn } from './state.ts';
import { typedChoice } from './typed-choice.ts';

const asked: DialogueState = {
  kind: 'questionnaire',
  questionnaire: 'v',
  question: 'fall',
  answers: { horizon: '3-5' },
  confirmed: [],
  message: 'm',
};
const goalOpen: DialogueState = { kind: 'goal', phase: 'ask', text: '', goal: { topic: null } };

function goalTalk() {
  return talk(
    {
      commands: [goal],
      acts: goalActs,
      forms: { goal: goalFormHandler },
      dialogues: { goal: goalDialogue },
    },
    { now: Date.UTC(2026, 4, 1) },
  );
}

describe('an interrupted questionnaire', () => {
  test('waits behind another dialogue and comes back with its answers', () => {
    const goalFirst = carriedOver(asked, goalOpen);
    expect(goalFirst).toMatchObject({ kind: 'goal', paused: { answers: { horizon: '3-5' } } });
    const echoed = carriedOver(goalFirst, { ...goalOpen, phase: 'echo', goal: {} });
    expect(questionnaireIn(echoed)).toEqual(asked);
    expect(carriedOver(echoed, null)).toEqual(asked);
  });

  test('ends when it is answered, and starts nothing where there was none', () => {
    expect(carriedOver(asked, null)).toBeNull();
    expect(carriedOver(goalOpen, null)).toBeNull();
    expect(carriedOver(null, goalOpen)).toEqual(goalOpen);
    const next: DialogueState = { ...asked, question: 'loss' };
    expect(carriedOver({ ...goalOpen, paused: asked }, next)).toEqual(next);
  });
});

describe('an answer to another question', () => {
  test('holdings told where a goal is asked for are left to the rest of the bot', async () => {
    const chat = goalTalk();
    await chat.command('goal');
    expect(await chat.says('12 SPY, 3.5 BTC, 4000 cash')).toBeNull();
  });

  test('a goal told where holdings are asked for is left to the rest of the bot', async () => {
    const chat = newTalk();
    await chat.command('holdings');
    expect(await chat.says('20k towards a house by June 2032, adding 500 a month')).toBeNull();
    expect(await chat.says('tell me about the other clients')).toBeNull();
    await chat.says('12 SPY');
    expect(chat.heard()).toContain('SPY | 12');
  });
});

describe('an answer in other words', () => {
  test('corrects what was echoed, part by part, before it counts', async () => {
    const chat = goalTalk();
    await chat.command('goal', '20k for a house by 2040, adding 300 a month');
    await chat.says('make it 30k');
    expect(chat.heard()).toContain('$30,000.00');
    expect(chat.heard()).toContain('31 December 2040, adding $300.00 a month');
    await chat.says('by June 2035 instead');
    expect(chat.heard()).toContain('$30,000.00');
    expect(chat.heard()).toContain('June 2035, adding $300.00 a month');
    await chat.says('adding 600 a month');
    expect(chat.heard()).toContain('June 2035, adding $600.00 a month');
    expect(chat.record.goal).toBeNull();
    await chat.says('yes please!');
    expect(chat.record.goal).toMatchObject({
      goal: { amountMinor: 3_000_000, contribution: { minor: 60_000 }, purpose: 'house' },
    });
  });

  test('names a ticker that was not known, or leaves it out', async () => {
    for (const [said, heard] of [
      ['yes', 'SPY | 12'],
      ['S&P 500', 'SPY | 12'],
      ['the first', 'SPY | 12'],
      ['i dont know', 'I left "SPX" out.'],
    ]) {
      const chat = newTalk();
      await chat.command('holdings', '12 SPX, 3 AGG');
      expect(chat.heard()).toContain('Did you mean');
      await chat.says(said);
      expect(chat.heard(), said).toContain(heard);
    }
  });

  test('a ticker near none that is known comes with the list, and "yes" does not answer it', async () => {
    const chat = newTalk();
    await chat.command('holdings', '5 AAPL');
    expect(chat.heard()).toContain('What I know: SPY, VTI,');
    await chat.says('yes');
    expect(chat.heard()).toContain('That did not answer this:');
    expect(chat.heard()).toContain('I do not know "AAPL".');
  });

  test('"none" to how many are held does not empty the portfolio', async () => {
    const chat = newTalk();
    await chat.command('holdings', '12 SPY');
    await chat.says('looks good');
    await chat.command('holdings', 'AGG');
    await chat.says('none');
    expect(chat.heard()).toContain('SPY | 12');
    expect(chat.heard()).not.toContain('Nothing at all');
  });

  test('a negative number picks no option', () => {
    expect(typedChoice(['Yes, a lot', 'No'], '-1')).toEqual({ kind: 'none' });
    expect(typedChoice(['Yes, a lot', 'No'], '1')).toEqual({ kind: 'one', index: 0 });
  });
});

describe('a refusal', () => {
  test('of a goal shows how to say it', async () => {
    const chat = goalTalk();
    await chat.command('goal', 'save -20k by 2040');
    expect(chat.heard()).toContain('An amount below zero does not work here.');
    expect(chat.heard()).toContain('20k towards a house by June 2032');
  });

  test('of words that do not answer what was asked says so and asks again', async () => {
    const chat = newTalk();
    await chat.command('holdings', 'SPY');
    await chat.says('1e309');
    expect(chat.heard()).toBe(
      [
        'SPY: “1e309” is larger than I can work with.',
        'How many units of SPY (US large companies) do you hold?',
        '[Leave it out]',
      ].join('\n'),
    );
  });

  test('says the same thing once', async () => {
    const chat = newTalk();
    await chat.command('holdings', '12, 12, 12');
    expect(chat.heard().match(/I do not know what/g)).toHaveLength(1);
  });
});
