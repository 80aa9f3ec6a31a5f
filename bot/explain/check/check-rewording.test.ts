import { expect, test } from 'vitest';
import {
  type Attack,
  generatedAttacks,
  honestRewordings,
  writtenAttacks,
} from '../../../fakes/model/adversary.ts';
import { scenarios } from '../../../fakes/model/scenarios.ts';
import { languages } from '../language.ts';
import { checkRewording } from './check-rewording.ts';

const SEED = 20_261_123;

/** Attacks that get through, and how many there are of each kind. */
function run(attacks: readonly Attack[]) {
  const kinds = new Map<string, number>();
  const through = attacks.filter(({ scenario, text, language, kind }) => {
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    return checkRewording(scenarios[scenario], text, language).ok;
  });
  return { kinds, through };
}

test('no adversarial answer gets through, written by hand or generated', () => {
  const written = writtenAttacks();
  const generated = generatedAttacks(SEED);
  const both = [run(written), run(generated)];
  const kinds = new Set(both.flatMap((each) => [...each.kinds.keys()]));
  console.log(
    `adversarial: ${both[0].through.length} of ${written.length} written and ${both[1].through.length} of ${generated.length} generated got through, ${kinds.size} classes, seed ${SEED}`,
  );
  expect(both.flatMap((each) => each.through.map(({ text }) => text))).toEqual([]);
  expect(written.length).toBeGreaterThanOrEqual(500);
  expect(generated.length).toBeGreaterThanOrEqual(1_000);
  expect(kinds.size).toBeGreaterThanOrEqual(12);
});

test('at least 95 % of honest rewordings pass in every language', () => {
  const passed = honestRewordings.filter(
    ({ scenario, text, language }) => checkRewording(scenarios[scenario], text, language).ok,
  );
  console.log(`honest: ${passed.length} of ${honestRewordings.length} pass`);
  expect(honestRewordings).toHaveLength(200);
  for (const language of languages) {
    const own = honestRewordings.filter((each) => each.language === language);
    expect(own).toHaveLength(40);
    expect(new Set(own.map(({ text }) => text)).size).toBe(40);
    expect(passed.filter((each) => each.language === language).length).toBeGreaterThanOrEqual(38);
  }
});

test('values are filled in as each language writes them', () => {
  const said = (language: 'de' | 'fr' | 'es' | 'pt' | 'en', text: string) =>
    checkRewording(scenarios.spy, text, language);
  expect(
    said('de', 'SPY macht {{fact:1-weight}} des Geldes aus und {{fact:1-share}} des Risikos.'),
  ).toEqual({
    ok: true,
    filled: 'SPY macht 35,0 % des Geldes aus und 61,2 % des Risikos.',
  });
});

const SPY = 'SPY is {{fact:1-weight}} of the money and {{fact:1-share}} of the risk.';

test('a fixed sentence must stand, once, on a line of its own, and is written by code', () => {
  const check = (text: string) => checkRewording(scenarios.spy, text, 'en', ['uncertainty']);
  expect(check(`${SPY}\n{{must:uncertainty}}`)).toMatchObject({
    ok: true,
    filled: expect.stringContaining('estimates with wide errors'),
  });
  expect(check(SPY)).toMatchObject({ ok: false, reason: 'missing-must' });
  expect(check(`${SPY}\n{{must:uncertainty}}\n{{must:uncertainty}}`)).toMatchObject({ ok: false });
  expect(check(`${SPY} {{must:uncertainty}}`)).toMatchObject({ ok: false });
  expect(check(`${SPY}\n{{must:simulated}}\n{{must:uncertainty}}`)).toMatchObject({ ok: false });
});

test.each([
  ['number-word', SPY.replace('of the money', 'of half the money')],
  ['number-word', SPY.replace('of the money', 'of the money twice')],
  ['digit', SPY.replace('of the money', 'of the money ７')],
  ['digit', SPY.replace('of the money', 'of the money Ⅻ')],
  ['unknown-fact', SPY.replace('1-weight', '1-height')],
  ['unknown-fact', SPY.replaceAll('{{fact:1', '{{fact:2')],
  ['wrong-subject', SPY.replace('SPY', 'Bitcoin')],
  ['foreign-name', SPY.replace('SPY is', 'SPY, TSLA is')],
  [
    'wrong-quantity',
    SPY.replace('weight', 'x').replace('share', 'weight').replace('1-x', '1-share'),
  ],
  ['negation', SPY.replace('is', 'is not')],
  ['promise', SPY.replace('risk.', 'risk, guaranteed.')],
  ['advice', `${SPY} Buy.`],
  ['link', SPY.replace('SPY', 'https://evil.example SPY')],
  ['mention', SPY.replace('SPY', '@spy')],
  ['markup', SPY.replace('SPY', '**SPY**')],
  ['missing-fact', SPY.replace('{{fact:1-share}}', 'part')],
  ['repeated-fact', SPY.replace('the risk', 'the risk {{fact:1-share}}')],
  ['missing-subject', SPY.replace('SPY', 'It')],
  ['length', `${SPY}${' the'.repeat(400)}`],
] as const)('a rewording is void for %s', (reason, text) => {
  expect(checkRewording(scenarios.spy, text, 'en')).toMatchObject({ ok: false, reason });
});

test('the plain sentences themselves, labelled, are honest', () => {
  for (const [name, statements] of Object.entries(scenarios)) {
    const text = statements
      .map(({ template }, at) => template.replaceAll('{{fact:', `{{fact:${at + 1}-`))
      .join('\n');
    expect(checkRewording(statements, text, 'en'), name).toMatchObject({ ok: true });
  }
});
