import { describe, expect, test } from 'vitest';
import { answering, NOW, typical } from '../../fakes/questionnaire-talk.ts';
import { shown } from '../../fakes/talk.ts';

describe('/profile', () => {
  test('shows the answers, changes one, and scores again', async () => {
    const chat = await answering(typical);
    await chat.command('profile');
    expect(chat.heard()).toContain('Your answers of 4 May 2026');
    expect(chat.heard()).toContain('Time | In 6 to 10 years');
    await chat.picks('Change an answer', 'loss');
    expect(chat.heard()).toContain('Your answer now: Up to 30 %: $3,000 of $10,000');
    await chat.presses('Up to 5 %: $500 of $10,000');
    expect(chat.heard()).toContain('Your risk profile: Conservative');
    expect(chat.heard()).toContain(
      'It stays at Conservative at most, because you could bear to lose at most 5 % in a year.',
    );
    expect(chat.record.answers?.revision).toBe(2);
  });

  test('asks only what is missing when stored answers are incomplete', async () => {
    const chat = await answering(typical);
    const { fall: _, ...rest } = chat.record.answers!.answers;
    chat.record.answers = { ...chat.record.answers!, answers: rest };
    await chat.command('profile');
    expect(chat.heard()).toContain('Question 7 of 10');
    await chat.presses('Sell some');
    expect(chat.heard()).toContain('Your risk profile');
  });

  test('can be answered all again', async () => {
    const chat = await answering(typical);
    await chat.command('profile');
    await chat.presses('Answer all again');
    expect(chat.heard()).toContain('Question 1 of 10');
    expect(chat.heard()).not.toContain('Your answer now');
  });
});

test('a new profile puts an open proposal aside', async () => {
  const chat = await answering(typical.slice(0, 9));
  chat.record.proposals = [
    {
      id: 'a',
      workspace: 'w1',
      person: 'p1',
      recommendationId: 'r',
      source: { platform: 'test', installation: 'i', conversation: 'c', identity: 'p' },
      version: 1,
      hash: 'h',
      state: 'proposed',
      legs: [],
      pricedOn: 20_000,
      createdAt: NOW,
      expiresAt: NOW + 1,
      confirmedBy: null,
      reason: null,
      messageKey: 'k',
    },
  ];
  await chat.presses(typical[9]);
  expect(chat.record.proposals[0].state).toBe('superseded');
});

test('no reply has double spaces, unfilled values or labels a platform would cut', async () => {
  const chat = await answering(typical);
  await chat.command('profile');
  await chat.command('hello');
  for (const draft of chat.said) {
    expect(shown(draft)).not.toMatch(/ {2}|undefined|NaN|null|\{\{/);
    expect(draft.visibility).toBe('private');
    for (const { label } of draft.actions) expect(label.length).toBeLessThanOrEqual(75);
  }
});
