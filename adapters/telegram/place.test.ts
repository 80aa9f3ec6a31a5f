import { expect, it } from 'vitest';
import { placeFor } from './place.ts';

const to = (conversation: string, identity: string) => ({
  platform: 'telegram',
  installation: '1',
  conversation,
  identity,
});

it('never says in a group what is personal, even when it does not know whose it is', () => {
  expect(() => placeFor(to('-1001', ''), { visibility: 'private' })).toThrow(/needs its person/);
  expect(placeFor(to('-1001/45', '5'), { visibility: 'private' })).toEqual({ chat: '5' });
  expect(placeFor(to('-1001/45', ''), { visibility: 'public' })).toEqual({
    chat: '-1001',
    topic: 45,
  });
});

it('says in the direct chat what is personal, in its topic', () => {
  expect(placeFor(to('5', '5'), { visibility: 'private' })).toEqual({ chat: '5' });
  expect(placeFor(to('5/3', '5'), { visibility: 'private' })).toEqual({ chat: '5', topic: 3 });
});
