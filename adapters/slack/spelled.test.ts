import { expect, it } from 'vitest';
import * as samples from '../web/fixtures/replies.ts';
import { spelled, spelledReply } from './spelled.ts';

const commands = new Set(['help', 'link', 'recommend']);

it.each([
  ['Type /help to see what I can do.', 'Type /keel help to see what I can do.'],
  ['**/recommend**: how I would split it', '**/keel recommend**: how I would split it'],
  ['(/link, then /help.)', '(/keel link, then /keel help.)'],
  ['type there:\n**/link ABCD-EFGH**', 'type there:\n**/link ABCD-EFGH**'],
  ['60/40, and/or, https://keel.test/help, /helpers, /other', null],
])('a command is named as Slack takes it: %j', (said, shown) => {
  expect(spelled(said, commands)).toBe(shown ?? said);
});

it('a reply keeps everything else, its buttons above all', () => {
  const choice = { kind: 'choice', label: '/help', do: 'v1.a.b' } as const;
  const reply = { ...samples.says('k', 'Type /help.'), actions: [choice] };
  const shown = spelledReply(reply, commands);
  expect(shown).toEqual({ ...reply, blocks: [{ kind: 'text', text: 'Type /keel help.' }] });
  const list = { ...reply, blocks: [{ kind: 'facts', facts: [{ label: '/help', value: 'x' }] }] };
  expect(JSON.stringify(spelledReply(list as typeof reply, commands))).toContain('"/keel help"');
  expect(spelledReply(samples.recommendation, new Set())).toEqual(samples.recommendation);
});
