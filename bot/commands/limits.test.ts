import { describe, expect, it } from 'vitest';
import { shown } from '../../fakes/talk.ts';
import { desk, kept, now } from '../../fakes/wish-desk.ts';
import { wishActs } from './wish-acts.ts';

describe('limits of one’s own', () => {
  it('are understood, priced against the mix without, kept by a button, and undone by another', async () => {
    const person = desk();
    await person.command('limits', 'increase bonds to 60 %');
    expect(person.heard()).toContain('Bonds at least 60 %.');
    expect(person.heard()).toMatch(/Expected return a year \| \d+\.\d % \| \d+\.\d %/);
    expect(person.heard()).toContain('Nothing changes until you keep it.');
    expect(person.record.wishes).toBeNull();
    await person.presses('Keep this limit');
    expect(kept(person).limits).toMatchObject([{ kind: 'weight', lower: 0.6, upper: null }]);
    expect(person.record.audit.map(({ kind }) => kind)).toEqual(['wishes']);
    await person.presses('Undo');
    expect(kept(person).limits).toEqual([]);
  });

  it('that leave no mix are refused with the nearest that do, one press away', async () => {
    const person = desk();
    await person.command('limits', 'at least 95 % crypto');
    expect(person.heard()).toContain('That limit leaves no mix');
    const nearest = /The nearest that works: crypto at least ([\d.]+) %/.exec(person.heard());
    expect(Number(nearest?.[1])).toBeGreaterThan(0);
    expect(Number(nearest?.[1])).toBeLessThan(95);
    await person.presses('See the nearest');
    await person.presses('Keep this limit');
    expect(kept(person).limits).toHaveLength(1);
  });

  it('take the place of an older one on the same thing, and can be removed from a list', async () => {
    const person = desk();
    for (const text of ['at most 10 % gold', 'at most 5 % gold', 'at most 6 holdings']) {
      await person.command('limits', text);
      await person.presses('Keep this limit');
    }
    expect(kept(person).limits).toHaveLength(2);
    const [list] = await person.command('limits');
    expect(shown(list)).toContain('Gold (GLD) at most 5 %');
    const menu = list.actions.find((action) => action.kind === 'select');
    const gold = menu?.kind === 'select' ? menu.options[0] : undefined;
    expect(Buffer.byteLength(gold!.value)).toBeLessThanOrEqual(27);
    await person.picks('Remove one', gold!.value);
    expect(kept(person).limits.map(({ kind }) => kind)).toEqual(['holdings']);
  });

  it('are asked about when they can mean two things, and refused in words when unclear', async () => {
    const person = desk();
    const [question] = await person.command('limits', 'SPY <= 1');
    expect(shown(question)).toContain('Do you mean 1 % or all of it?');
    expect(question.actions).toHaveLength(2);
    await expect(person.command('limits', 'make me rich')).rejects.toMatchObject({ code: 'limit' });
    await expect(person.command('limits', 'tracking error below 2 %')).rejects.toMatchObject({
      code: 'limit',
    });
  });

  it('that ask for more than the profile allows come back as the profile’s own edge', async () => {
    const person = desk();
    await person.command('limits', 'gold >= 90%');
    expect(person.heard()).toContain(
      'These cannot hold together: gold (GLD) at least 90 % and gold (GLD) at most 20 %.',
    );
    expect(person.heard()).toContain('The nearest that works: gold (GLD) at least 20 %.');
    expect(person.heard()).not.toMatch(/Infeasible|minimum of|instead of/);
  });

  it('that exclude each other in one message are asked about, not averaged', async () => {
    const person = desk();
    const [question] = await person.command('limits', 'at least 10% gold and at most 5% gold');
    expect(shown(question)).toContain(
      'Gold (GLD) at least 10 % and gold (GLD) at most 5 % cannot both hold.',
    );
    await person.presses('Gold (GLD) at most 5 %');
    await person.presses('Keep this limit');
    expect(kept(person).limits).toMatchObject([{ lower: null, upper: 0.05 }]);
  });

  it('leave the other end of a range alone, and say which older one they replace', async () => {
    const person = desk();
    for (const text of ['at least 20 % bonds', 'at most 60 % bonds']) {
      await person.command('limits', text);
      await person.presses('Keep this limit');
    }
    expect(kept(person).limits).toMatchObject([{ lower: 0.2 }, { upper: 0.6 }]);
    await person.command('limits', 'at most 10 % bonds');
    expect(person.heard()).toContain('This takes the place of your limit "bonds at least 20 %".');
    await person.presses('Keep this limit');
    expect(kept(person).limits).toMatchObject([{ lower: null, upper: 0.1 }]);
  });

  it('are not undone over a later change, which that would lose', async () => {
    const person = desk();
    await person.command('limits', 'at most 10 % gold');
    await person.presses('Keep this limit');
    const kept1 = person.said.at(-1)!;
    await person.command('limits', 'at most 6 holdings');
    await person.presses('Keep this limit');
    const undo = kept1.actions.find((action) => action.label === 'Undo')!;
    if (undo.kind !== 'choice') throw new Error('Undoing is a choice.');
    const context = { read: { wishes: { current: async () => person.record.wishes } } };
    await expect(wishActs['wishes-undo'](context as never, undo.do.args)).rejects.toMatchObject({
      code: 'stale',
    });
    expect(kept(person).limits).toHaveLength(2);
  });

  it('too many to hold together give way as little as works, and none below nothing', async () => {
    const person = desk();
    await person.command('limits', 'SPY >= 30%, EFA >= 30%, GLD >= 20%, AGG >= 30%, SHY >= 10%');
    expect(person.heard()).toMatch(/The nearest that works: .*at least [\d.]+ %/);
    expect(person.heard()).not.toMatch(/at least (?:-|0 %)/);
    await person.presses('See the nearest');
    expect(person.heard()).toContain('Nothing changes until you keep it.');
  });

  it('on what is not in the market say so', async () => {
    await expect(desk().command('limits', 'VWO >= 20 %')).rejects.toMatchObject({
      code: 'limit',
      message: expect.stringMatching(/^I do not choose from companies in emerging markets \(VWO\)/),
    });
    const person = desk();
    await person.command('limits', 'VWO at most 5 %');
    expect(person.heard()).toContain('so nothing changes today');
  });

  it('on bad days that are too mild come back with the mildest that works', async () => {
    const person = desk();
    await person.command('limits', 'crypto >= 5 %');
    await person.presses('Keep this limit');
    await person.command('limits', 'expected shortfall at most 0.05 %');
    expect(person.heard()).toMatch(
      /The nearest that works: average loss on the worst 1 in 20 days at most [\d.]+ %/,
    );
    await person.presses('See the nearest');
    expect(person.heard()).toContain('Nothing changes until you keep it.');
  });

  it('that conflict are named without what goes without saying', async () => {
    const person = desk();
    await person.command('limits', 'bonds >= 30%, stocks >= 60%, gold >= 20%');
    expect(person.heard()).toContain('These cannot hold together: ');
    expect(person.heard()).not.toMatch(/at least 0 %|weights sum/);
  });

  it('said as a change start from the mix that is recommended', async () => {
    const person = desk();
    await person.command('limits', 'increase bonds by 10 %');
    const asked = Number(/Bonds at least ([\d.]+) %/.exec(person.heard())?.[1]);
    expect(asked).toBeGreaterThan(10);
    await person.presses('Keep this limit');
    await expect(person.command('limits', 'increase bonds by 90 %')).rejects.toMatchObject({
      message: expect.stringContaining('more is above 100 %'),
    });
  });

  it('said as a change without a size are asked for one', async () => {
    await expect(desk().command('limits', 'more bonds')).rejects.toMatchObject({
      message: expect.stringContaining('"increase bonds to 20 %"'),
    });
    await expect(desk().command('limits', 'reduce bonds by 100 %')).rejects.toMatchObject({
      message: expect.stringContaining('less is below zero'),
    });
  });

  it('that the mix keeps to already say that nothing changes', async () => {
    const person = desk();
    await person.command('limits', 'at most 99 % stocks');
    expect(person.heard()).toContain('so nothing changes today');
    expect(person.heard()).not.toContain('Volatility a year |');
  });

  it('of few holdings have an answer, down to one', async () => {
    const person = desk();
    for (const text of ['at most 1 holding', 'at most 2 holdings', 'no holding below 40 %']) {
      await person.command('limits', text);
      expect(person.heard()).toContain('Nothing changes until you keep it.');
    }
  });

  it('typed into the form mean the same', async () => {
    const person = desk();
    await person.submits('limit', { limit: 'no crypto' });
    expect(person.heard()).toContain('No crypto.');
  });

  it('priced a while ago, or before another change, are not kept', async () => {
    const person = desk();
    await person.command('limits', 'no crypto');
    await person.command('limits', 'at most 5 % gold');
    await person.presses('Keep this limit');
    const stale = person.said.find((draft) => shown(draft).includes('No crypto.'))!;
    const button = stale.actions.find((action) => action.label === 'Keep this limit')!;
    if (button.kind !== 'choice') throw new Error('Keeping is a choice.');
    const keep = wishActs['wishes-keep'];
    const context = { now, button: { act: button.do }, read: { wishes: person.record.wishes } };
    await expect(
      keep(
        {
          ...context,
          person: person.record.person,
          read: { wishes: { current: async () => person.record.wishes } },
        } as never,
        button.do.args,
      ),
    ).rejects.toMatchObject({ code: 'stale' });
  });
});
