import { describe, expect, test } from 'vitest';
import { NOW, newTalk } from '../../fakes/holdings-talk.ts';
import { checkForm, forms } from './form-table.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('a file', () => {
  test('is read whether or not holdings were asked for', async () => {
    const chat = newTalk();
    await chat.uploads('mine.csv', bytes('symbol,units\nSPY,12\nAGG,10\n'));
    expect(chat.heard()).toContain('SPY | 12');
    await chat.says('yes');
    expect(chat.record.entries.length).toBe(2);
  });

  test('with an unknown ticker is asked about like words', async () => {
    const chat = newTalk();
    await chat.uploads('mine.csv', bytes('symbol,units\nSPYY,12\nAGG,10\n'));
    expect(chat.heard()).toContain('I do not know "SPYY"');
    await chat.presses('SPY');
    expect(chat.heard()).toContain('SPY | 12');
    expect(chat.heard()).toContain('AGG | 10');
  });

  test('that is no list is refused in words', async () => {
    const chat = newTalk();
    await chat.uploads('mine.csv', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 1, 2));
    expect(chat.record.dialogue).toMatchObject({ phase: 'ask' });
    expect(chat.heard()).toContain('[Fill in a form]');
  });
});

describe('the holdings form', () => {
  test('has an example in words that is understood where there are no forms', async () => {
    const chat = newTalk();
    await chat.command('holdings');
    await chat.says(forms.holdings.spoken);
    expect(chat.heard()).toContain('SPY | 12');
    expect(chat.heard()).toContain('Cash |  |  | $4,000.00');
    expect(chat.heard()).not.toContain('I do not know');
  });

  test('means the same as the same words typed', async () => {
    const chat = newTalk();
    await chat.submits('holdings', { positions: '12 SPY\n10 AGG', cash: '4000' });
    expect(chat.heard()).toContain('Total |  |  | $11,000.00');
  });

  test('takes a file beside its words, which has the last word', async () => {
    const chat = newTalk();
    const content = Buffer.from('symbol,units\nSPY,15\n').toString('base64');
    const file = { name: 'mine.csv', mediaType: 'text/csv', bytes: 20, content };
    const values = { positions: '10 AGG', cash: '', file: 'mine.csv' };
    await chat.submits('holdings', values, { file });
    expect(chat.heard()).toContain('SPY | 15');
    expect(chat.heard()).toContain('AGG | 10');
    await chat.submits('holdings', { ...values, positions: '12 SPY' }, { file });
    expect(chat.heard()).toContain('SPY | 15');
    await chat.submits('holdings', { ...values, positions: '5 SPYY' }, { file });
    expect(chat.heard()).toContain('I do not know "SPYY"');
    expect(chat.heard()).toContain('left the file aside');
  });

  test('is prefilled so that submitting it unchanged changes nothing', async () => {
    const chat = newTalk();
    await chat.command('holdings', '12 SPY, 0.12345678 BTC, 1234.56 cash');
    await chat.presses('Yes');
    await chat.command('holdings');
    const form = chat.said.at(-1)!.actions.find(({ kind }) => kind === 'form');
    const initial = form?.kind === 'form' ? form.initial! : {};
    await chat.submits('holdings', initial);
    await chat.says('yes');
    expect(chat.heard()).toContain('nothing changes');
  });

  test('has errors that stand at their field', () => {
    expect(Object.keys(checkForm('holdings', { positions: '', cash: '' }))).toEqual(['positions']);
    expect(Object.keys(checkForm('holdings', { positions: 'hm', cash: '' }))).toEqual([
      'positions',
    ]);
    expect(Object.keys(checkForm('holdings', { positions: '12 SPY', cash: '-5' }))).toEqual([
      'cash',
    ]);
    expect(checkForm('holdings', { positions: '12 SPY', cash: '4000' })).toEqual({});
  });

  test('and every other keep to what modals can show', () => {
    for (const form of Object.values(forms)) {
      expect(form.fields.length).toBeLessThanOrEqual(5);
      expect(form.title.length).toBeLessThanOrEqual(24);
      for (const { label } of form.fields) expect(label.length).toBeLessThanOrEqual(45);
    }
  });

  test('checks goals too, and their dates when it knows the day', () => {
    const past = { kind: 'by-date', amount: '20k', by: 'June 2012', contribution: '', rate: '' };
    expect(checkForm('goal', past)).toEqual({});
    expect(Object.keys(checkForm('goal', past, { now: NOW, locale: 'en-US' }))).toEqual(['by']);
    expect(Object.keys(checkForm('goal', { kind: 'by-date' }))).toEqual(['amount', 'by']);
  });
});
