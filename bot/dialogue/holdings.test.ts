import { describe, expect, test } from 'vitest';
import { DAY, market, NOW, newTalk } from '../../fakes/holdings-talk.ts';
import { shown } from '../../fakes/talk.ts';
import type { Proposal } from '../advice/types.ts';

function proposal(state: Proposal['state']): Proposal {
  return {
    id: 'a',
    workspace: 'w1',
    person: 'p1',
    recommendationId: 'r',
    version: 1,
    hash: 'h',
    state,
    legs: [],
    pricedOn: DAY,
    createdAt: NOW,
    expiresAt: NOW + 1,
    confirmedBy: null,
    reason: null,
    source: { platform: 'test', installation: 'i', conversation: 'c', identity: 'p' },
    messageKey: 'k',
  };
}

describe('/holdings', () => {
  test('leaves a limit to the rest of the bot', async () => {
    const chat = newTalk();
    await chat.command('holdings');
    expect(await chat.says('stocks at most 60 %')).toBeNull();
  });

  test('reads typed holdings, shows them valued, and writes them on yes', async () => {
    const chat = newTalk();
    await chat.command('holdings');
    expect(chat.heard()).toContain('What do you hold?');
    await chat.says('12 SPY, 0.5 BTC, 4000 cash');
    expect(chat.heard()).toBe(
      [
        'I understood that you hold this. Is that right?',
        'At the closing prices of 1 May 2026',
        'Asset | Units | Price | Value',
        'SPY | 12 | $500.00 | $6,000.00',
        'BTC-USD | 0.5 | $80,000.00 | $40,000.00',
        'Cash |  |  | $4,000.00',
        'Total |  |  | $50,000.00',
        '[Yes] [Edit] [Remove one]',
      ].join('\n'),
    );
    expect(chat.record.entries).toEqual([]);
    await chat.presses('Yes');
    expect(chat.heard()).toContain('Noted. What you hold is worth $50,000.00 at the last prices.');
    expect(chat.record.entries).toMatchObject([
      { asset: 'BTC-USD', units: 50_000_000n, costMinor: 4_000_000n, kind: 'declared' },
      { asset: 'SPY', units: 1_200_000_000n, costMinor: 600_000n },
      { asset: null, units: 0n, cashMinor: 400_000n, costMinor: 0n },
    ]);
    expect(chat.record.transfers.map(({ id }) => id)).toEqual(
      chat.record.entries.map(({ id }) => id),
    );
    expect(chat.record.jobs).toEqual([{ name: 'settle', singletonKey: 'settle' }]);
    expect(chat.record.audit).toMatchObject([{ kind: 'holdings-declared' }]);
    expect(chat.record.dialogue).toBeNull();
  });

  test('says the day of most prices once, and another only where it differs', async () => {
    const coin = market.quotes.get('BTC-USD')!;
    const quotes = new Map(market.quotes).set('BTC-USD', { ...coin, day: coin.day + 2 });
    const chat = newTalk({ ...market, quotes });
    await chat.command('holdings', '12 SPY, 4 AGG, 0.5 BTC');
    expect(chat.heard()).toContain('At the closing prices of 1 May 2026');
    expect(chat.heard()).toContain('SPY | 12 | $500.00 |');
    expect(chat.heard()).toContain('BTC-USD | 0.5 | $80,000.00 (3 May 2026) |');
  });

  test('a yes pressed twice writes once', async () => {
    const chat = newTalk();
    await chat.command('holdings', '12 SPY');
    expect(chat.said.at(-1)!.actions[0]).toMatchObject({ do: { once: true } });
    await chat.presses('Yes');
    await expect(chat.presses('Yes')).rejects.toThrow('an earlier list');
    expect(chat.record.entries.length).toBe(1);
  });

  test('corrects, adds and removes later, writing only the differences', async () => {
    const chat = newTalk();
    await chat.command('holdings', '12 SPY, 10 AGG, 4000 cash');
    await chat.says('yes');
    await chat.command('holdings', 'actually 15 SPY');
    await chat.says('yes');
    expect(chat.record.entries.slice(3)).toMatchObject([{ asset: 'SPY', units: 300_000_000n }]);
    await chat.command('holdings', 'remove AGG');
    await chat.says('yes');
    expect(chat.record.entries.at(-1)).toMatchObject({
      asset: 'AGG',
      units: -1_000_000_000n,
      costMinor: -100_000n,
      cashMinor: 0n,
    });
    await chat.command('holdings');
    expect(chat.heard()).toContain('SPY | 15 | $500.00 | $7,500.00');
    expect(chat.heard()).not.toContain('AGG |');
  });

  test('takes a correction to the echo on top of what it showed', async () => {
    const chat = newTalk();
    await chat.command('holdings', '12 SPY, 10 AGG');
    await chat.says('actually 15 SPY');
    expect(chat.heard()).toContain('SPY | 15');
    expect(chat.heard()).toContain('AGG | 10');
    await chat.picks('Remove one', 'AGG');
    expect(chat.heard()).not.toContain('AGG |');
    await chat.presses('Yes');
    expect(chat.record.entries).toMatchObject([{ asset: 'SPY', units: 1_500_000_000n }]);
  });

  test('turns values into units at the last price', async () => {
    const chat = newTalk();
    await chat.command('holdings', '$1,000 of SPY');
    expect(chat.heard()).toContain('SPY | 2 | $500.00 | $1,000.00');
  });

  test('asks what an unknown ticker means, and goes on from the answer', async () => {
    const chat = newTalk();
    await chat.command('holdings', '12 SPYY, 4000 cash');
    expect(chat.heard()).toContain('I do not know "SPYY". Did you mean one of these?');
    await chat.presses('SPY');
    expect(chat.heard()).toContain('SPY | 12 | $500.00 | $6,000.00');
    expect(chat.heard()).toContain('$10,000.00');
  });

  test('takes the typed ticker in place of an unknown one, or leaves it out', async () => {
    const chat = newTalk();
    await chat.command('holdings', '12 SPYY, 7 ZZZZQ, 4000 cash');
    await chat.says('spy');
    expect(chat.heard()).toContain('ZZZZQ');
    await chat.presses('Leave it out');
    expect(chat.heard()).toContain('SPY | 12');
    expect(chat.heard()).toContain('I left "ZZZZQ" out.');
  });

  test('reads a list typed instead of an answer beside the rest', async () => {
    const chat = newTalk();
    await chat.command('holdings', '12 SPYY, 4000 cash');
    await chat.says('10 AGG and 2 GLD');
    expect(chat.heard()).toContain('AGG | 10');
    expect(chat.heard()).toContain('$4,000.00');
  });

  test('asks an unsettled ticker again when what was typed is doubtful too', async () => {
    const chat = newTalk();
    await chat.command('holdings', '12 SPYY, 4000 cash');
    await chat.says('3 ZZZZQ maybe');
    expect(chat.heard()).toContain('I do not know "SPYY"');
    expect(await chat.says('what do you mean?')).toBeNull();
  });

  test('asks what is doubtful and takes a pressed or typed answer', async () => {
    const chat = newTalk();
    await chat.command('holdings', 'SPY, 4000 cash');
    expect(chat.heard()).toContain('How many units of SPY');
    await chat.says('12');
    expect(chat.heard()).toContain('SPY | 12');
    await chat.command('holdings', '12 SPY, 3 SPY');
    expect(chat.heard()).toContain('You named SPY more than once.');
    await chat.presses('15 together');
    expect(chat.heard()).toContain('SPY | 15');
  });

  test('refuses an asset without a price by name and keeps the rest', async () => {
    const chat = newTalk();
    await chat.command('holdings', '12 SPY, 5 TLT');
    expect(chat.heard()).toContain(
      'I have no price for TLT (long US Treasuries) here, so I left it out.',
    );
    expect(chat.heard()).toContain('SPY | 12');
    expect(chat.heard()).not.toContain('TLT |');
  });

  test('refuses to take away more than there is', async () => {
    const chat = newTalk();
    await chat.command('holdings', '12 SPY');
    await chat.says('yes');
    await chat.command('holdings', 'sold 20 SPY');
    expect(chat.heard()).toContain('You hold 12 SPY, so 20 cannot be taken away.');
    expect(chat.record.dialogue).toMatchObject({ phase: 'ask' });
  });

  test.each(['confirmed', 'submitting', 'partly-filled'] as const)(
    'changes nothing while a proposal is %s',
    async (state) => {
      const chat = newTalk();
      await chat.command('holdings', '12 SPY');
      chat.record.proposals = [proposal(state)];
      await expect(chat.presses('Yes')).rejects.toThrow('still being carried out');
      await expect(chat.command('holdings', 'remove SPY')).rejects.toThrow('still being');
      expect(chat.record.entries).toEqual([]);
    },
  );

  test('a declaration puts an open proposal aside', async () => {
    const chat = newTalk();
    await chat.command('holdings', '12 SPY');
    chat.record.proposals = [proposal('proposed')];
    await chat.presses('Yes');
    expect(chat.record.proposals[0].state).toBe('superseded');
  });

  test('shows the echo again when the ledger has moved on since', async () => {
    const chat = newTalk();
    await chat.command('holdings', '12 SPY');
    chat.record.entries.push({
      id: 'fill',
      at: NOW,
      kind: 'fill',
      asset: 'AGG',
      units: 100_000_000n,
      cashMinor: -10_000n,
      costMinor: 10_000n,
      currency: 'USD',
      reference: 'f',
    });
    await chat.presses('Yes');
    expect(chat.heard()).toContain('moved on since');
    expect(chat.record.entries.length).toBe(1);
  });

  test('says when nothing changes', async () => {
    const chat = newTalk();
    await chat.command('holdings', '12 SPY');
    await chat.presses('Yes');
    await chat.command('holdings', '12 SPY');
    await chat.presses('Yes');
    expect(chat.heard()).toBe('That is what I had already, so nothing changes.');
    expect(chat.record.entries.length).toBe(1);
  });

  test('a button of an earlier list changes nothing', async () => {
    const chat = newTalk();
    await chat.command('holdings', '12 SPY');
    const old = chat.said.at(-1)!.actions[0];
    await chat.says('13 SPY');
    const act = old.kind === 'choice' ? old.do : null;
    const open = chat.record.dialogue?.kind === 'holdings' ? chat.record.dialogue.draft : null;
    expect(act?.args.id).not.toBe((open as { id: string }).id);
  });

  test('leaves other words to the rest of the bot', async () => {
    const chat = newTalk();
    await chat.command('holdings', '12 SPY');
    expect(await chat.says('tell me a joke')).toBeNull();
    expect(await chat.says('/help')).toBeNull();
    await chat.says('cancel');
    expect(chat.record.dialogue).toBeNull();
  });

  test('says so when prices are simulated', async () => {
    const chat = newTalk({ ...market, simulated: true });
    await chat.command('holdings', '12 SPY');
    expect(chat.heard()).toContain('These prices are simulated');
  });
});

test('no reply about holdings has unfilled values or public numbers', async () => {
  const chat = newTalk();
  await chat.command('holdings', '12 SPYY, SPY, 5 TLT, 4000 cash');
  await chat.presses('Leave it out');
  await chat.says('12');
  await chat.says('yes');
  await chat.command('holdings');
  for (const draft of chat.said) {
    expect(shown(draft).replaceAll(' |  |  | ', '')).not.toMatch(/ {2}|undefined|NaN|null/);
    expect(draft.visibility).toBe('private');
    for (const { label } of draft.actions) expect(label.length).toBeLessThanOrEqual(75);
  }
});
