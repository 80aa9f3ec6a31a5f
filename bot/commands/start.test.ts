import { describe, expect, test } from 'vitest';
import { answering, NOW, newTalk, typical } from '../../fakes/questionnaire-talk.ts';
import { shown } from '../../fakes/talk.ts';
import { DISCLOSURE } from './disclosure.ts';

describe('hello', () => {
  test('shows the disclosure, takes consent once, and asks the first question', async () => {
    const chat = newTalk();
    await chat.command('start');
    expect(chat.heard()).toContain('I am a program, not a person.');
    for (const words of ['algorithm', 'lose money', 'Confirm', 'paper', 'simulated', '/forget']) {
      expect(chat.heard()).toContain(words);
    }
    const consent = chat.said[0].actions[0];
    expect(consent).toMatchObject({ do: { name: 'consent', once: true } });
    expect(consent.kind === 'choice' && consent.do.expiresAt).toBeGreaterThan(NOW);

    const replies = await chat.presses('I have read this and agree');
    expect(replies[0]).toMatchObject({ replaces: chat.said[0].key, actions: [] });
    expect(shown(replies[0])).toContain('You agreed to this on 4 May 2026.');
    expect(shown(replies[1])).toContain('Question 1 of 10');
    expect(chat.record.person.disclosureVersion).toBe(DISCLOSURE.version);
    expect(chat.record.audit.map(({ kind }) => kind)).toEqual(['consent']);
  });

  test('later says welcome back, with where one stands and the next step', async () => {
    const chat = await answering(typical);
    chat.record.person = { ...chat.record.person, disclosureVersion: DISCLOSURE.version };
    await chat.command('start');
    expect(chat.heard()).toBe(
      'Welcome back\nRisk profile: Balanced\nGoal: not set yet\nHoldings: not known yet\n[Set a goal] [Tell what I hold] [What can you do?]',
    );
  });

  test('offers no goal and no holdings to someone whom investing does not suit', async () => {
    const chat = await answering(['Within a year']);
    chat.record.person = { ...chat.record.person, disclosureVersion: DISCLOSURE.version };
    await chat.command('start');
    expect(chat.heard()).toContain('[My answers] [What can you do?]');
    expect(chat.heard()).not.toContain('[Set a goal]');
  });

  test('takes up an open questionnaire where it was left', async () => {
    const chat = await answering(typical.slice(0, 3));
    chat.record.person = { ...chat.record.person, disclosureVersion: DISCLOSURE.version };
    await chat.command('start');
    expect(chat.heard()).toContain('Question 4 of 10');
  });

  test('asks for consent again when the disclosure has a new version', async () => {
    const chat = newTalk();
    chat.record.person = { ...chat.record.person, disclosureVersion: '1999-01' };
    await chat.command('start');
    expect(chat.heard()).toContain('[I have read this and agree]');
  });
});
