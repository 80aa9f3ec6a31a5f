import { describe, expect, it } from 'vitest';
import { shown } from '../../fakes/talk.ts';
import { chartOf, desk, kept } from '../../fakes/wish-desk.ts';

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

  it('that doubts the estimates keeps a limit on bad days too', async () => {
    const person = desk();
    await person.command('limits', 'expected shortfall at most 1 %');
    await person.presses('Keep this limit');
    await person.command('method', 'doubt the estimates');
    expect(person.heard()).toContain('Nothing changes until you keep it.');
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
