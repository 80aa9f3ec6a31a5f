import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assess } from './assess.ts';
import { contradictions, contradictionsIn } from './contradictions.ts';
import { policies, profileNames } from './policy.ts';
import { questionnaire, questionOf } from './questionnaire.ts';
import { scoreTable } from './score-table.ts';
import type { Answers, RiskProfile } from './scoring.ts';
import { profileOfScore, score } from './scoring.ts';

const { version, questions } = questionnaire;
const at = (index: number): Answers =>
  Object.fromEntries(
    questions.map(({ name, options }) => [
      name,
      options[Math.min(index, options.length - 1)].value,
    ]),
  );
const best = at(9);
const anyAnswers = fc.record(
  Object.fromEntries(
    questions.map(({ name, options }) => [
      name,
      fc.constantFrom(...options.map(({ value }) => value)),
    ]),
  ),
) as fc.Arbitrary<Record<string, string>>;

function risk(answers: Answers): RiskProfile {
  const scored = score(answers, version);
  if (scored.kind !== 'scored') throw new Error(`not scored: ${scored.kind}`);
  return scored.risk;
}

describe('the score table', () => {
  test('has points for exactly the options of every question', () => {
    expect(Object.keys(scoreTable)).toEqual(questions.map(({ name }) => name));
    for (const { name, options } of questions) {
      expect(Object.keys(scoreTable[name].points).toSorted()).toEqual(
        options.map(({ value }) => value).toSorted(),
      );
      for (const value of Object.keys(scoreTable[name].ceilings ?? {})) {
        expect(options.map((option) => option.value)).toContain(value);
      }
    }
  });

  test.each(['capacity', 'willingness'] as const)(
    'gives the best %s answers 100 points',
    (side) => {
      expect(risk(best)[side]).toMatchObject({ score: 100, ceiling: null, profile: 'aggressive' });
      expect(risk(at(0))[side].score).toBe(0);
    },
  );

  test('never lowers a score for an answer that allows more risk', () => {
    fc.assert(
      fc.property(anyAnswers, fc.nat(), fc.nat(), (answers, q, up) => {
        const { name, options } = questions[q % questions.length];
        const from = options.findIndex(({ value }) => value === answers[name]);
        const to = Math.min(options.length - 1, from + (up % options.length));
        const before = risk(answers);
        const after = risk({ ...answers, [name]: options[to].value });
        expect(after.capacity.score).toBeGreaterThanOrEqual(before.capacity.score);
        expect(after.willingness.score).toBeGreaterThanOrEqual(before.willingness.score);
        expect(profileNames.indexOf(after.profile)).toBeGreaterThanOrEqual(
          profileNames.indexOf(before.profile),
        );
      }),
      { numRuns: 500 },
    );
  });

  test('takes the lower of the two scores, and says which', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const { capacity, willingness, profile, binding, why } = risk(answers);
        const low = Math.min(capacity.score, willingness.score);
        expect(profile).toBe(profileOfScore(low));
        if (binding !== 'both') {
          expect({ capacity, willingness }[binding].score).toBe(low);
          expect(why[0]).toMatch(binding === 'capacity' ? /^Your ability/ : /^Your willingness/);
        } else expect(capacity.score).toBe(willingness.score);
        expect(why.join(' ')).not.toMatch(/ {2}|undefined|NaN|\.\./);
      }),
      { numRuns: 500 },
    );
  });

  test('does not let one side answer for the other', () => {
    fc.assert(
      fc.property(anyAnswers, anyAnswers, (first, second) => {
        const mixed = Object.fromEntries(
          questions.map(({ name, side }) => [name, (side === 'capacity' ? first : second)[name]]),
        );
        expect(risk(mixed).capacity).toEqual(risk(first).capacity);
        expect(risk(mixed).willingness).toEqual(risk(second).willingness);
      }),
    );
  });
});

describe('profiles', () => {
  test.each([
    ['conservative', { ...best, loss: '5' }],
    ['cautious', { ...best, horizon: '1-2', loss: '30' }],
    ['balanced', { ...best, loss: '20', fall: 'hold' }],
    ['growth', { ...best, horizon: '3-5' }],
    ['aggressive', best],
  ] as const)('%s is reached by suitable answers', (profile, answers) => {
    expect(assess({ questionnaire: version, answers })).toMatchObject({
      kind: 'suitable',
      risk: { profile },
    });
  });

  test('a named loss is a ceiling that the why names', () => {
    const { why, binding, profile } = risk({ ...best, loss: '20' });
    expect({ binding, profile }).toEqual({ binding: 'willingness', profile: 'balanced' });
    expect(why).toEqual([
      'Your willingness to bear loss scores 59 of 100 and your ability to bear loss 100; the lower one decides.',
      'By your ability to bear loss alone it would be Aggressive.',
      'It stays at Balanced at most, because you could bear to lose at most 20 % in a year.',
    ]);
  });

  test('the why names the two answers that lowered the score most', () => {
    const { why } = risk({ ...best, income: 'varies', share: 'most', emergency: '3-5' });
    expect(why.at(-1)).toBe(
      'What lowered it most: this is more than three quarters of what you own, and your income goes up and down a lot.',
    );
  });

  test('full marks on both sides are said to be that', () => {
    expect(risk(best).why).toEqual([
      'Your ability and your willingness to bear loss both score 100 of 100.',
      'Every answer allows the most risk that Keel takes.',
    ]);
  });

  test('the bad year of a profile stays within the loss that allows it', () => {
    for (const [percent, profile] of Object.entries(scoreTable.loss.ceilings ?? {})) {
      const { volatilityBudget } = policies[profile];
      const badYear = 0.02 + 0.4 * volatilityBudget - 2.0627 * volatilityBudget;
      expect(-badYear).toBeLessThanOrEqual(Number(percent) / 100);
    }
  });

  test('each next profile allows more volatility, stocks and crypto, and asks for less cash', () => {
    for (let i = 1; i < profileNames.length; i++) {
      const lower = policies[profileNames[i - 1]];
      const higher = policies[profileNames[i]];
      expect(higher.volatilityBudget).toBeGreaterThan(lower.volatilityBudget);
      expect(higher.classLimits.stocks[1]).toBeGreaterThan(lower.classLimits.stocks[1]);
      expect(higher.classLimits.crypto[1]).toBeGreaterThan(lower.classLimits.crypto[1]);
      expect(higher.classLimits.cash[0]).toBeLessThan(lower.classLimits.cash[0]);
      expect(higher.riskAversion).toBeLessThan(lower.riskAversion);
    }
  });
});

describe('stored answers', () => {
  test('of an unknown version are named as such', () => {
    expect(score(best, '1999-01')).toEqual({ kind: 'unknown-version', version: '1999-01' });
  });

  test('that are missing are named', () => {
    const { loss: _, horizon: __, ...rest } = best;
    expect(score(rest, version)).toEqual({ kind: 'missing', questions: ['horizon', 'loss'] });
  });

  test('that no longer exist are named', () => {
    expect(score({ ...best, fall: 'panic' }, version)).toEqual({
      kind: 'unknown-answer',
      question: 'fall',
      value: 'panic',
    });
  });

  test('named like a built-in property are not taken for answers', () => {
    expect(score({ ...best, fall: 'constructor' }, version).kind).toBe('unknown-answer');
    expect(score({}, version).kind).toBe('missing');
  });
});

describe('contradictions', () => {
  test.each(
    contradictions.flatMap(({ name, questions, pairs }) =>
      pairs.map(([a, b]) => [name, { ...best, [questions[0]]: a, [questions[1]]: b }] as const),
    ),
  )('%s is found', (name, answers) => {
    expect(contradictionsIn(answers).map((each) => each.name)).toContain(name);
  });

  test('name options that exist', () => {
    for (const { questions, pairs } of contradictions) {
      for (const pair of pairs) {
        pair.forEach((value, index) => {
          const { options } = questionOf(questionnaire, questions[index])!;
          expect(options.map((option) => option.value)).toContain(value);
        });
      }
    }
  });

  test('are absent from the boldest, the middle and the most careful answers', () => {
    for (const index of [1, 2, 9]) expect(contradictionsIn(at(index))).toEqual([]);
    expect(contradictionsIn(at(0))).toEqual([]);
  });
});

describe('unsuitability', () => {
  test.each([
    ['needed-soon', { horizon: 'under-1' }],
    ['expensive-debt', { debts: 'heavy' }],
    ['no-safety-net', { horizon: '1-2', emergency: 'none', income: 'varies' }],
  ] as const)('%s stops, whatever else is answered', (name, given) => {
    const assessment = assess({ questionnaire: version, answers: { ...best, ...given } });
    expect(assessment).toMatchObject({ kind: 'unsuitable', reasons: [{ name }] });
  });

  test('counts before all is answered, because the rest is never asked', () => {
    const answers = { horizon: 'under-1' };
    expect(assess({ questionnaire: version, answers }).kind).toBe('unsuitable');
    expect(assess({ questionnaire: version, answers: { horizon: '3-5' } }).kind).toBe('incomplete');
  });

  test('does not stop someone without a reserve whose income is steady', () => {
    const answers = { ...best, horizon: '1-2', loss: '10', fall: 'hold', emergency: 'none' };
    expect(assess({ questionnaire: version, answers })).toMatchObject({
      kind: 'suitable',
      risk: { profile: 'cautious' },
    });
  });
});

describe('the questionnaire as data', () => {
  test('has about ten questions within platform limits, worded cleanly', () => {
    expect(questions.length).toBe(10);
    expect(new Set(questions.map(({ name }) => name)).size).toBe(10);
    for (const { text, why, short, options } of questions) {
      expect(options.length).toBeGreaterThanOrEqual(2);
      expect(options.length).toBeLessThanOrEqual(5);
      expect(new Set(options.map(({ value }) => value)).size).toBe(options.length);
      expect(text.length).toBeLessThanOrEqual(150);
      for (const words of [text, why, short, ...options.flatMap((o) => [o.label, o.note])]) {
        expect(words).not.toMatch(/ {2}|^\s|\s$|undefined/);
      }
      for (const { label } of options) expect(label.length).toBeLessThanOrEqual(75);
    }
  });
});
