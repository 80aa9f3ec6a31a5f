import { expect, test } from 'vitest';
import { scenarios } from '../../fakes/model/scenarios.ts';
import { promptFor } from './prompt.ts';

const templates = { system: '', user: '<<facts>>' };
const factsOf = (name: string) =>
  promptFor(templates, scenarios[name], [], 'en', 'person-1').user.split('\n');

test('every fact is told with its subject, quantity, unit, time and sign, and no value', () => {
  expect(factsOf('spy')).toEqual([
    '1-weight: subject "US large companies" or "SPY"; quantity weight; unit fraction; time now; sign not a fall',
    '1-share: subject "US large companies" or "SPY"; quantity share of risk; unit fraction; time now; sign not a fall',
  ]);
});

test.each([
  ['calmer', ['before', ...Array(3).fill('from before to now'), 'now', 'now']],
  ['fading', ['now', 'before']],
  ['held', ['now', 'once']],
  ['budget', ['a year', 'a year']],
  ['ceiling', ['now', 'a year']],
  ['spread', ['a year', 'a year']],
])('the facts of "%s" say when they hold', (name, times) => {
  const said = factsOf(name).map((line) => /time ([a-z ]+);/.exec(line)?.[1]);
  expect(said.toSorted()).toEqual(times.toSorted());
});
