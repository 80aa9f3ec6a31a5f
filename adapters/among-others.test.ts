import { expect, test } from 'vitest';
import type { Block } from '../bot/reply.ts';
import { amongOthers } from './among-others.ts';

const disclosure: Block = { kind: 'notice', tone: 'disclosure', text: 'Before taxes.' };
const words: Block = { kind: 'text', text: 'Hello' };
const warning: Block = { kind: 'notice', tone: 'warning', text: 'Old prices.' };

test('a disclosure alone is small print; of several the first begins a text', () => {
  const alone = [words, disclosure, warning];
  expect(amongOthers(alone, 1)).toBe('alone');
  const several = [words, disclosure, disclosure, disclosure];
  expect([1, 2, 3].map((at) => amongOthers(several, at))).toEqual(['first', 'later', 'later']);
});
