import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { seal, signButton, verifyButton } from './button.ts';
import type { Draft } from './reply.ts';

const key = new Uint8Array(32).fill(7);
const random = { bytes: (count: number) => new Uint8Array(randomBytes(count)) };
const place = { scope: { workspace: 'w', person: 'p' }, conversation: 'web:local:x' };

const draft: Draft = {
  key: 'm1',
  visibility: 'private',
  notify: 'normal',
  blocks: [],
  actions: [
    {
      kind: 'choice',
      label: 'Confirm',
      do: { name: 'confirm-proposal', args: { amount: 100_000 }, once: true, expiresAt: 5 },
    },
    { kind: 'link', label: 'Read more', url: 'https://example.org' },
    {
      kind: 'form',
      label: 'Goal',
      form: 'goal',
      initial: { amount: '20k' },
      do: { name: 'f', args: {} },
    },
  ],
};

test('a token fits the 64 bytes of a Telegram button and says nothing of its act', () => {
  const { reply } = seal(draft, place, key, random);
  const action = reply.actions[0];
  const token = action.kind === 'choice' ? action.do : '';
  expect(token).toMatch(/^v1\.[\w-]{16}\.[\w-]{16}$/);
  expect(Buffer.byteLength(token)).toBe(36);
  expect(JSON.stringify(reply)).not.toContain('confirm-proposal');
  expect(JSON.stringify(reply)).not.toContain('100000');
});

test('sealing keeps the act in a row found by the verified token', () => {
  const { reply, rows } = seal(draft, place, key, random);
  const action = reply.actions[0];
  const id = verifyButton(key, action.kind === 'choice' ? action.do : '');
  const row = rows.find((each) => each.id === id);
  expect(row?.act.args.amount).toBe(100_000);
  expect(row).toMatchObject({ workspace: 'w', person: 'p', messageKey: 'm1', usedAt: null });
  expect(rows).toHaveLength(2);
  expect(rows[1]).toMatchObject({ kind: 'form', form: 'goal', initial: { amount: '20k' } });
  expect(reply.actions[1]).toEqual(draft.actions[1]);
});

test('a token changed in any character, or signed by another installation, is refused', () => {
  const token = signButton(key, 'abcdefghijklmnop');
  expect(verifyButton(key, token)).toBe('abcdefghijklmnop');
  for (let i = 0; i < token.length; i++) {
    const other = token[i] === 'A' ? 'B' : 'A';
    expect(verifyButton(key, token.slice(0, i) + other + token.slice(i + 1))).toBeNull();
  }
  expect(verifyButton(new Uint8Array(32).fill(8), token)).toBeNull();
  expect(verifyButton(key, '')).toBeNull();
  expect(verifyButton(key, `${token}=`)).toBeNull();
});
