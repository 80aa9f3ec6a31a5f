import { describe, expect, it } from 'vitest';
import { channelConversation, placeFor } from './place.ts';

const at = (conversation: string, identity: string) => ({
  platform: 'slack',
  installation: 'T0001',
  conversation,
  identity,
});
const secret = { visibility: 'private', key: 'k' } as const;
const open = { visibility: 'public', key: 'k' } as const;

describe('where a reply goes on Slack', () => {
  it('to the direct chat it came from', () => {
    expect(placeFor(at('D1', 'U1'), secret)).toEqual({ kind: 'channel', channel: 'D1' });
  });

  it('to one person in a channel, whatever the reply says of itself', () => {
    const mine = at(channelConversation('C1', 'U1'), 'U1');
    expect(placeFor(mine, secret)).toEqual({ kind: 'ephemeral', channel: 'C1', user: 'U1' });
    expect(placeFor(mine, open)).toEqual({ kind: 'ephemeral', channel: 'C1', user: 'U1' });
    const thread = at(channelConversation('C1', 'U1', '17.1'), 'U1');
    expect(placeFor(thread, secret)).toMatchObject({ thread: '17.1' });
  });

  it('never to another than whose conversation it is', () => {
    for (const conversation of ['C1:U1', 'C1:U1:17.1', 'home:U1']) {
      expect(() => placeFor(at(conversation, 'U2'), secret)).toThrow(/not given to another/);
    }
  });

  it('never in public when it is personal', () => {
    expect(placeFor(at('C1', 'U1'), secret)).toMatchObject({ kind: 'ephemeral', user: 'U1' });
    expect(() => placeFor(at('C1', ''), secret)).toThrow(/needs its person/);
    expect(placeFor(at('C1', ''), open)).toEqual({ kind: 'channel', channel: 'C1' });
  });

  it('to the Home tab when it is the dashboard, else to the direct chat', () => {
    const home = { visibility: 'private', key: 'home' } as const;
    expect(placeFor(at('home:U1', 'U1'), home)).toEqual({ kind: 'home', user: 'U1' });
    expect(placeFor(at('home:U1', 'U1'), secret)).toEqual({ kind: 'direct', user: 'U1' });
  });
});
