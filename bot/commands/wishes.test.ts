import { describe, expect, it } from 'vitest';
import { personas } from '../../demo/answers.ts';
import { marketOf } from '../../fakes/advice-desk.ts';
import { shown, talk } from '../../fakes/talk.ts';
import { madeMarket } from '../advice/made-market.fixture.ts';
import { toUnits } from '../money.ts';
import type { Draft } from '../reply.ts';
import { questionnaire } from '../suitability/questionnaire.ts';
import { type Wishes, wishesSchema } from '../wishes.ts';
import { compareCommand } from './compare.ts';
import { frontierCommand } from './frontier.ts';
import { limitActs, limitFormHandler, limitsCommand } from './limits.ts';
import { methodActs, methodCommand } from './method.ts';
import { viewFormHandler, viewsCommand } from './views.ts';
import { wishActs } from './wish-acts.ts';

const cashRate = 0.03;
const panel = madeMarket(1_700);
const now = panel.days[panel.days.length - 1] * 86_400_000;

/** A balanced person with 40 SPY, 60 AGG and 10,000 dollars. */
function desk() {
  const person = talk(
    {
      commands: [
        limitsCommand(cashRate),
        viewsCommand(cashRate),
        methodCommand(cashRate),
        compareCommand(cashRate),
        frontierCommand(cashRate),
      ],
      acts: { ...wishActs, ...methodActs(cashRate), ...limitActs(cashRate) },
      forms: { limit: limitFormHandler(cashRate), view: viewFormHandler(cashRate) },
      dialogues: {},
    },
    { now, market: marketOf(panel) },
  );
  const { record } = person;
  record.answers = {
    questionnaire: questionnaire.version,
    answers: personas.balanced,
    revision: 1,
    at: 1,
  };
  const entry = (asset: string | null, units: number, cashMinor: bigint) => ({
    id: `e-${asset}`,
    at: 1,
    kind: 'declared' as const,
    asset,
    units: toUnits(units),
    cashMinor,
    costMinor: 0n,
    currency: 'USD',
    reference: 'r',
  });
  record.entries = [entry('SPY', 40, 0n), entry('AGG', 60, 0n), entry(null, 0, 1_000_000n)];
  return person;
}

const kept = (person: ReturnType<typeof desk>): Wishes =>
  wishesSchema.parse(person.record.wishes!.wishes);
const chartOf = (draft: Draft) => draft.blocks.find((block) => block.kind === 'image')?.chart;

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

describe('views', () => {
  it('are said back, priced, kept, and listed with how sure the person is', async () => {
    const person = desk();
    await person.command('views', 'EFA will beat SPY by 2% a year, fairly sure');
    expect(person.heard()).toContain(
      'Companies in Europe and Asia (EFA) beat US large companies (SPY) by 2.0 % a year',
    );
    expect(person.heard()).toContain('Your views move what I expect of returns');
    await person.presses('Keep this view');
    expect(kept(person).views).toMatchObject([{ annualReturn: 0.02, confidence: 0.6 }]);
    await person.command('views');
    expect(person.heard()).toContain('60.0 % of the way from my estimate to yours');
  });

  it('take the place of an older one that says the opposite', async () => {
    const person = desk();
    await person.command('views', 'EFA will beat SPY by 2% a year, fairly sure');
    await person.presses('Keep this view');
    await person.command('views', 'SPY will beat EFA by 1% a year, very sure');
    expect(person.heard()).toContain('This takes the place of: Companies in Europe and Asia (EFA)');
    await person.presses('Keep this view');
    expect(kept(person).views).toMatchObject([{ annualReturn: 0.01, confidence: 0.8 }]);
  });

  it('beyond what anything earns are refused with the range', async () => {
    await expect(desk().command('views', 'BTC will return 900% a year')).rejects.toMatchObject({
      message: expect.stringContaining('from -50.0 % to 50.0 % a year'),
    });
  });

  it('that cannot be read say what to write', async () => {
    await expect(desk().command('views', 'stocks will do well')).rejects.toMatchObject({
      code: 'view',
    });
  });
});

describe('the method', () => {
  it('is offered in plain words, priced, and chosen', async () => {
    const person = desk();
    const [menu] = await person.command('method');
    expect(shown(menu)).toContain('I recommend "Follow my goal"');
    await person.picks('See what a way would change', 'equal-risk');
    expect(person.heard()).toContain('every part carries the same share of the risk');
    await person.presses('Use this way');
    expect(kept(person).way).toBe('equal-risk');
  });

  it('is chosen by its name, whatever the words around it', async () => {
    const person = desk();
    await person.command('method', 'use risk parity');
    expect(person.heard()).toContain('Equal risk from each part: what it changes');
    await person.presses('Use this way');
    expect(kept(person).way).toBe('equal-risk');
    await person.command('method', 'go back to my goal');
    await person.presses('Use this way');
    expect(kept(person).way).toBe('goal');
  });

  it('that Keel does not have is said to be none of its ways, with the nearest', async () => {
    const person = desk();
    await person.command('method', 'equal weight');
    expect(person.heard()).toContain('"equal weight" is not among my ways; the nearest is');
    await person.command('method', 'my goal');
    expect(person.heard()).toContain('"Follow my goal" is your way already.');
  });

  it('is compared with the others on one chart, each within the profile', async () => {
    const person = desk();
    const [draft] = await person.command('compare');
    const chart = chartOf(draft)!;
    expect(chart.kind).toBe('points');
    const names = chart.series.flatMap((series) => series.names ?? []);
    expect(names).toContain('Follow my goal');
    expect(names).toContain('Mildest bad days');
    expect(names).toHaveLength(8);
    const yours = chart.series.find((series) => series.role === 'recommended')!;
    expect(yours.at![0]).toBeLessThan(0.0851);
  });
});

describe('the frontier', () => {
  it('shows today, the recommended mix and the person’s risk limit on one chart', async () => {
    const person = desk();
    const [draft] = await person.command('frontier');
    const chart = chartOf(draft)!;
    const [curve, beyond, today, recommended] = chart.series;
    // The two parts share the point where they meet.
    expect(curve.values.length + beyond.values.length).toBe(42);
    expect(curve.at!.at(-1)).toBeCloseTo(0.085, 9);
    for (let i = 1; i < curve.values.length; i++)
      expect(curve.values[i]).toBeGreaterThan(curve.values[i - 1]);
    expect(today.names).toEqual(['Today']);
    // The recommended mix pays for its trades: it lies on the curve or a little below it.
    const same = curve.at!.findIndex((risk) => risk >= recommended.at![0] - 1e-9);
    expect(recommended.values[0]).toBeLessThan(curve.values[same] + 1e-6);
    expect(shown(draft)).toMatch(/balanced profile allows(?:: .*, at most| up to) 8\.5 %/);
  });
});
