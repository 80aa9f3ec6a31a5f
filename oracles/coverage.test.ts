import { describe, expect, it } from 'vitest';
import { oracleCases, oraclesPresent } from './cases.ts';
import { peerCases } from './peer-cases.ts';
import { idsInNames, testFiles } from './test-names.ts';

/** Cases of optimizers that no test compares with, each for its reason. */
const notApplicable: Readonly<Record<string, string>> = {
  'skf-walkforward-4-1-1': 'splits of rows by an index; walks here are by days and costs',
  'ppo-discrete-greedy': 'whole shares are what orders round to, under a broker of their own',
  'paj-mv-target-vol-bounds': 'its covariance is not positive semidefinite and is refused',
};

/** Refused or mended aloud all the same, which a test with its name shows. */
const refused = ['paj-mv-target-vol-bounds'];

const files = testFiles();

/** Ids that test files ask for, written as a literal in `oracle('...')`. */
function idsUsed(): Map<string, string> {
  const used = new Map<string, string>();
  for (const { path, text } of files) {
    for (const [, id] of text.matchAll(/(?:\boracle|>)\(\s*'([a-z]+-\d{3})',?\s*\)/g))
      used.set(id, path);
  }
  return used;
}

/** Files by the ids in the names of their tests. */
function named(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const file of files)
    for (const id of idsInNames(file)) found.set(id, [...(found.get(id) ?? []), file.text]);
  return found;
}

describe.skipIf(!oraclesPresent)('oracle coverage (skipped without ../shared/oracles)', () => {
  const optimizers = [...oracleCases().keys()].filter((id) => id.startsWith('opt-'));
  const all = [...optimizers, ...peerCases().keys()];

  it('asks only for oracle cases that exist, and says how many are covered', () => {
    const known = oracleCases();
    const used = idsUsed();
    const unknown = [...used].filter(([id]) => !known.has(id));
    const names = named();
    const peers = [...peerCases().keys()];
    const compared = peers.filter((id) => names.has(id) && notApplicable[id] === undefined);
    console.log(
      `${used.size - unknown.length} oracle cases run, ${known.size - used.size + unknown.length} not yet covered; ${compared.length} peer cases run, ${peers.length - compared.length} not applicable`,
    );
    expect(unknown).toEqual([]);
    expect(used.size).toBeGreaterThan(0);
  });

  it('has a test with the name of every case of an optimizer, at its own tolerance', () => {
    const names = named();
    const missing = all.filter((id) => !names.has(id) && notApplicable[id] === undefined);
    expect(missing).toEqual([]);
    for (const id of all) {
      if (notApplicable[id] !== undefined) continue;
      const key = id.startsWith('opt-') ? /\btolerance\b/ : /\btolerance_suggested\b/;
      expect([id, names.get(id)!.some((text) => key.test(text))]).toEqual([id, true]);
    }
  });

  it('lists as not applicable three cases that exist, and shows the refusal of the one that can be', () => {
    const names = named();
    expect(Object.keys(notApplicable).filter((id) => !peerCases().has(id))).toEqual([]);
    expect(Object.keys(notApplicable)).toHaveLength(3);
    for (const id of refused) expect(names.has(id)).toBe(true);
  });
});
