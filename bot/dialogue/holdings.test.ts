import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pricePanel } from '../../engine/panel.ts';
import { shown, talk } from '../../fakes/talk.ts';
import type { Proposal } from '../advice/types.ts';
import { holdings } from '../commands/holdings.ts';
import type { MarketView } from '../ports.ts';
import { declaration } from './declaration.ts';
import { checkForm, forms } from './form-table.ts';
import { holdingsActs, holdingsDialogue, holdingsFormHandler } from './holdings.ts';

const NOW = Date.UTC(2026, 4, 4, 12);
const DAY = Math.floor(Date.UTC(2026, 4, 1) / 86_400_000);
const prices = { SPY: 500, AGG: 100, GLD: 250.5, 'BTC-USD': 80_000 };

const market: MarketView = {
  source: 'csv:test.csv',
  simulated: false,
  panel: pricePanel(['SPY'], Int32Array.of(DAY), Float64Array.of(500)),
  panelHash: 'h',
  quotes: new Map(
    Object.entries(prices).map(([asset, price]) => [
      asset,
      { asset, price, day: DAY, source: 'csv:test.csv' },
    ]),
  ),
  rule: '',
  missing: [],
};

function newTalk(view: MarketView = market) {
  return talk(
    {
      commands: [holdings],
      acts: holdingsActs,
      forms: { holdings: holdingsFormHandler },
      dialogues: { holdings: holdingsDialogue },
    },
    { now: NOW, market: view },
  );
}

const bytes = (text: string) => new TextEncoder().encode(text);

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
  test('means the same as the same words typed', async () => {
    const chat = newTalk();
    await chat.submits('holdings', { positions: '12 SPY\n10 AGG', cash: '4000' });
    expect(chat.heard()).toContain('Total |  |  | $11,000.00');
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

describe('a declaration', () => {
  const scope = { workspace: 'w1', person: 'p1' };
  const cents = fc.bigInt({ min: 0n, max: 10n ** 12n });
  const count = fc.bigInt({ min: 0n, max: 10n ** 12n });

  test('makes the ledger equal what was declared, to the unit and the cent', () => {
    fc.assert(
      fc.property(count, count, count, cents, cents, (spy, agg, before, cash, after) => {
        const held = before > 0n ? [{ asset: 'SPY', units: before, costMinor: before / 3n }] : [];
        const present = { cash: { minor: cash, currency: 'USD' }, positions: held, version: 7 };
        const units = new Map(
          Object.entries({ SPY: spy, AGG: agg }).filter(([, value]) => value > 0n),
        );
        const { entries, transfers } = declaration(
          scope,
          present,
          { cashMinor: after, units },
          market.quotes,
          NOW,
        );
        const sum = (asset: string) =>
          entries.reduce((total, each) => total + (each.asset === asset ? each.units : 0n), 0n);
        expect(sum('SPY') + before).toBe(spy);
        expect(sum('AGG')).toBe(agg);
        expect(entries.reduce((total, each) => total + each.cashMinor, cash)).toBe(after);
        const cost = entries.find(({ asset }) => asset === 'SPY')?.costMinor ?? 0n;
        if (spy === 0n && before > 0n) expect(cost).toBe(-(before / 3n));
        expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
        expect(transfers.length).toBe(entries.length);
      }),
    );
  });

  test('has the same ids when it is made twice, and others from the next version on', () => {
    const present = { cash: { minor: 0n, currency: 'USD' }, positions: [], version: 3 };
    const wanted = { cashMinor: 5n, units: new Map([['SPY', 100n]]) };
    const ids = (version: number) =>
      declaration(scope, { ...present, version }, wanted, market.quotes, NOW).entries.map(
        ({ id }) => id,
      );
    expect(ids(3)).toEqual(ids(3));
    expect(ids(4).some((id) => ids(3).includes(id))).toBe(false);
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
